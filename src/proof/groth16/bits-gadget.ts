/** Range by bits: a signal equals a sum of bits, so as an integer it lies in 0 … 2^count − 1. */
import { enforceZero, type ConstraintSystem, type Role } from './constraint-system.ts';
import type { Guard } from './guard.ts';
import { weighted, type Signal } from './signal.ts';

export interface BitGuards {
  readonly role: Role;
  readonly bit: Guard;
  readonly sum: Guard;
}

/**
 * `count + 1` constraints, the sum in matrix c. `2^count` must be far below r, or a second set of bits would fit the same signal.
 * @returns the bits, lowest first
 */
export function bitsGadget(system: ConstraintSystem, signal: Signal, count: number, guards: BitGuards): Signal[] {
  const bits = Array.from({ length: count }, (_, i) => bit(system, (signal.value >> BigInt(i)) & 1n, guards));
  enforceZero(system, guards.sum, weighted([...bits.map((each, i) => [1n << BigInt(i), each] as const), [-1n, signal]]));
  return bits;
}

/** A wire that is 0 or 1: `b · b = b`. */
export function bit(system: ConstraintSystem, value: bigint, guards: Pick<BitGuards, 'role' | 'bit'>): Signal {
  const wire = system.private(guards.role, value);
  system.enforce(guards.bit, wire, wire, wire);
  return wire;
}
