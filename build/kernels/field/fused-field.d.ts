/**
 * Montgomery arithmetic modulo a 254-bit prime on four elements at once, in doubles: five limbs of 51 bits, each in two vectors of two
 * lanes, R = 2^255. Two vectors, because a product is one long chain of dependent steps: with another one beside it, written step by
 * step in turn, the processor has something to do while it waits.
 *
 * A product of two limbs has 102 bits, twice what a double holds. A fused multiply-add gives its halves exactly (N. Emmart,
 * F. Zheng, C. Weems, "Faster Modular Exponentiation Using Double Precision Floating Point Arithmetic on the GPU", ARITH 2018):
 *
 *   high = x·y + 1.5·2^103        rounds x·y to a multiple of 2^51, since doubles from 2^103 to 2^104 are spaced so
 *   low  = x·y + (2^103 + 2^52)·1.5 − high    is what was rounded off, exactly, from −2^50 to 2^50
 *
 * Read as 64-bit integers, the bits of `high` are those of 1.5·2^103 plus the multiple, and the bits of `low` those of 1.5·2^52
 * plus the rest: columns of the product are added up as integers, and what the constants' bits add is taken off beforehand.
 *
 * **Invariants.** Limbs are signed. Whoever multiplies brings |x_i·y_j| < 2^102, so that x_i·y_j + 1.5·2^103 stays below 2^104, where the
 * spacing doubles; who squares, |limb| < 2^50.5, since it doubles one factor. Products and reduced values have |limb| ≤ 2^50, so sum
 * and difference of two of them may be multiplied by one of them, and not by each other. With |x| ≤ a·p and |y| ≤ b·p a product is below
 * (0.38·a·b + 0.51)·p, because p / 2^255 < 0.38: values never grow, and no product needs a last subtraction.
 * A column adds up at most 30 halves, of at most 2^51 each, and a carry: below 2^56, while the offset keeps it above zero.
 */
import { type I32 } from '../wasm/expression.ts';
import type { FunctionBuilder } from '../wasm/function-builder.ts';
import { type Complex, type Field, type Mask, type Value } from './field.ts';
export declare class FusedField implements Field {
    #private;
    readonly radix: bigint;
    readonly lanes = 4;
    readonly prime: bigint;
    constructor(prime: bigint);
    load(f: FunctionBuilder, group: I32, offset?: number): Value;
    store(f: FunctionBuilder, group: I32, value: Value, offset?: number): void;
    gather(f: FunctionBuilder, places: readonly I32[], offset: number): Value;
    scatter(f: FunctionBuilder, places: readonly I32[], value: Value, offset: number): void;
    /** Four 64-bit words become five limbs of 51 bits each. */
    gatherIntegers(f: FunctionBuilder, places: readonly I32[]): Value;
    scatterIntegers(f: FunctionBuilder, places: readonly I32[], value: Value): void;
    constant(f: FunctionBuilder, integer: bigint): Value;
    multiply(f: FunctionBuilder, x: Value, y: Value): Value;
    /** ac + (−b)d and ad + bc, each taken out of R once: three quarters of the work of four products, and no sums to be reduced first. */
    multiplyComplex(f: FunctionBuilder, [a, b]: Complex, [c, d]: Complex): Complex;
    square(f: FunctionBuilder, x: Value): Value;
    add(f: FunctionBuilder, x: Value, y: Value): Value;
    subtract(f: FunctionBuilder, x: Value, y: Value): Value;
    /** |value| ≤ 0.51·p and |limb| ≤ 2^50, from |limb| ≤ 2^53. */
    reduce(f: FunctionBuilder, x: Value): Value;
    isZero(f: FunctionBuilder, x: Value): Mask;
    select(f: FunctionBuilder, yes: Value, no: Value, mask: Mask): Value;
    negateWhere(f: FunctionBuilder, x: Value, mask: Mask): Value;
    mask(f: FunctionBuilder, bits: readonly I32[]): Mask;
    and(f: FunctionBuilder, a: Mask, b: Mask): Mask;
    or(f: FunctionBuilder, a: Mask, b: Mask): Mask;
    andNot(f: FunctionBuilder, a: Mask, b: Mask): Mask;
    any(mask: Mask): I32;
    encode(integer: bigint): Uint8Array<ArrayBuffer>;
    decode(bytes: Uint8Array): bigint;
}
/** An element as five limbs: the lowest four from −2^50 to 2^50, the top one with the rest. */
export declare function balancedLimbs(value: bigint, prime: bigint): number[];
