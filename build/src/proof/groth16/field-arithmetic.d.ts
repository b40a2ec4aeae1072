/**
 * The representative in 0 … r − 1.
 * @example
 * reduce(-1n) // 21888242871839275222246405745257275088548364400416034343698204186575808495616n
 */
export declare function reduce(value: bigint): bigint;
/** The representative in −r/2 … r/2: what a wire that stands for a signed integer means. */
export declare function signed(value: bigint): bigint;
/**
 * @example
 * power(3n, 4n) // 81n
 */
export declare function power(base: bigint, exponent: bigint): bigint;
/** By Fermat; the inverse of 0 is 0. */
export declare function inverse(value: bigint): bigint;
/**
 * All inverses at the price of one (Montgomery's trick).
 * @throws RangeError on a zero: the callers' values are non-zero by construction.
 */
export declare function inverses(values: readonly bigint[]): bigint[];
