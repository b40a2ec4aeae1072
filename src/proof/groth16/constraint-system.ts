/** Where a circuit is written to: wires with values, and constraints `a · b = c` between signals. One circuit, two readers: a recorder and a witness builder. */
import type { Guard } from './guard.ts';
import { constant, type Signal } from './signal.ts';

/** What a private wire carries; only tests look at it. */
export type Role =
  | 'pixel'
  | 'pixel-bit'
  | 'salt'
  | 'square'
  | 'fourth'
  | 'fifth'
  | 'requantise-bit'
  | 'rectified'
  | 'choice'
  | 'choice-value'
  | 'order-bit'
  | 'fold-step';

export interface ConstraintSystem {
  /** Public wires come first: all of them before any private one. */
  public(value: bigint): Signal;
  /** A wire that the prover fills in. It holds what the constraints make it hold, and nothing else. */
  private(role: Role, value: bigint): Signal;
  /** Demands `a · b = c`. */
  enforce(guard: Guard, a: Signal, b: Signal, c: Signal): void;
}

const ZERO = constant(0n);

/** Demands `signal = 0` as `0 · 0 = signal`: proving keys hold no coefficients of c, so a long sum costs nothing there. */
export function enforceZero(system: ConstraintSystem, guard: Guard, signal: Signal): void {
  system.enforce(guard, ZERO, ZERO, signal);
}
