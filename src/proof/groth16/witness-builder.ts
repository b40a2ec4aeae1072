/** A constraint system that fills in the witness and only counts constraints: what a prover runs. */
import type { ConstraintSystem, Role } from './constraint-system.ts';
import { ofWire, type Signal } from './signal.ts';

/** Changes the value that a private wire would honestly get; everything computed from the wire follows. For tests that forge. */
export type Tamper = (role: Role, nth: number, honest: bigint) => bigint;

export class WitnessBuilder implements ConstraintSystem {
  readonly values: bigint[] = [1n];
  constraints = 0;
  readonly #tamper: Tamper | undefined;
  readonly #nth = new Map<Role, number>();

  constructor(tamper?: Tamper) {
    this.#tamper = tamper;
  }

  public(value: bigint): Signal {
    return ofWire(this.values.push(value) - 1, value);
  }

  private(role: Role, honest: bigint): Signal {
    const value = this.#tamper === undefined ? honest : this.#tampered(this.#tamper, role, honest);
    return ofWire(this.values.push(value) - 1, value);
  }

  enforce(): void {
    this.constraints++;
  }

  #tampered(tamper: Tamper, role: Role, honest: bigint): bigint {
    const nth = this.#nth.get(role) ?? 0;
    this.#nth.set(role, nth + 1);
    return tamper(role, nth, honest);
  }
}
