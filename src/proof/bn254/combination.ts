/** Σ scalar·point for a few points, bit by bit (E. G. Straus, Amer. Math. Monthly 71, 1964): the terms are dealt to the lanes. */
import { ELEMENT_BYTES } from '../../../kernels/field/field.ts';
import { inverseComplex, multiplyComplex } from '../../../kernels/pairing/twist.ts';
import { inverseModulo } from '../../../kernels/field/field.ts';
import { BASE_ORDER } from '../../protocol/field.ts';
import type { Degree, Kernel } from './kernel.ts';
import { everywhere, LaneRoom } from './lane-points.ts';

export interface Term {
  /** Affine coordinates, null for infinity. */
  readonly point: readonly bigint[] | null;
  /** Not negative, of any size. */
  readonly scalar: bigint;
}

/** Bytes that {@link combination} works in. */
export function combinationRoom(terms: number): number {
  // A projective point of G2 has six elements; four lanes, sum and summand, and the sums of the lanes.
  return 6 * ELEMENT_BYTES * (terms + 1 + 2 * 4 + 4) + 1024;
}

/**
 * Affine coordinates of the sum, null for infinity.
 * @param room address of {@link combinationRoom} bytes
 */
export function combination(kernel: Kernel, degree: Degree, terms: readonly Term[], room: number): bigint[] | null {
  const { lanes } = kernel;
  const size = 3 * degree;
  const [one, zero] =
    degree === 1
      ? [[1n], [0n]]
      : [
          [1n, 0n],
          [0n, 0n],
        ];
  const memory = new LaneRoom(kernel, room);
  const infinity = memory.write([...zero, ...one, ...zero]);
  const [total, summand] = [memory.groups(size), memory.groups(size)];
  const add = (places: readonly number[]) => {
    memory.toGroups(summand, places, size);
    kernel.run(`sum${degree}`, total, total, summand);
  };

  // Whose bits are most go first, each to the lane with the fewest so far.
  const dealt = Array.from({ length: lanes }, () => ({ weight: 0, terms: [] as { readonly at: number; readonly bits: string }[] }));
  const weighed = terms
    .flatMap(({ point, scalar }) => (point === null || scalar === 0n ? [] : [{ point, bits: scalar.toString(2) }]))
    .map((term) => ({ ...term, weight: term.bits.replaceAll('0', '').length }))
    .sort((a, b) => b.weight - a.weight);
  for (const { point, bits, weight } of weighed) {
    const lane = dealt.reduce((least, other) => (other.weight < least.weight ? other : least));
    lane.weight += weight;
    lane.terms.push({ at: memory.write([...point, ...one]), bits });
  }

  memory.toGroups(total, everywhere(kernel, infinity), size);
  const length = Math.max(0, ...weighed.map(({ bits }) => bits.length));
  for (let bit = length - 1; bit >= 0; bit--) {
    if (bit < length - 1) kernel.run(`double${degree}`, total, total);
    const due = dealt.map((lane) => lane.terms.filter(({ bits }) => bits.at(-1 - bit) === '1'));
    for (let round = 0; due.some((list) => list.length > round); round++) add(due.map((list) => list[round]?.at ?? infinity));
  }
  const sums = Array.from({ length: lanes }, () => memory.elements(size));
  memory.toElements(sums, total, size);
  memory.toGroups(total, everywhere(kernel, sums[0]), size);
  for (const sum of sums.slice(1)) add(everywhere(kernel, sum));
  memory.toElements(everywhere(kernel, sums[0]), total, size);
  return affine(memory.read(sums[0], size));
}

function affine(projective: readonly bigint[]): bigint[] | null {
  if (projective.length === 3) {
    const [x, y, z] = projective;
    const inverse = inverseModulo(z, BASE_ORDER);
    return z === 0n ? null : [(x * inverse) % BASE_ORDER, (y * inverse) % BASE_ORDER];
  }
  const [x0, x1, y0, y1, z0, z1] = projective;
  if (z0 === 0n && z1 === 0n) return null;
  const inverse = inverseComplex([z0, z1], BASE_ORDER);
  return [...multiplyComplex([x0, x1], inverse, BASE_ORDER), ...multiplyComplex([y0, y1], inverse, BASE_ORDER)];
}
