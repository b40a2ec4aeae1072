/** Field elements as the iden3 file formats keep them: 32 bytes, little-endian. */
/** Writes `value`, 0 … 2^256 − 1, at `offset`. */
export declare function writeElement(view: DataView, offset: number, value: bigint): void;
export declare function readElement(view: DataView, offset: number): bigint;
