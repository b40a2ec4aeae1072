/** Pieces of WebAssembly: bytes, or pieces in a row. */
export type Code = number | Uint8Array | readonly Code[];
/** Bytes that grow at their end. */
export declare class CodeBytes {
    #private;
    write(piece: Code): void;
    finish(): Uint8Array<ArrayBuffer>;
}
/**
 * @example
 * bytesOf([1, [2, [3]], 4]) // Uint8Array.of(1, 2, 3, 4)
 */
export declare function bytesOf(code: Code): Uint8Array<ArrayBuffer>;
