/**
 * Σ scalar·point by buckets (N. Pippenger, "On the evaluation of powers and related problems", FOCS 1976): in each window of the
 * scalars, points with the same digit are added up, and the sums are weighted by their digits.
 */
import { pointBytes, type Degree, type Kernel } from './kernel.ts';
import { AdditionBatch, BATCH_BYTES, sumLists } from './point-sums.ts';

export interface WindowSums {
  readonly degree: Degree;
  /** Address of the points. */
  readonly points: number;
  /** Address of a byte for each point: 1 for infinity. */
  readonly infinite: number;
  readonly count: number;
  /** Address of the digits of the first point in window 0, and how many lie between two windows. */
  readonly digits: number;
  readonly stride: number;
  readonly bits: number;
  /** From the first window to, not including, the last. */
  readonly from: number;
  readonly to: number;
  /** Address of `windows·bits` points, of all windows: those of these windows are written. */
  readonly sums: number;
  /** Address of {@link roomFor} bytes. */
  readonly room: number;
}

/** Points that are added up together: more would need more room, and short batches cost an inversion each, too. */
const TOGETHER = 1 << 15;

/** Bytes that {@link windowSums} works in. */
export function roomFor(degree: Degree, count: number, bits: number, windows: number): number {
  const buckets = windows << (bits - 1);
  const items = mostItems(count, windows);
  const work = Math.max(Math.min(items, TOGETHER) / 2, buckets + 2 * windows * bits) + 4;
  return BATCH_BYTES + (buckets + work) * pointBytes(degree) + 4 * items;
}

/** Points that are sorted together, a multiple of four: those of one window, or of several that have few. */
const mostItems = (count: number, windows: number) => 4 * Math.ceil(Math.max(count, Math.min(windows * count, TOGETHER)) / 4);

/** Writes points Sᵢ, one for each bit of a window's digits, such that Σ 2^(bits·from + i)·Sᵢ is the windows' share of the sum. Zeros are infinity. */
export function windowSums(kernel: Kernel, sums: WindowSums): void {
  const { degree, points, count, stride, bits, from, to } = sums;
  const batch = new AdditionBatch(kernel, degree, sums.room);
  const bytes = pointBytes(degree);
  const windows = to - from;
  const buckets = 1 << (bits - 1);
  const bucketSums = sums.room + BATCH_BYTES;
  // In memory, since the engine would let go of such arrays long after their use.
  const itemsAt = bucketSums + windows * buckets * bytes;
  const room = itemsAt + 4 * mostItems(count, windows);
  const infinite = new Uint8Array(kernel.memory.buffer, sums.infinite, count);
  // Addresses by window and bucket; 0 where no point has that digit.
  const found = new Int32Array(windows * buckets);
  const digitsOf = (window: number) => new Int16Array(kernel.memory.buffer, sums.digits + 2 * (from + window) * stride, count);
  const sizes = Array.from({ length: windows }, (_, window) => countBuckets(digitsOf(window), infinite, buckets));
  for (let first = 0; first < windows;) {
    let [last, total] = [first, 0];
    while (last < windows && (last === first || total + sizes[last].total <= TOGETHER)) total += sizes[last++].total;
    const items = new Int32Array(kernel.memory.buffer, itemsAt, total);
    const starts = sort(items, sizes.slice(first, last), (window) => digitsOf(first + window), infinite, points, bytes);
    found.set(sumBuckets(batch, degree, items, starts, bucketSums + first * buckets * bytes, room), first * buckets);
    first = last;
  }
  const written = sums.sums + from * bits * bytes;
  const { byBit, free } = bitSums(batch, degree, { found, windows, bits, bucketSums, room });
  // By adding nothing, since a sum of one point may be that point's negative, or infinity.
  new Uint8Array(kernel.memory.buffer, free, bytes).fill(0);
  batch.beCareful();
  byBit.forEach((sum, i) => batch.add(sum || free, free, written + ((i % windows) * bits + Math.floor(i / windows)) * bytes));
  batch.flush();
}

/** Sums of lists, as many at once as {@link TOGETHER} allows: the sum of list i goes to the i-th point from `sums`, if it has more than one item. */
function sumBuckets(batch: AdditionBatch, degree: Degree, items: Int32Array, starts: Int32Array, sums: number, room: number): Int32Array {
  const bytes = pointBytes(degree);
  const lists = starts.length - 1;
  const found = new Int32Array(lists);
  for (let first = 0; first < lists;) {
    let last = first + 1;
    while (last < lists && starts[last + 1] - starts[first] <= TOGETHER) last++;
    const length = starts[last] - starts[first];
    const from = first;
    if (length <= TOGETHER)
      found.set(
        sumLists(batch, degree, items, starts.subarray(first, last + 1), (list) => sums + (from + list) * bytes, room),
        first,
      );
    else found[first] = sumLong(batch, degree, items.subarray(starts[first], starts[last]), sums + first * bytes, room);
    first = last;
  }
  return found;
}

