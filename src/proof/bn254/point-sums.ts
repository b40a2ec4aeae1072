/** Sums of many lists of points at once: neighbours of each list are added in rounds, and every round is one long batch. */
import { MAX_BATCH } from '../../../kernels/curve/batch-addition.ts';
import { pointBytes, type CurveKernel, type Degree } from './curve-kernel.ts';

const ENTRY_WORDS = 3;

/** Collects additions that do not depend on each other, and runs them whenever a batch is full. */
export class AdditionBatch {
  readonly #kernel: CurveKernel;
  readonly #degree: Degree;
  readonly #at: number;
  readonly #spare: readonly [number, number, number];
  #count = 0;

  constructor(kernel: CurveKernel, degree: Degree, generator: readonly bigint[], doubled: readonly bigint[]) {
    this.#kernel = kernel;
    this.#degree = degree;
    this.#at = kernel.list / 4;
    const bytes = pointBytes(degree);
    const spare = kernel.reserve(3 * bytes);
    this.#spare = [spare, spare + bytes, spare + 2 * bytes];
    kernel.writePoint(spare, generator);
    kernel.writePoint(spare + bytes, doubled);
  }

  add(left: number, right: number, sum: number): void {
    const at = this.#at + ENTRY_WORDS * this.#count;
    const { words } = this.#kernel;
    words[at] = left;
    words[at + 1] = right;
    words[at + 2] = sum;
    if (++this.#count === MAX_BATCH) this.flush();
  }

  /** After it, sums may be used as summands. */
  flush(): void {
    if (this.#count === 0) return;
    if (this.#count % 2 === 1) this.add(...this.#spare);
    if (this.#count === 0) return;
    const count = this.#count;
    this.#count = 0;
    this.#kernel.add(this.#degree, count);
  }
}

/**
 * Adds up each list, in place.
 * @param items addresses of points, the lowest bit for their negative, list after list
 * @param starts where each list starts, and where the last one ends
 * @param sums where the sum of each list goes that has more than one item
 * @param room a place for half as many points as there are items, or more
 * @returns for each list the address of its sum, 0 for an empty one
 */
export function sumLists(
  batch: AdditionBatch,
  degree: Degree,
  items: Int32Array,
  starts: Int32Array,
  sums: (list: number) => number,
  room: number,
): Int32Array {
  const lists = starts.length - 1;
  const lengths = new Int32Array(lists);
  let longest = 0;
  for (let list = 0; list < lists; list++) longest = Math.max(longest, (lengths[list] = starts[list + 1]! - starts[list]!));
  const bytes = pointBytes(degree);
  let free = room;
  while (longest > 1) {
    longest = 0;
    for (let list = 0; list < lists; list++) {
      const length = lengths[list]!;
      if (length < 2) continue;
      const start = starts[list]!;
      const pairs = length >> 1;
      if (length === 2) {
        const sum = sums(list);
        batch.add(items[start]!, items[start + 1]!, sum);
        items[start] = sum;
      } else {
        for (let pair = 0; pair < pairs; pair++) {
          batch.add(items[start + 2 * pair]!, items[start + 2 * pair + 1]!, free);
          items[start + pair] = free;
          free += bytes;
        }
        if (length % 2 === 1) items[start + pairs] = items[start + length - 1]!;
      }
      lengths[list] = length - pairs;
      if (lengths[list]! > longest) longest = lengths[list]!;
    }
    batch.flush();
  }
  return Int32Array.from(lengths, (length, list) => (length === 0 ? 0 : items[starts[list]!]!));
}
