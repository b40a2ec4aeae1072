/**
 * Σ scalar·point by buckets (N. Pippenger, "On the evaluation of powers and related problems", FOCS 1976): in each window of the
 * scalars, points with the same digit are added up, and the sums are weighted by their digits.
 */
import { pointBytes, type CurveKernel, type Degree } from './curve-kernel.ts';
import { AdditionBatch, sumLists } from './point-sums.ts';
import type { ScalarDigits } from './scalar-digits.ts';

/** A sum of points, each still to be doubled so many times. */
export interface DoubledPoint {
  readonly doublings: number;
  /** x and y, or for G2 the components of both. */
  readonly coordinates: readonly bigint[];
}

/** @param points address of as many points as there are scalars; `isInfinite` names those that are none */
export function multiScalar(
  kernel: CurveKernel,
  batch: AdditionBatch,
  degree: Degree,
  points: number,
  { bits, windows, count, digits }: ScalarDigits,
  isInfinite: (i: number) => boolean = () => false,
): DoubledPoint[] {
  kernel.startAfresh();
  const bytes = pointBytes(degree);
  const buckets = 1 << (bits - 1);
  const sums = kernel.reserve(windows * buckets * bytes);
  const room = kernel.reserve(Math.max(count, windows * buckets) * bytes);
  const found = new Int32Array(windows * buckets);
  const starts = new Int32Array(buckets + 1);
  const items = new Int32Array(count);
  const places = new Int32Array(buckets + 1);
  for (let window = 0; window < windows; window++) {
    // Counting sort: points of one digit side by side.
    const row = digits.subarray(window * count, (window + 1) * count);
    starts.fill(0);
    for (let i = 0; i < count; i++) {
      const digit = row[i]!;
      if (digit !== 0 && !isInfinite(i)) starts[digit < 0 ? -digit : digit]! += 1;
    }
    for (let bucket = 1; bucket <= buckets; bucket++) starts[bucket]! += starts[bucket - 1]!;
    places.set(starts);
    for (let i = 0; i < count; i++) {
      const digit = row[i]!;
      if (digit === 0 || isInfinite(i)) continue;
      const bucket = digit < 0 ? -digit : digit;
      items[places[bucket - 1]!++] = (points + i * bytes) | (digit < 0 ? 1 : 0);
    }
    const first = window * buckets;
    found.set(
      sumLists(batch, degree, items, starts, (list) => sums + (first + list) * bytes, room),
      first,
    );
  }
  const weighted = weightedSums(batch, degree, found, windows, bits, room, kernel);
  kernel.release(sums);
  return weighted;
}

/**
 * Σ k·B_k over a window's buckets k = 1 … 2^(bits−1), bit by bit of k: with D_j = B_2j + B_2j+1, Σ k·B_k = 2·Σ j·D_j + Σ of the odd ones.
 * All windows go together.
 */
function weightedSums(
  batch: AdditionBatch,
  degree: Degree,
  found: Int32Array,
  windows: number,
  bits: number,
  room: number,
  kernel: CurveKernel,
): DoubledPoint[] {
  const bytes = pointBytes(degree);
  const buckets = 1 << (bits - 1);
  // By number from 0: bucket 0 is nobody's.
  let level = Array.from({ length: windows }, (_, window) => {
    const numbered = new Int32Array(buckets + 1);
    numbered.set(found.subarray(window * buckets, (window + 1) * buckets), 1);
    return numbered;
  });
  const odd: number[][] = [];
  let free = room;
  for (let bit = 0; bit < bits; bit++) {
    const next: Int32Array[] = [];
    for (const numbered of level) {
      const list: number[] = [];
      const half = new Int32Array((numbered.length >> 1) + 1);
      for (let k = 1; k < numbered.length; k += 2) if (numbered[k] !== 0) list.push(numbered[k]!);
      for (let j = 1; 2 * j < numbered.length; j++) {
        const [even, above] = [numbered[2 * j]!, numbered[2 * j + 1] ?? 0];
        if (even !== 0 && above !== 0) {
          batch.add(even, above, free);
          half[j] = free;
          free += bytes;
        } else half[j] = even === 0 ? above : even;
      }
      odd.push(list);
      next.push(half.subarray(0, Math.max(1, ((numbered.length - 1) >> 1) + 1)));
    }
    batch.flush();
    level = next;
  }
  const starts = new Int32Array(odd.length + 1);
  odd.forEach((list, i) => (starts[i + 1] = starts[i]! + list.length));
  const last = kernel.reserve(odd.length * bytes);
  const trees = kernel.reserve(starts[odd.length]! * bytes);
  const sums = sumLists(batch, degree, Int32Array.from(odd.flat()), starts, (list) => last + list * bytes, trees);
  return Array.from(sums).flatMap((address, list) => {
    const coordinates = address === 0 ? null : kernel.readPoint(degree, address & ~1);
    const doublings = (list % windows) * bits + Math.floor(list / windows);
    // A bucket of one point may hold its negative.
    return coordinates === null ? [] : [{ doublings, coordinates: (address & 1) === 0 ? coordinates : negated(coordinates) }];
  });
}

function negated(coordinates: readonly bigint[]): bigint[] {
  const half = coordinates.length / 2;
  return coordinates.map((value, i) => (i < half ? value : -value));
}
