/** Σ scalar·point for a few points, bit by bit (E. G. Straus, Amer. Math. Monthly 71, 1964): the terms are dealt to the lanes. */
import { ELEMENT_BYTES, inverseModulo, LANES } from '../../../kernels/field/field.ts';
import { inverseComplex, multiplyComplex } from '../../../kernels/pairing/twist.ts';
import { BASE_ORDER } from '../../protocol/field.ts';
import { pointBytes, type Degree, type Kernel } from './kernel.ts';
import { everywhere, LaneRoom } from './lane-room.ts';

export interface Term {
  /** Affine coordinates, null for infinity. */
  readonly point: readonly bigint[] | null;
  /** Not negative, of any size. */
  readonly scalar: bigint;
}

/** `count` affine points in the kernel's memory, zeros for infinity: point i counts 2^i times. */
export interface BitSums {
  readonly at: number;
  readonly count: number;
}

/** Bytes that {@link combination} works in beside its sums. */
export function combinationRoom(terms: number): number {
  // A projective point of G2 has six elements; sum and summand are groups, and each lane has a sum.
  return 6 * ELEMENT_BYTES * (terms + 1 + 3 * LANES) + 1024;
}

/** A point's affine coordinates in memory, and in which bits it counts. */
interface Summand {
  readonly place: number;
  readonly bits: readonly number[];
}

/**
 * Affine coordinates of Σ over all, null for infinity.
 * @param room address of {@link combinationRoom} bytes
 */
export function combination(kernel: Kernel, degree: Degree, sums: readonly BitSums[], terms: readonly Term[], room: number): bigint[] | null {
  const [size, flat] = [3 * degree, 2 * degree];
  const memory = new LaneRoom(kernel, room, combinationRoom(terms.length));
  const [one, zero] =
    degree === 1
      ? [[1n], [0n]]
      : [
          [1n, 0n],
          [0n, 0n],
        ];
  const infinity = memory.write([...zero, ...one, ...zero]);
  const [atOne, atZero] = [infinity + zero.length * ELEMENT_BYTES, infinity];
  const [total, summand] = [memory.groups(size), memory.groups(size)];
  const summandZ = summand + flat * LANES * ELEMENT_BYTES;

  const summands = [
    ...sums.flatMap(({ at, count }) => pointsAt(kernel, degree, at, count)),
    ...terms.flatMap(({ point, scalar }): Summand[] => (point === null ? [] : [{ place: memory.write(point), bits: bitsOf(scalar) }])),
  ];
  const due = dealt(summands);

  memory.toGroups(total, everywhere(infinity), size);
  for (let bit = due.length - 1; bit >= 0; bit--) {
    if (bit < due.length - 1) kernel.run(`double${degree}`, total, total);
    const longest = Math.max(...due[bit].map((places) => places.length));
    for (let round = 0; round < longest; round++) {
      const places = due[bit].map((list) => list[round]);
      memory.toGroups(
        summand,
        places.map((place) => place ?? infinity),
        flat,
      );
      memory.toGroups(
        summandZ,
        places.map((place) => (place === undefined ? atZero : atOne)),
        degree,
      );
      kernel.run(`sum${degree}`, total, total, summand);
    }
  }
  const ofLanes = Array.from({ length: LANES }, () => memory.elements(size));
  memory.toElements(ofLanes, total, size);
  memory.toGroups(total, everywhere(ofLanes[0]), size);
  for (const sum of ofLanes.slice(1)) {
    memory.toGroups(summand, everywhere(sum), size);
    kernel.run(`sum${degree}`, total, total, summand);
  }
  memory.toElements(everywhere(ofLanes[0]), total, size);
  return affine(memory.read(ofLanes[0], size));
}

function pointsAt(kernel: Kernel, degree: Degree, at: number, count: number): Summand[] {
  const bytes = pointBytes(degree);
  const words = new Int32Array(kernel.memory.buffer, at, (count * bytes) / 4);
  return Array.from({ length: count }, (_, i) => i).flatMap((i) => {
    const isInfinite = words.subarray((i * bytes) / 4, ((i + 1) * bytes) / 4).every((word) => word === 0);
    return isInfinite ? [] : [{ place: at + i * bytes, bits: [i] }];
  });
}

function bitsOf(scalar: bigint): number[] {
  const digits = scalar.toString(2);
  return Array.from(digits, (digit, i) => (digit === '1' ? digits.length - 1 - i : -1)).filter((bit) => bit >= 0);
}

/** For each bit and lane the points that count there: those that count most often go first, each to the lane with the least to do. */
function dealt(summands: readonly Summand[]): number[][][] {
  const length = summands.reduce((most, { bits }) => bits.reduce((larger, bit) => Math.max(larger, bit + 1), most), 0);
  const due = Array.from({ length }, () => Array.from({ length: LANES }, (): number[] => []));
  const weights = Array<number>(LANES).fill(0);
  for (const { place, bits } of [...summands].sort((a, b) => b.bits.length - a.bits.length)) {
    const lane = weights.indexOf(Math.min(...weights));
    weights[lane] += bits.length;
    for (const bit of bits) due[bit][lane].push(place);
  }
  return due;
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
