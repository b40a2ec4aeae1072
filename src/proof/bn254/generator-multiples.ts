/** Many multiples of one generator, by a table of its small multiples in every window: what a set-up spends its time on. */
import { GENERATORS } from './generators.ts';
import { pointBytes, filePointBytes, type Degree, type Kernel } from './kernel.ts';
import { AdditionBatch, BATCH_BYTES, sumLists } from './point-sums.ts';
import { windowsOf, writeDigits } from './scalar-digits.ts';

/** Digits from −1023 to 1024: a table of 2 MB for G1, which the processor's cache keeps, and 23 additions for a multiple. */
const BITS = 11;
const MULTIPLES = 1 << (BITS - 1);
const WINDOWS = windowsOf(BITS);
/** Multiples that are added up together. */
const AT_ONCE = 1024;

export const tableBytes = (degree: Degree): number => WINDOWS * MULTIPLES * pointBytes(degree);

/** Bytes that either function works in. */
export const multiplesRoom = (degree: Degree): number => BATCH_BYTES + AT_ONCE * (WINDOWS / 2 + 2) * pointBytes(degree);

/** d·2^(bits·w)·generator at position `w·multiples + d − 1`. */
export function writeTable(kernel: Kernel, degree: Degree, table: number, room: number): void {
  const batch = new AdditionBatch(kernel, degree, room, true);
  const at = (window: number, digit: number) => table + (window * MULTIPLES + digit - 1) * pointBytes(degree);
  kernel.writePoint(at(0, 1), GENERATORS[degree]);
  for (let window = 1; window < WINDOWS; window++) {
    for (let bit = 0, from = at(window - 1, 1); bit < BITS; bit++, from = at(window, 1)) {
      batch.add(from, from, at(window, 1));
      batch.flush();
    }
  }
  // 2d and 2d + 1 from d: as many at once as there are.
  for (let known = 1; known < MULTIPLES; known *= 2) {
    for (let window = 0; window < WINDOWS; window++)
      for (let digit = 1; digit <= known; digit++) batch.add(at(window, digit), at(window, known), at(window, known + digit));
    batch.flush();
  }
}

/**
 * Writes multiples as key files hold points.
 * @param scalars 32 bytes each, little-endian, below the group's order
 */
export function writeMultiples(kernel: Kernel, degree: Degree, table: number, scalars: Uint8Array, to: number, room: number): void {
  const batch = new AdditionBatch(kernel, degree, room, false);
  const bytes = pointBytes(degree);
  const sums = room + BATCH_BYTES;
  const trees = sums + (AT_ONCE + 4) * bytes;
  const count = scalars.length / 32;
  for (let from = 0; from < count; from += AT_ONCE) {
    const here = Math.min(AT_ONCE, count - from);
    const digits = new Int16Array(WINDOWS * here);
    writeDigits(scalars.slice(32 * from, 32 * (from + here)), BITS, digits);
    const items: number[] = [];
    const starts = [0];
    for (let i = 0; i < here; i++) {
      for (let window = 0; window < WINDOWS; window++) {
        const digit = digits[window * here + i];
        if (digit !== 0) items.push((table + (window * MULTIPLES + Math.abs(digit) - 1) * bytes) | (digit < 0 ? 1 : 0));
      }
      starts.push(items.length);
    }
    const found = sumLists(batch, degree, Int32Array.from(items), Int32Array.from(starts), (list) => sums + list * bytes, trees);
    // A multiple of one digit lies in the table, and may be its negative; none at all is infinity.
    const infinity = trees;
    new Uint8Array(kernel.memory.buffer, infinity, bytes).fill(0);
    const moved = new AdditionBatch(kernel, degree, room, true);
    found.forEach((address, list) => {
      if (address !== sums + list * bytes) moved.add(address === 0 ? infinity : address, infinity, sums + list * bytes);
    });
    moved.flush();
    kernel.run('writeCoordinates', to + from * filePointBytes(degree), sums, kernel.groups(2 * degree * here));
  }
}
