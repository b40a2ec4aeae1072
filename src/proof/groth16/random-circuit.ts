/** Small circuits and witnesses drawn at random, for tests: empty rows, unused wires, zeros, repeated values and full-size ones. */
import { SCALAR_ORDER } from '../../protocol/field.ts';
import { reduce } from '../../protocol/field-arithmetic.ts';
import type { SparseRelation } from './relation.ts';

export interface RandomCircuit {
  readonly relation: SparseRelation;
  readonly witness: readonly bigint[];
}

type Row = readonly (readonly [wire: number, coefficient: bigint])[];

/** The same circuit for the same seed. */
export function randomCircuit(seed: number): RandomCircuit {
  const random = randomIntegers(seed);
  const below = (limit: number) => Math.floor(random() * limit);
  const full = () => BigInt(below(2 ** 30)) ** 8n % SCALAR_ORDER;
  const value = () => [0n, 1n, 1n, 2n, SCALAR_ORDER - 1n, BigInt(below(1000)), full(), full()][below(8)];
  const publics = below(5);
  const witness = [1n, ...Array.from({ length: publics + 1 + below(4) }, value)];
  const constraints = 1 + below([4, 20, 90][below(3)]);
  const row = (): Row => Array.from({ length: [0, 1, 1, 2, 5][below(5)] }, () => [below(witness.length), value() || 1n] as const);
  const rows: Row[] = [];
  for (let i = 0; i < constraints; i++) {
    const [a, b] = [row(), row()];
    const product = valueOf(a, witness) * valueOf(b, witness);
    // A wire takes up what is missing, beside others or alone.
    const others = below(3) === 0 ? row() : [];
    rows.push(a, b, [...others, [witness.length, 1n]]);
    witness.push(reduce(product - valueOf(others, witness)));
  }
  // Wires that no constraint names.
  for (let i = below(3); i > 0; i--) witness.push(value());
  return { relation: relationOf(rows, witness.length, publics), witness };
}

function valueOf(row: Row, witness: readonly bigint[]): bigint {
  return reduce(row.reduce((sum, [wire, coefficient]) => sum + witness[wire] * coefficient, 0n));
}

function relationOf(rows: readonly Row[], wires: number, publics: number): SparseRelation {
  const entries = rows.flat();
  const coefficients = [...new Set(entries.map(([, coefficient]) => coefficient))];
  const starts = new Uint32Array(rows.length + 1);
  rows.forEach((row, i) => (starts[i + 1] = starts[i] + row.length));
  return {
    wires,
    publics,
    constraints: rows.length / 3,
    starts,
    wireOf: Uint32Array.from(entries, ([wire]) => wire),
    coefficientOf: Uint32Array.from(entries, ([, coefficient]) => coefficients.indexOf(coefficient)),
    coefficients,
  };
}

/** From 0 to 1, by a linear congruence (D. H. Lehmer) with a 31-bit prime: enough to vary tests. */
function randomIntegers(seed: number): () => number {
  let state = (seed * 48_271 + 11) % 2_147_483_647;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}
