/** A rank-1 constraint system in memory: for every constraint three sparse rows, and the guard it belongs to. */
import { SCALAR_ORDER } from '../../protocol/field.ts';
import { GUARDS, type Guard } from './guard.ts';

export interface Relation extends SparseRelation {
  /** Position in GUARDS of each constraint's guard. */
  readonly guardOf: Uint8Array;
}

export interface SparseRelation {
  /** Wires, the constant included. */
  readonly wires: number;
  /** Public wires, the constant not included: wires 1 … publics. */
  readonly publics: number;
  readonly constraints: number;
  /** Row k (a 0, b 1, c 2) of constraint i holds the entries from `starts[3i + k]` up to `starts[3i + k + 1]`. */
  readonly starts: Uint32Array;
  readonly wireOf: Uint32Array;
  /** Position in `coefficients`. */
  readonly coefficientOf: Uint32Array;
  /** The distinct coefficients, in 1 … r − 1. */
  readonly coefficients: readonly bigint[];
}

/** The guards whose constraints a witness breaks, in the order of their first breach. */
export function brokenGuards(relation: Relation, witness: readonly bigint[]): Guard[] {
  const broken = new Set<Guard>();
  for (let i = 0; i < relation.constraints; i++) {
    const a = rowValue(relation, witness, 3 * i);
    const b = rowValue(relation, witness, 3 * i + 1);
    const c = rowValue(relation, witness, 3 * i + 2);
    if ((a * b - c) % SCALAR_ORDER !== 0n) broken.add(GUARDS[relation.guardOf[i]]);
  }
  return [...broken];
}

/** The value of one row at a witness, not reduced. */
export function rowValue(relation: Relation, witness: readonly bigint[], row: number): bigint {
  let sum = 0n;
  for (let at = relation.starts[row]; at < relation.starts[row + 1]; at++) {
    sum += relation.coefficients[relation.coefficientOf[at]] * witness[relation.wireOf[at]];
  }
  return sum;
}
