/** Integers of WebAssembly's binary format. */
/**
 * @example
 * unsignedLeb(624485) // [0xe5, 0x8e, 0x26]
 */
export declare function unsignedLeb(value: number): number[];
/**
 * @example
 * signedLeb(-123456n) // [0xc0, 0xbb, 0x78]
 */
export declare function signedLeb(value: bigint): number[];
