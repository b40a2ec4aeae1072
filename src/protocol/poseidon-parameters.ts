/** Poseidon's round constants and mixing matrix for any state width from 2 to 17: circomlib's parameters, drawn afresh from their generator. */
import { reduce, inverses } from './field-arithmetic.ts';
import { grain } from './grain.ts';

export const FULL_ROUNDS = 8;
/** Partial rounds for widths 2 … 17, at 128-bit security (Poseidon paper, table 2, rounded up as circomlib does). */
const PARTIAL_ROUNDS = [56, 57, 56, 60, 60, 63, 64, 63, 60, 66, 60, 65, 70, 60, 64, 68];

export interface PoseidonParameters {
  readonly width: number;
  readonly partialRounds: number;
  /** One for each element in each round. */
  readonly constants: readonly bigint[];
  /** Rows of the mixing matrix, 1/(xᵢ + yⱼ). */
  readonly matrix: readonly (readonly bigint[])[];
}

/** @throws RangeError for a width outside 2 … 17 */
export function poseidonParameters(width: number): PoseidonParameters {
  const partialRounds = PARTIAL_ROUNDS[width - 2];
  if (partialRounds === undefined) throw new RangeError(`Poseidon's state has 2 to 17 elements, not ${width}`);
  const source = grain(width, FULL_ROUNDS, partialRounds);
  const constants = Array.from({ length: width * (FULL_ROUNDS + partialRounds) }, source.fieldElement);
  const points = Array.from({ length: 2 * width }, () => reduce(source.integer()));
  const sums = points.slice(0, width).flatMap((x) => points.slice(width).map((y) => reduce(x + y)));
  const entries = inverses(sums);
  const matrix = Array.from({ length: width }, (_, row) => entries.slice(row * width, (row + 1) * width));
  return { width, partialRounds, constants, matrix };
}
