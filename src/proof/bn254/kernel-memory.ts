/** A memory of the kernel whose places are given out one after the other. */
import { ELEMENT_BYTES } from '../../../kernels/field/field.ts';
import { MAX_PAGES } from '../../../kernels/wasm/module-builder.ts';

const PAGE = 65_536;
/** Groups of lanes may reach three elements beyond an array. */
export const SLACK = 4 * ELEMENT_BYTES;

export class KernelMemory {
  readonly memory: WebAssembly.Memory;
  #next: number;

  constructor(shared: boolean) {
    this.memory = new WebAssembly.Memory({ initial: 1, maximum: MAX_PAGES, shared });
    // Nothing lies at zero, which stands for no point.
    this.#next = 64;
  }

  /** Room for so many bytes and a little more. */
  reserve(bytes: number): number {
    const at = this.#next;
    this.#next = Math.ceil((at + bytes + SLACK) / 64) * 64;
    const missing = this.#next - this.memory.buffer.byteLength;
    if (missing > 0) this.memory.grow(Math.ceil(missing / PAGE));
    return at;
  }

  reserveElements(count: number): number {
    return this.reserve(count * ELEMENT_BYTES);
  }

  /** Gives back everything from this address on. */
  release(address: number): void {
    this.#next = address;
  }

  bytes(address: number, length: number): Uint8Array {
    return new Uint8Array(this.memory.buffer, address, length);
  }

  words(address: number, length: number): Uint32Array {
    return new Uint32Array(this.memory.buffer, address, length);
  }
}
