/** Pieces of WebAssembly: bytes, or pieces in a row. */
export type Code = number | Uint8Array | readonly Code[];

/** Bytes that grow at their end. */
export class CodeBytes {
  #bytes = new Uint8Array(4096);
  #length = 0;

  write(piece: Code): void {
    if (typeof piece === 'number') {
      this.#reserve(1);
      this.#bytes[this.#length++] = piece;
    } else if (piece instanceof Uint8Array) {
      this.#reserve(piece.length);
      this.#bytes.set(piece, this.#length);
      this.#length += piece.length;
    } else {
      for (let i = 0; i < piece.length; i++) this.write(piece[i]);
    }
  }

  finish(): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(0, this.#length);
  }

  #reserve(more: number): void {
    if (this.#length + more <= this.#bytes.length) return;
    const longer = new Uint8Array(Math.max(2 * this.#bytes.length, this.#length + more));
    longer.set(this.#bytes);
    this.#bytes = longer;
  }
}

/**
 * @example
 * bytesOf([1, [2, [3]], 4]) // Uint8Array.of(1, 2, 3, 4)
 */
export function bytesOf(code: Code): Uint8Array<ArrayBuffer> {
  const bytes = new CodeBytes();
  bytes.write(code);
  return bytes.finish();
}
