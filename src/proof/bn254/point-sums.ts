/** Sums of many lists of points at once: neighbours of each list are added in rounds, and every round is one long batch. */
import { ENTRY_BYTES, MAX_BATCH } from '../../../kernels/curve/batch-addition.ts';
import { LANES } from '../../../kernels/field/field.ts';
import { GENERATORS } from './generators.ts';
import { pointBytes, type Degree, type Kernel } from './kernel.ts';

const ENTRY_WORDS = ENTRY_BYTES / 4;

/** Bytes that an {@link AdditionBatch} needs. */
export const BATCH_BYTES = MAX_BATCH * ENTRY_BYTES + 3 * pointBytes(2);

/** Collects additions that do not depend on each other, and runs them whenever a batch is full. */
export class AdditionBatch {
  readonly #kernel: Kernel;
  readonly #degree: Degree;
  readonly #list: number;
  readonly #words: Uint32Array;
  readonly #spare: readonly [number, number, number];
  #count = 0;
  #careful: boolean;

  /**
   * @param at where its {@link BATCH_BYTES} are
   * @param careful whether summands may be infinity from the start
   */
  constructor(kernel: Kernel, degree: Degree, at: number, careful = false) {
    this.#kernel = kernel;
    this.#degree = degree;
    this.#list = at;
    this.#words = new Uint32Array(kernel.memory.buffer, at, MAX_BATCH * ENTRY_WORDS);
    this.#careful = careful;
    const spare = at + MAX_BATCH * ENTRY_BYTES;
    const bytes = pointBytes(degree);
    // A generator and its double can always be added: they fill up a group of lanes.
    this.#spare = [spare, spare + bytes, spare + 2 * bytes];
    kernel.writePoint(spare, GENERATORS[degree]);
    for (let lane = 0; lane < LANES; lane++) this.#words.set([spare, spare, spare + bytes], ENTRY_WORDS * lane);
    kernel.run(`add${degree}Checked`, at, 1);
  }

  /** From here on every summand is looked at: some may be infinity. */
  beCareful(): void {
    this.#careful = true;
  }

  /** @param left an address, the lowest bit for the negated point; so is `right` */
  add(left: number, right: number, sum: number): void {
    const at = ENTRY_WORDS * this.#count;
    this.#words[at] = left;
    this.#words[at + 1] = right;
    this.#words[at + 2] = sum;
    if (++this.#count === MAX_BATCH) this.flush();
  }

  /** After it, sums may be used as summands. */
  flush(): void {
    if (this.#count === 0) return;
    while (this.#count % LANES !== 0) this.add(...this.#spare);
    const groups = this.#count / LANES;
    this.#count = 0;
    if (groups === 0) return;
    const name = `add${this.#degree}`;
    // Two summands with one x may leave infinity behind: from then on each is looked at.
    if (!this.#careful && this.#kernel.run(name, this.#list, groups) === 1) return;
    this.#careful = true;
    if (this.#kernel.run(`${name}Checked`, this.#list, groups) === 0) throw new Error('no denominator of a checked addition is zero');
  }
}

/**
 * Adds up each list, in place. Sums of parts overwrite each other, and never a summand.
 * @param items addresses of points, the lowest bit for their negative, list after list
 * @param starts where each list starts, and where the last one ends
 * @param sums where the sum of each list goes that has more than one item
 * @param room a place for half as many points as there are items
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
  for (let list = 0; list < lists; list++) longest = Math.max(longest, (lengths[list] = starts[list + 1] - starts[list]));
  const bytes = pointBytes(degree);
  let free = room;
  while (longest > 1) {
    longest = 0;
    for (let list = 0; list < lists; list++) {
      const length = lengths[list];
      if (length < 2) continue;
      const start = starts[list];
      const pairs = length >> 1;
      if (length === 2) {
        const sum = sums(list);
        batch.add(items[start], items[start + 1], sum);
        items[start] = sum;
      } else {
        for (let pair = 0; pair < pairs; pair++) {
          const left = items[start + 2 * pair];
          // What already lies in the room is nobody's but this list's.
          const to = left >= room && left < free ? left : free;
          if (to === free) free += bytes;
          batch.add(left, items[start + 2 * pair + 1], to);
          items[start + pair] = to;
        }
        if (length % 2 === 1) items[start + pairs] = items[start + length - 1]!;
      }
      lengths[list] = length - pairs;
      if (lengths[list] > longest) longest = lengths[list]!;
    }
    batch.flush();
  }
  return Int32Array.from(lengths, (length, list) => (length === 0 ? 0 : items[starts[list]]));
}
