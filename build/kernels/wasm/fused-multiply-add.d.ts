/** False also where relaxed SIMD is unknown. */
export declare function fusesMultiplyAdd(): Promise<boolean>;
