/** 2^28 divides r − 1, and no higher power of two does. */
export declare const TWO_ADICITY = 28;
/** A primitive root of unity of order 2^power. */
export declare function rootOfUnity(power: number): bigint;