/** The sum of one list that is longer than what is added up together: piece by piece. */
function sumLong(batch: AdditionBatch, degree: Degree, items: Int32Array, sum: number, room: number): number {
  let running = 0;
  for (let from = 0; from < items.length - 1;) {
    if (running !== 0) items[from] = running;
    const piece = items.subarray(from, from + TOGETHER);
    [running] = sumLists(batch, degree, piece, Int32Array.of(0, piece.length), () => sum, room);
    // What was added up so far is the next piece's first.
    from += piece.length - 1;
  }
  return running;
}

interface BucketSizes {
  /** Points in bucket 1 and so on. */
  readonly counts: Int32Array;
  readonly total: number;
}

function countBuckets(digits: Int16Array, infinite: Uint8Array, buckets: number): BucketSizes {
  const counts = new Int32Array(buckets);
  let total = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = digits[i];
    if (digit === 0 || infinite[i] !== 0) continue;
    counts[(digit < 0 ? -digit : digit) - 1]++;
    total++;
  }
  return { counts, total };
}

/**
 * Counting sort: points of one window and digit side by side, as {@link sumLists} takes them.
 * @returns where each list starts, and where the last one ends
 */
function sort(
  items: Int32Array,
  sizes: readonly BucketSizes[],
  digitsOf: (window: number) => Int16Array,
  infinite: Uint8Array,
  points: number,
  bytes: number,
): Int32Array {
  const buckets = sizes[0].counts.length;
  const starts = new Int32Array(sizes.length * buckets + 1);
  sizes.forEach(({ counts }, window) => starts.set(counts, window * buckets + 1));
  for (let list = 1; list < starts.length; list++) starts[list] += starts[list - 1];
  const places = starts.slice();
  sizes.forEach((_, window) => {
    const digits = digitsOf(window);
    for (let i = 0; i < digits.length; i++) {
      const digit = digits[i];
      if (digit === 0 || infinite[i] !== 0) continue;
      const list = window * buckets + (digit < 0 ? -digit : digit) - 1;
      items[places[list]++] = (points + i * bytes) | (digit < 0 ? 1 : 0);
    }
  });
  return starts;
}

interface Buckets {
  readonly found: Int32Array;
  readonly windows: number;
  readonly bits: number;
  readonly bucketSums: number;
  readonly room: number;
}

/**
 * Cuts Σ k·B_k over a window's buckets k = 1 … 2^(bits−1) by the bits of k: with D_j = B_2j + B_2j+1 it is 2·Σ j·D_j + Σ of the odd ones,
 * and so on. All windows go together.
 * @returns addresses, 0 for infinity: of bit 0 for each window, then of bit 1; and what is free behind them
 */
function bitSums(
  batch: AdditionBatch,
  degree: Degree,
  { found, windows, bits, bucketSums, room }: Buckets,
): { readonly byBit: Int32Array; readonly free: number } {
  const bytes = pointBytes(degree);
  const buckets = 1 << (bits - 1);
  // Bucket k of a window by its number from 0: bucket 0 is nobody's.
  const level = Array.from({ length: windows }, (_, window) => {
    const numbered = new Int32Array(buckets + 1);
    numbered.set(found.subarray(window * buckets, (window + 1) * buckets), 1);
    return numbered;
  });
  const odd: number[] = [];
  const starts = [0];
  for (let bit = 0, last = buckets; bit < bits; bit++, last >>= 1) {
    for (const [window, numbered] of level.entries()) {
      for (let k = 1; k <= last; k += 2) if (numbered[k] !== 0) odd.push(numbered[k]);
      starts.push(odd.length);
      for (let j = 1; 2 * j <= last; j++) {
        const [even, above] = [numbered[2 * j], 2 * j + 1 <= last ? numbered[2 * j + 1] : 0];
        if (even === 0 || above === 0) numbered[j] = even === 0 ? above : even;
        else {
          // The place of an even bucket is free from here on: nothing but D_j is made of it.
          const place = bucketSums + (window * buckets + ((2 * j) << bit) - 1) * bytes;
          batch.add(even, above, place);
          numbered[j] = place;
        }
      }
    }
    batch.flush();
  }
  const lists = bits * windows;
  const free = room + lists * bytes;
  const byBit = sumLists(batch, degree, Int32Array.from(odd), Int32Array.from(starts), (list) => room + list * bytes, free + bytes);
  return { byBit, free };
}
