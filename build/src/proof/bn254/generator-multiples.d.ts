import { type Degree, type Kernel } from './kernel.ts';
export declare const tableBytes: (degree: Degree) => number;
/** Bytes that either function works in. */
export declare const multiplesRoom: (degree: Degree) => number;
/** d·2^(bits·w)·generator at position `w·multiples + d − 1`. */
export declare function writeTable(kernel: Kernel, degree: Degree, table: number, room: number): void;
/**
 * Writes multiples as key files hold points.
 * @param scalars 32 bytes each, little-endian, below the group's order
 */
export declare function writeMultiples(kernel: Kernel, degree: Degree, table: number, scalars: Uint8Array, to: number, room: number): void;
