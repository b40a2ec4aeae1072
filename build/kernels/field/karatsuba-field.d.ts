/**
 * Montgomery arithmetic modulo a 254-bit prime in 64-bit integers, for engines without fused multiply-add: nine limbs of 29 bits,
 * one element at a time, R = 2^261.
 *
 * A product is three products of parts of five and four limbs (A. Karatsuba, Y. Ofman, "Multiplication of Multidigit Numbers on
 * Automata", 1963), 66 multiplications instead of 81; 90 more take it out of R (P. L. Montgomery, "Modular multiplication without trial
 * division", Math. Comp. 44, 1985), the lowest limb first.
 *
 * **Invariants.** Limbs are signed. Of products and reduced values the low eight are from 0 to 2^29 − 1, and the top one keeps the sign.
 * Factors have |x_i| ≤ 2^30 and |y_j| ≤ 2^29, so a column of x·y + q·p is below 9·2^59 + 9·2^58 + 2^34 < 2^63. The middle part of
 * Karatsuba may overflow on the way: 64-bit integers are exact modulo 2^64, and what is left in the end fits.
 * p / 2^261 < 0.006, so a product of factors below 4·p lies between −0.1·p and 1.1·p.
 */
import { type I32 } from '../wasm/expression.ts';
import type { FunctionBuilder } from '../wasm/function-builder.ts';
import { type Complex, type Field, type Mask, type Value } from './field.ts';
export declare class KaratsubaField implements Field {
    #private;
    readonly radix: bigint;
    readonly lanes = 1;
    readonly prime: bigint;
    constructor(prime: bigint);
    load(f: FunctionBuilder, group: I32, offset?: number): Value;
    store(f: FunctionBuilder, group: I32, value: Value, offset?: number): void;
    gather(f: FunctionBuilder, [place]: readonly I32[], offset: number): Value;
    scatter(f: FunctionBuilder, [place]: readonly I32[], value: Value, offset: number): void;
    gatherIntegers(f: FunctionBuilder, [place]: readonly I32[]): Value;
    scatterIntegers(f: FunctionBuilder, [place]: readonly I32[], value: Value): void;
    constant(f: FunctionBuilder, integer: bigint): Value;
    multiply(f: FunctionBuilder, x: Value, y: Value): Value;
    square(f: FunctionBuilder, x: Value): Value;
    /** ac − bd and (a + b)(c + d) − ac − bd: Karatsuba's way once more. */
    multiplyComplex(f: FunctionBuilder, [a, b]: Complex, [c, d]: Complex): Complex;
    add(f: FunctionBuilder, x: Value, y: Value): Value;
    subtract(f: FunctionBuilder, x: Value, y: Value): Value;
    /** How often p goes into it is told by the top limb alone: the others, below 2^33, are less than 2^−16 of p together. */
    reduce(f: FunctionBuilder, x: Value): Value;
    isZero(f: FunctionBuilder, x: Value): Mask;
    select(f: FunctionBuilder, yes: Value, no: Value, [mask]: Mask): Value;
    negateWhere(f: FunctionBuilder, x: Value, [mask]: Mask): Value;
    mask(f: FunctionBuilder, [bit]: readonly I32[]): Mask;
    and(f: FunctionBuilder, [a]: Mask, [b]: Mask): Mask;
    or(f: FunctionBuilder, [a]: Mask, [b]: Mask): Mask;
    andNot(f: FunctionBuilder, [a]: Mask, [b]: Mask): Mask;
    any([mask]: Mask): I32;
    encode(integer: bigint): Uint8Array<ArrayBuffer>;
    decode(bytes: Uint8Array): bigint;
}
