/** Small numbers of elements and groups in a thread's own room, written and read by this side. */
import { ELEMENT_BYTES, LANES } from '../../../kernels/field/field.ts';
import { BASE_ORDER } from '../../protocol/field.ts';
import type { Kernel } from './kernel.ts';

export class LaneRoom {
  readonly #kernel: Kernel;
  readonly #places: number;
  readonly #end: number;
  #next: number;

  /** @param room address of so many bytes */
  constructor(kernel: Kernel, room: number, bytes: number) {
    this.#kernel = kernel;
    this.#places = room;
    this.#end = room + bytes;
    this.#next = room + 16;
  }

  /** Room for so many groups in a row. */
  groups(count: number): number {
    return this.elements(count * LANES);
  }

  /** Room for so many elements in a row, aligned as groups must be. */
  elements(count: number): number {
    const at = this.#next;
    this.#next = Math.ceil((at + count * ELEMENT_BYTES) / 16) * 16;
    if (this.#next > this.#end) throw new RangeError('a thread asks for more than its room');
    return at;
  }

  /** Integers below the base field's order, as elements in a row. */
  write(values: readonly bigint[], at = this.elements(values.length)): number {
    this.#kernel.writePoint(at, values);
    return at;
  }

  /** From as many addresses as there are lanes. */
  toGroups(groups: number, places: readonly number[], count: number): void {
    this.#kernel.run('toGroups', groups, this.#list(places), count);
  }

  toElements(places: readonly number[], groups: number, count: number): void {
    this.#kernel.run('toElements', this.#list(places), groups, count);
  }

  read(at: number, count: number): bigint[] {
    return Array.from({ length: count }, (_, i) => this.#kernel.readBase(at + i * ELEMENT_BYTES));
  }

  #list(places: readonly number[]): number {
    new Uint32Array(this.#kernel.memory.buffer, this.#places, places.length).set(places);
    return this.#places;
  }
}

/** One value's lanes, each the same. */
export const everywhere = (place: number): number[] => Array<number>(LANES).fill(place);

export const negated = (value: bigint): bigint => (value === 0n ? 0n : BASE_ORDER - value);
