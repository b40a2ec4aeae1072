/** The rank of a relation's Jacobian at a witness: finds wires that are assigned and not constrained. It cannot see missing range checks. For tests. */
import { inverse, reduce } from '../../protocol/field-arithmetic.ts';
import { rowValue, type Relation } from './relation.ts';
import type { Wire } from './signal.ts';

type Row = Map<Wire, bigint>;

/**
 * How many private wires could move, to first order, without breaking a constraint or touching a public wire.
 * Each constraint usually brings in one new wire, so eliminating the highest wire first hardly fills rows in.
 */
export function freeWires(relation: Relation, witness: readonly bigint[]): number {
  const pivots = new Map<Wire, Row>();
  for (let i = 0; i < relation.constraints; i++) {
    let row = derivative(relation, witness, i);
    for (let pivot = highest(row); pivot !== undefined; pivot = highest(row)) {
      const known = pivots.get(pivot);
      if (known === undefined) {
        pivots.set(pivot, scaled(row, inverse(row.get(pivot)!)));
        break;
      }
      row = difference(row, scaled(known, row.get(pivot)!));
    }
  }
  return relation.wires - 1 - relation.publics - pivots.size;
}

/** d(a·b − c) = b·da + a·db − dc over the private wires. */
function derivative(relation: Relation, witness: readonly bigint[], i: number): Row {
  const [a, b] = [rowValue(relation, witness, 3 * i), rowValue(relation, witness, 3 * i + 1)];
  const row: Row = new Map();
  [b, a, -1n].forEach((factor, k) => {
    for (let at = relation.starts[3 * i + k]; at < relation.starts[3 * i + k + 1]; at++) {
      const wire = relation.wireOf[at];
      if (wire <= relation.publics) continue;
      row.set(wire, reduce((row.get(wire) ?? 0n) + factor * relation.coefficients[relation.coefficientOf[at]]));
    }
  });
  return withoutZeros(row);
}

function highest(row: Row): Wire | undefined {
  let most: Wire | undefined;
  for (const wire of row.keys()) if (most === undefined || wire > most) most = wire;
  return most;
}

function scaled(row: Row, factor: bigint): Row {
  return new Map([...row].map(([wire, value]) => [wire, reduce(value * factor)]));
}

function difference(left: Row, right: Row): Row {
  const row = new Map(left);
  for (const [wire, value] of right) row.set(wire, reduce((row.get(wire) ?? 0n) - value));
  return withoutZeros(row);
}

function withoutZeros(row: Row): Row {
  return new Map([...row].filter(([, value]) => value !== 0n));
}
