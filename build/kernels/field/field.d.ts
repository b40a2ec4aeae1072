/**
 * Arithmetic modulo a prime, written into WebAssembly functions. A value stands for `lanes` elements at once, and every operation
 * works on all of them. Elements are in Montgomery form with R = `radix`; each takes 40 bytes of memory.
 *
 * **Sizes.** *Products* and *reduced* values may be added and subtracted a few times without care. A factor of a product is a product,
 * a reduced value, or a sum or difference of two of these; two sums or differences must not be multiplied by each other, nor one of them
 * squared. `reduce` makes a reduced value of a sum of up to eight. Zero has one reduced form.
 */
import type { I32, I64, V128 } from '../wasm/expression.ts';
import type { FunctionBuilder } from '../wasm/function-builder.ts';
/** Bytes of one element in memory, whichever the arithmetic. */
export declare const ELEMENT_BYTES = 40;
/** Limbs of one or more elements, as the arithmetic lays them out. */
export type Value = readonly (V128 | I64)[];
/** All ones in each lane for which something holds. */
export type Mask = readonly (V128 | I64)[];
/** An element of the quadratic extension with i² = −1: its real and imaginary part. */
export type Complex = readonly [Value, Value];
export interface Field {
    readonly prime: bigint;
    readonly radix: bigint;
    readonly lanes: 1 | 4;
    /** From a group: `lanes` elements in memory that belong together, in an order of the arithmetic's own. */
    load(f: FunctionBuilder, group: I32, offset?: number): Value;
    store(f: FunctionBuilder, group: I32, value: Value, offset?: number): void;
    /** One element each from `lanes` places, `offset` bytes into each. */
    gather(f: FunctionBuilder, places: readonly I32[], offset: number): Value;
    scatter(f: FunctionBuilder, places: readonly I32[], value: Value, offset: number): void;
    /** Integers below 2^255 of 32 bytes, little-endian, as a factor of a product. */
    gatherIntegers(f: FunctionBuilder, places: readonly I32[]): Value;
    /** The integers from 0 to p − 1 that a product or reduced value stands for, without any Montgomery factor. */
    scatterIntegers(f: FunctionBuilder, places: readonly I32[], value: Value): void;
    /** One integer, 0 to p − 1, in all lanes. */
    constant(f: FunctionBuilder, integer: bigint): Value;
    /** x·y/R */
    multiply(f: FunctionBuilder, x: Value, y: Value): Value;
    /** x²/R */
    square(f: FunctionBuilder, x: Value): Value;
    /** Reduced components of (a + bi)·(c + di)/R with i² = −1. Of a + bi and c + di one may be a sum or difference. */
    multiplyComplex(f: FunctionBuilder, [a, b]: Complex, [c, d]: Complex): Complex;
    add(f: FunctionBuilder, x: Value, y: Value): Value;
    subtract(f: FunctionBuilder, x: Value, y: Value): Value;
    reduce(f: FunctionBuilder, x: Value): Value;
    /** Of a reduced value. */
    isZero(f: FunctionBuilder, x: Value): Mask;
    select(f: FunctionBuilder, yes: Value, no: Value, mask: Mask): Value;
    negateWhere(f: FunctionBuilder, x: Value, mask: Mask): Value;
    /** From a 0 or 1 for each lane. */
    mask(f: FunctionBuilder, bits: readonly I32[]): Mask;
    and(f: FunctionBuilder, a: Mask, b: Mask): Mask;
    or(f: FunctionBuilder, a: Mask, b: Mask): Mask;
    andNot(f: FunctionBuilder, a: Mask, b: Mask): Mask;
    /** Not zero if any lane is set. */
    any(mask: Mask): I32;
    /** An integer from 0 to p − 1 as it lies in memory. */
    encode(integer: bigint): Uint8Array<ArrayBuffer>;
    /** The integer from 0 to p − 1 that 40 bytes stand for. */
    decode(bytes: Uint8Array): bigint;
}
/** The one non-negative representative. */
export declare function modulo(value: bigint, prime: bigint): bigint;
/** −1/p modulo 2^bits, by Newton's iteration. */
export declare function negatedInverse(prime: bigint, bits: number): bigint;
/** By Fermat's little theorem; 0 for 0. */
export declare function inverseModulo(value: bigint, prime: bigint): bigint;
