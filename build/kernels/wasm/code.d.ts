/** Pieces of WebAssembly: bytes, or pieces in a row. They are written out once, at the end: nothing is copied while code grows. */
export type Code = number | Uint8Array | readonly Code[];
/**
 * @example
 * bytesOf([1, [2, [3]], 4]) // Uint8Array [1, 2, 3, 4]
 */
export declare function bytesOf(code: Code): Uint8Array<ArrayBuffer>;
