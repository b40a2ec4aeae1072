/** Bytes and their hexadecimal text, the two forms in which every id travels. */
export type Hex = `0x${string}`;
/**
 * @example
 * toHex(new Uint8Array([1, 255])) // '0x01ff'
 */
export declare function toHex(bytes: Uint8Array): Hex;
/**
 * @throws RangeError when the text is not `0x` and an even number of hexadecimal digits: parse untrusted text with {@link isHex} first.
 * @example
 * fromHex('0x01ff') // Uint8Array [1, 255]
 */
export declare function fromHex(text: Hex): Uint8Array<ArrayBuffer>;
/** Whether a value is `0x` and whole bytes of hexadecimal digits, of exactly `length` bytes if that is given. */
export declare function isHex(value: unknown, length?: number): value is Hex;
export declare function utf8(text: string): Uint8Array<ArrayBuffer>;
export declare function concatBytes(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer>;
export declare function equalBytes(a: Uint8Array, b: Uint8Array): boolean;
