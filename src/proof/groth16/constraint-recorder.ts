/** A constraint system that records every constraint: what the relation, its hash and its key are made from. */
import type { ConstraintSystem, Role } from './constraint-system.ts';
import { reduce } from '../../protocol/field-arithmetic.ts';
import { GUARDS, type Guard } from './guard.ts';
import type { Relation } from './relation.ts';
import type { Signal, Sum } from './signal.ts';
import { WitnessBuilder } from './witness-builder.ts';

export class ConstraintRecorder implements ConstraintSystem {
  readonly #witness = new WitnessBuilder();
  readonly #omitted: Guard | undefined;
  readonly #starts = new GrowingList();
  readonly #wireOf = new GrowingList();
  readonly #coefficientOf = new GrowingList();
  readonly #guardOf = new GrowingList();
  readonly #coefficients: bigint[] = [];
  readonly #positions = new Map<bigint, number>();
  #publics = 0;

  /** @param omitted a guard whose constraints are left out: how tests show that each guard is needed */
  constructor(omitted?: Guard) {
    this.#omitted = omitted;
    this.#starts.push(0);
  }

  public(value: bigint): Signal {
    if (this.#witness.values.length !== ++this.#publics) throw new Error('public wires come before private ones');
    return this.#witness.public(value);
  }

  private(role: Role, value: bigint): Signal {
    return this.#witness.private(role, value);
  }

  enforce(guard: Guard, a: Signal, b: Signal, c: Signal): void {
    if (guard === this.#omitted) return;
    for (const signal of [a, b, c]) {
      const sum: Sum = new Map();
      signal.addTo(sum, 1n);
      this.#record(sum);
    }
    this.#guardOf.push(GUARDS.indexOf(guard));
  }

  relation(): Relation {
    return {
      wires: this.#witness.values.length,
      publics: this.#publics,
      constraints: this.#guardOf.length,
      starts: this.#starts.values(),
      wireOf: this.#wireOf.values(),
      coefficientOf: this.#coefficientOf.values(),
      coefficients: this.#coefficients,
      guardOf: Uint8Array.from(this.#guardOf.values()),
    };
  }

  #record(sum: Sum): void {
    for (const [wire, unreduced] of sum) {
      const position = this.#position(unreduced);
      if (position === undefined) continue;
      this.#wireOf.push(wire);
      this.#coefficientOf.push(position);
    }
    this.#starts.push(this.#wireOf.length);
  }

  /** Where the reduced coefficient is kept; undefined for zero. */
  #position(unreduced: bigint): number | undefined {
    const known = this.#positions.get(unreduced);
    if (known !== undefined) return known;
    const coefficient = reduce(unreduced);
    if (coefficient === 0n) return undefined;
    const position = this.#positions.get(coefficient) ?? this.#coefficients.push(coefficient) - 1;
    this.#positions.set(unreduced, position).set(coefficient, position);
    return position;
  }
}

/** A list of 32-bit numbers that doubles its room: a circuit has about a million entries. */
class GrowingList {
  length = 0;
  #room = new Uint32Array(1 << 16);

  push(value: number): void {
    if (this.length === this.#room.length) {
      const wider = new Uint32Array(2 * this.length);
      wider.set(this.#room);
      this.#room = wider;
    }
    this.#room[this.length++] = value;
  }

  values(): Uint32Array {
    return this.#room.slice(0, this.length);
  }
}
