/** A memory of the kernel whose places are given out one after the other. */
import { ELEMENT_BYTES } from "../../../kernels/field/field.js";
const PAGE = 65_536;
/** All that 32-bit addresses reach. */
const MOST_PAGES = 65_536;
/** Groups of lanes may reach three elements beyond an array. */
export const SLACK = 4 * ELEMENT_BYTES;
export class KernelMemory {
    memory;
    #next;
    constructor(shared) {
        this.memory = new WebAssembly.Memory({ initial: 1, maximum: MOST_PAGES, shared });
        // Nothing lies at zero, which stands for no point.
        this.#next = 64;
    }
    /** Room for so many bytes and a little more. */
    reserve(bytes) {
        const at = this.#next;
        this.#next = Math.ceil((at + bytes + SLACK) / 64) * 64;
        const missing = this.#next - this.memory.buffer.byteLength;
        if (missing > 0)
            this.memory.grow(Math.ceil(missing / PAGE));
        return at;
    }
    reserveElements(count) {
        return this.reserve(count * ELEMENT_BYTES);
    }
    /** Gives back everything from this address on. */
    release(address) {
        this.#next = address;
    }
    bytes(address, length) {
        return new Uint8Array(this.memory.buffer, address, length);
    }
    words(address, length) {
        return new Uint32Array(this.memory.buffer, address, length);
    }
}
