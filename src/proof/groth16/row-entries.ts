/** A key's coefficients, dealt to the kernel's lanes: all entries of one row go to one lane, so that no two lanes ever add to the same sum. */
import { LANES } from '../../../kernels/field/field.ts';

/** Positions of one entry: of its row among those of A, then those of B; of its coefficient among the distinct ones; of its wire. */
export interface RowEntries {
  /** By lane: row, coefficient and wire of each entry, three words after each other. */
  readonly lanes: readonly Uint32Array[];
  /** Entries by lane. */
  readonly counts: readonly number[];
  /** The distinct coefficients, 32 bytes each as in the file. */
  readonly coefficients: Uint8Array;
}

/** Of one entry in the file. */
export const COEFFICIENT_BYTES = 44;
const VALUE_WORDS = 8;

/** Takes the file's entries as they come: matrix (0 for A, 1 for B), constraint, wire, each 32 bits, and the coefficient. */
export class RowDealer {
  readonly #domainSize: number;
  readonly #wires: number;
  readonly #laneOf: Int8Array;
  readonly #lanes: Uint32Array[];
  readonly #counts: number[];
  readonly #values = new DistinctValues();

  constructor(domainSize: number, wires: number, entries: number) {
    this.#domainSize = domainSize;
    this.#wires = wires;
    this.#laneOf = new Int8Array(2 * domainSize).fill(-1);
    this.#counts = new Array<number>(LANES).fill(0);
    this.#lanes = this.#counts.map(() => new Uint32Array(3 * Math.ceil((1.25 * entries) / LANES + 64)));
  }

  /** False if an entry names a row or a wire that there is none of. */
  add(bytes: Uint8Array): boolean {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let at = 0; at < bytes.length; at += COEFFICIENT_BYTES) {
      const [matrix, constraint, wire] = [view.getUint32(at, true), view.getUint32(at + 4, true), view.getUint32(at + 8, true)];
      if (matrix > 1 || constraint >= this.#domainSize || wire >= this.#wires) return false;
      const row = matrix * this.#domainSize + constraint;
      let lane = this.#laneOf[row];
      if (lane < 0) lane = this.#laneOf[row] = this.#leastFilled();
      this.#put(lane, row, this.#values.position(view, at + 12), wire);
    }
    return true;
  }

  finish(): RowEntries {
    return { lanes: this.#lanes, counts: this.#counts, coefficients: this.#values.bytes() };
  }

  #leastFilled(): number {
    let least = 0;
    for (let lane = 1; lane < this.#counts.length; lane++) if (this.#counts[lane] < this.#counts[least]) least = lane;
    return least;
  }

  #put(lane: number, row: number, coefficient: number, wire: number): void {
    let words = this.#lanes[lane];
    const at = 3 * this.#counts[lane]++;
    if (at === words.length) {
      const longer = new Uint32Array(2 * words.length);
      longer.set(words);
      this.#lanes[lane] = words = longer;
    }
    words[at] = row;
    words[at + 1] = coefficient;
    words[at + 2] = wire;
  }
}

/** Values of 32 bytes by their position, each kept once: circuits use few coefficients many times. */
class DistinctValues {
  #slots = new Int32Array(1024).fill(-1);
  #words = new Uint32Array(256 * VALUE_WORDS);
  #count = 0;

  position(view: DataView, at: number): number {
    let slot = this.#hash(view, at) & (this.#slots.length - 1);
    for (;;) {
      const held = this.#slots[slot];
      if (held < 0) break;
      if (this.#equals(held, view, at)) return held;
      slot = (slot + 1) & (this.#slots.length - 1);
    }
    const position = this.#count++;
    if (position * VALUE_WORDS === this.#words.length) {
      const longer = new Uint32Array(2 * this.#words.length);
      longer.set(this.#words);
      this.#words = longer;
    }
    for (let i = 0; i < VALUE_WORDS; i++) this.#words[position * VALUE_WORDS + i] = view.getUint32(at + 4 * i, true);
    this.#slots[slot] = position;
    if (2 * this.#count > this.#slots.length) this.#spread();
    return position;
  }

  bytes(): Uint8Array {
    return new Uint8Array(this.#words.buffer, 0, 4 * VALUE_WORDS * this.#count);
  }

  #equals(held: number, view: DataView, at: number): boolean {
    for (let i = 0; i < VALUE_WORDS; i++) if (this.#words[held * VALUE_WORDS + i] !== view.getUint32(at + 4 * i, true)) return false;
    return true;
  }

  /** Values are residues modulo r, spread evenly but for the few that everyone uses. */
  #hash(view: DataView, at: number): number {
    return view.getUint32(at, true) ^ Math.imul(view.getUint32(at + 8, true), 0x9e3779b1);
  }

  #spread(): void {
    const slots = new Int32Array(2 * this.#slots.length).fill(-1);
    const view = new DataView(this.#words.buffer);
    for (let position = 0; position < this.#count; position++) {
      let slot = this.#hash(view, 4 * VALUE_WORDS * position) & (slots.length - 1);
      while (slots[slot] >= 0) slot = (slot + 1) & (slots.length - 1);
      slots[slot] = position;
    }
    this.#slots = slots;
  }
}
