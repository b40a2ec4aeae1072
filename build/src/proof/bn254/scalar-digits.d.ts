/** Scalars in signed digits: scalar = Σ digit[w]·2^(bits·w), with digits from −2^(bits−1) + 1 to 2^(bits−1). */
export declare const windowsOf: (bits: number) => number;
/**
 * The width of digits that makes a sum over these scalars cheapest: in every window each scalar that reaches so far costs an addition,
 * and each bucket two.
 */
export declare function cheapestBits(scalars: Uint8Array): number;
/**
 * @param scalars 32 bytes each, little-endian, below the group's order
 * @param digits room for `windowsOf(bits)` times as many digits, window after window
 */
export declare function writeDigits(scalars: Uint8Array, bits: number, digits: Int16Array): void;
