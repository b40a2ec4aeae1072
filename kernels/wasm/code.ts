/** Pieces of WebAssembly: bytes, or pieces in a row. They are written out once, at the end: nothing is copied while code grows. */
export type Code = number | Uint8Array | readonly Code[];

/**
 * @example
 * bytesOf([1, [2, [3]], 4]) // Uint8Array [1, 2, 3, 4]
 */
export function bytesOf(code: Code): Uint8Array<ArrayBuffer> {
  let bytes = new Uint8Array(4096);
  let length = 0;
  const reserve = (more: number): void => {
    if (length + more <= bytes.length) return;
    const longer = new Uint8Array(Math.max(2 * bytes.length, length + more));
    longer.set(bytes);
    bytes = longer;
  };
  const write = (piece: Code): void => {
    if (typeof piece === 'number') {
      reserve(1);
      bytes[length++] = piece;
    } else if (piece instanceof Uint8Array) {
      reserve(piece.length);
      bytes.set(piece, length);
      length += piece.length;
    } else {
      for (let i = 0; i < piece.length; i++) write(piece[i]);
    }
  };
  write(code);
  return bytes.slice(0, length);
}
