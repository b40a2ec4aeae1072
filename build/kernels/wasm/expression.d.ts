/**
 * WebAssembly expressions as values: each knows its type and the bytes that leave it on the stack.
 * Opcodes are those of the WebAssembly core specification 2.0 and of the relaxed-SIMD proposal.
 */
import type { Code } from './code.ts';
export type ValueType = 'i32' | 'i64' | 'f64' | 'v128';
export interface Expression<Type extends ValueType> {
    readonly type: Type;
    readonly code: Code;
}
export type I32 = Expression<'i32'>;
export type I64 = Expression<'i64'>;
export type F64 = Expression<'f64'>;
export type V128 = Expression<'v128'>;
export declare const i32: {
    of: (value: number) => I32;
    load: (address: I32, offset?: number) => I32;
    loadSigned16: (address: I32, offset?: number) => I32;
    loadByte: (address: I32, offset?: number) => I32;
    add: (left: Expression<"i32">, right: Expression<"i32">) => Expression<"i32">;
    sub: (left: Expression<"i32">, right: Expression<"i32">) => Expression<"i32">;
    mul: (left: Expression<"i32">, right: Expression<"i32">) => Expression<"i32">;
    and: (left: Expression<"i32">, right: Expression<"i32">) => Expression<"i32">;
    or: (left: Expression<"i32">, right: Expression<"i32">) => Expression<"i32">;
    shl: (left: Expression<"i32">, right: Expression<"i32">) => Expression<"i32">;
    shrUnsigned: (left: Expression<"i32">, right: Expression<"i32">) => Expression<"i32">;
    equal: (left: Expression<"i32">, right: Expression<"i32">) => Expression<"i32">;
    notEqual: (left: Expression<"i32">, right: Expression<"i32">) => Expression<"i32">;
    lessUnsigned: (left: Expression<"i32">, right: Expression<"i32">) => Expression<"i32">;
    isZero: (value: I32) => I32;
    wrap: (value: I64) => I32;
};
export declare const i64: {
    of: (value: bigint) => I64;
    load: (address: I32, offset?: number) => I64;
    load32Signed: (address: I32, offset?: number) => I64;
    add: (left: Expression<"i64">, right: Expression<"i64">) => Expression<"i64">;
    sub: (left: Expression<"i64">, right: Expression<"i64">) => Expression<"i64">;
    mul: (left: Expression<"i64">, right: Expression<"i64">) => Expression<"i64">;
    and: (left: Expression<"i64">, right: Expression<"i64">) => Expression<"i64">;
    or: (left: Expression<"i64">, right: Expression<"i64">) => Expression<"i64">;
    xor: (left: Expression<"i64">, right: Expression<"i64">) => Expression<"i64">;
    shl: (left: Expression<"i64">, right: Expression<"i64">) => Expression<"i64">;
    shrSigned: (left: Expression<"i64">, right: Expression<"i64">) => Expression<"i64">;
    shrUnsigned: (left: Expression<"i64">, right: Expression<"i64">) => Expression<"i64">;
    isZero: (value: I64) => I32;
    extendUnsigned: (value: I32) => I64;
    extendSigned: (value: I32) => I64;
};
export declare const v128: {
    load: (address: I32, offset?: number) => V128;
    /** Eight bytes into the low lane, zero in the high one. */
    loadLow: (address: I32, offset?: number) => V128;
    /** Eight bytes into the high lane of a vector. */
    loadHigh: (address: I32, vector: V128, offset?: number) => V128;
    and: (left: Expression<"v128">, right: Expression<"v128">) => Expression<"v128">;
    or: (left: Expression<"v128">, right: Expression<"v128">) => Expression<"v128">;
    xor: (left: Expression<"v128">, right: Expression<"v128">) => Expression<"v128">;
    /** Whether any bit is set. */
    any: (vector: V128) => I32;
    andNot: (left: Expression<"v128">, right: Expression<"v128">) => Expression<"v128">;
    select: (yes: V128, no: V128, mask: V128) => V128;
};
export declare const i64x2: {
    of: (value: bigint) => V128;
    splat: (value: I64) => V128;
    replaceHigh: (vector: V128, value: I64) => V128;
    low: (vector: V128) => I64;
    high: (vector: V128) => I64;
    add: (left: Expression<"v128">, right: Expression<"v128">) => Expression<"v128">;
    sub: (left: Expression<"v128">, right: Expression<"v128">) => Expression<"v128">;
    shl: (vector: V128, bits: number) => V128;
    shrSigned: (vector: V128, bits: number) => V128;
    shrUnsigned: (vector: V128, bits: number) => V128;
    /** Lanes of a vector of four, by number: 0 and 1 of the left one, 2 and 3 of the right one. */
    shuffle: (left: V128, right: V128, low: number, high: number) => V128;
};
export declare const f64x2: {
    of: (value: number) => V128;
    add: (left: Expression<"v128">, right: Expression<"v128">) => Expression<"v128">;
    sub: (left: Expression<"v128">, right: Expression<"v128">) => Expression<"v128">;
    mul: (left: Expression<"v128">, right: Expression<"v128">) => Expression<"v128">;
    /** All ones in each lane that is equal. */
    equal: (left: Expression<"v128">, right: Expression<"v128">) => Expression<"v128">;
    negate: (vector: V128) => V128;
    /** a · b + c, rounded once where the machine fuses and twice where it does not: whoever uses it tests which. */
    relaxedMultiplyAdd: (a: V128, b: V128, c: V128) => V128;
    /** c − a · b, likewise. */
    relaxedNegatedMultiplyAdd: (a: V128, b: V128, c: V128) => V128;
};
/** The bits of a double as a 64-bit integer. */
export declare const doubleBits: (value: number) => bigint;
