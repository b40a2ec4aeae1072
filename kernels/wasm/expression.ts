/**
 * WebAssembly expressions as values: each knows its type and the bytes that leave it on the stack.
 * Opcodes are those of the WebAssembly core specification 2.0 and of the relaxed-SIMD proposal.
 */
import type { Code } from './code.ts';
import { signedLeb, unsignedLeb } from './leb128.ts';

export type ValueType = 'i32' | 'i64' | 'f64' | 'v128';

export interface Expression<Type extends ValueType> {
  readonly type: Type;
  readonly code: Code;
}

export type I32 = Expression<'i32'>;
export type I64 = Expression<'i64'>;
export type F64 = Expression<'f64'>;
export type V128 = Expression<'v128'>;

const expression = <Type extends ValueType>(type: Type, ...code: readonly Code[]): Expression<Type> => ({ type, code });

const binary =
  <In extends ValueType, Out extends ValueType>(out: Out, ...opcode: readonly number[]) =>
  (left: Expression<In>, right: Expression<In>): Expression<Out> =>
    expression(out, left.code, right.code, ...opcode);

/** Opcodes of the vector instructions follow a prefix, as LEB128. */
const simd = (opcode: number): readonly [number, ...number[]] => [0xfd, ...unsignedLeb(opcode)];

const littleEndian = (value: bigint): number[] => Array.from({ length: 8 }, (_, i) => Number((value >> BigInt(8 * i)) & 255n));

const bitsOf = (value: number): bigint => {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  return view.getBigUint64(0);
};

/** Accesses name their alignment, as a power of two, and a constant offset from the address. */
const at = (alignment: number, offset: number): readonly number[] => [alignment, ...unsignedLeb(offset)];

export const i32 = {
  of: (value: number): I32 => expression('i32', 0x41, signedLeb(BigInt(value))),
  load: (address: I32, offset = 0): I32 => expression('i32', address.code, 0x28, at(2, offset)),
  add: binary<'i32', 'i32'>('i32', 0x6a),
  sub: binary<'i32', 'i32'>('i32', 0x6b),
  mul: binary<'i32', 'i32'>('i32', 0x6c),
  and: binary<'i32', 'i32'>('i32', 0x71),
  or: binary<'i32', 'i32'>('i32', 0x72),
  shl: binary<'i32', 'i32'>('i32', 0x74),
  shrUnsigned: binary<'i32', 'i32'>('i32', 0x76),
  lessUnsigned: binary<'i32', 'i32'>('i32', 0x49),
  isZero: (value: I32): I32 => expression('i32', value.code, 0x45),
  wrap: (value: I64): I32 => expression('i32', value.code, 0xa7),
};

export const i64 = {
  of: (value: bigint): I64 => expression('i64', 0x42, signedLeb(BigInt.asIntN(64, value))),
  load: (address: I32, offset = 0): I64 => expression('i64', address.code, 0x29, at(3, offset)),
  load32Signed: (address: I32, offset = 0): I64 => expression('i64', address.code, 0x34, at(2, offset)),
  add: binary<'i64', 'i64'>('i64', 0x7c),
  sub: binary<'i64', 'i64'>('i64', 0x7d),
  mul: binary<'i64', 'i64'>('i64', 0x7e),
  and: binary<'i64', 'i64'>('i64', 0x83),
  or: binary<'i64', 'i64'>('i64', 0x84),
  xor: binary<'i64', 'i64'>('i64', 0x85),
  shl: binary<'i64', 'i64'>('i64', 0x86),
  shrSigned: binary<'i64', 'i64'>('i64', 0x87),
  shrUnsigned: binary<'i64', 'i64'>('i64', 0x88),
  isZero: (value: I64): I32 => expression('i32', value.code, 0x50),
  extendUnsigned: (value: I32): I64 => expression('i64', value.code, 0xad),
};

export const v128 = {
  load: (address: I32, offset = 0): V128 => expression('v128', address.code, simd(0), at(4, offset)),
  /** Eight bytes into the low lane, zero in the high one. */
  loadLow: (address: I32, offset = 0): V128 => expression('v128', address.code, simd(93), at(3, offset)),
  /** Eight bytes into the high lane of a vector. */
  loadHigh: (address: I32, vector: V128, offset = 0): V128 => expression('v128', address.code, vector.code, simd(87), at(3, offset), 1),
  /** Four bytes into one of four lanes of a vector. */
  loadLane32: (address: I32, vector: V128, lane: number, offset = 0): V128 =>
    expression('v128', address.code, vector.code, simd(86), at(2, offset), lane),
  and: binary<'v128', 'v128'>('v128', ...simd(78)),
  or: binary<'v128', 'v128'>('v128', ...simd(80)),
  xor: binary<'v128', 'v128'>('v128', ...simd(81)),
  /** Whether any bit is set. */
  any: (vector: V128): I32 => expression('i32', vector.code, simd(83)),
  andNot: binary<'v128', 'v128'>('v128', ...simd(79)),
  select: (yes: V128, no: V128, mask: V128): V128 => expression('v128', yes.code, no.code, mask.code, simd(82)),
};

export const i32x4 = {
  of: (value: number): V128 => {
    const lane = littleEndian(BigInt.asUintN(32, BigInt(value))).slice(0, 4);
    return expression('v128', simd(12), lane, lane, lane, lane);
  },
  splat: (value: I32): V128 => expression('v128', value.code, simd(17)),
  replaceLane: (vector: V128, lane: number, value: I32): V128 => expression('v128', vector.code, value.code, simd(28), lane),
  add: binary<'v128', 'v128'>('v128', ...simd(174)),
  sub: binary<'v128', 'v128'>('v128', ...simd(177)),
  mul: binary<'v128', 'v128'>('v128', ...simd(181)),
  equal: binary<'v128', 'v128'>('v128', ...simd(55)),
  shl: (vector: V128, bits: number): V128 => expression('v128', vector.code, i32.of(bits).code, simd(171)),
  shrSigned: (vector: V128, bits: number): V128 => expression('v128', vector.code, i32.of(bits).code, simd(172)),
  /** Four lanes by number: 0 to 3 of the left vector, 4 to 7 of the right one. */
  shuffle: (left: V128, right: V128, ...lanes: readonly [number, number, number, number]): V128 => {
    const bytes = lanes.flatMap((lane) => Array.from({ length: 4 }, (_, i) => 4 * lane + i));
    return expression('v128', left.code, right.code, simd(13), bytes);
  },
};

export const i64x2 = {
  /** Products of the two low lanes of four, or of the two high ones, as signed integers. */
  multiplyLow: binary<'v128', 'v128'>('v128', ...simd(220)),
  multiplyHigh: binary<'v128', 'v128'>('v128', ...simd(221)),
  /** The two low lanes of four, or the two high ones, as unsigned integers. */
  extendLowUnsigned: (vector: V128): V128 => expression('v128', vector.code, simd(201)),
  extendHighUnsigned: (vector: V128): V128 => expression('v128', vector.code, simd(202)),
  of: (value: bigint): V128 => {
    const lane = littleEndian(BigInt.asUintN(64, value));
    return expression('v128', simd(12), lane, lane);
  },
  splat: (value: I64): V128 => expression('v128', value.code, simd(18)),
  replaceHigh: (vector: V128, value: I64): V128 => expression('v128', vector.code, value.code, simd(30), 1),
  add: binary<'v128', 'v128'>('v128', ...simd(206)),
  sub: binary<'v128', 'v128'>('v128', ...simd(209)),
  shl: (vector: V128, bits: number): V128 => expression('v128', vector.code, i32.of(bits).code, simd(203)),
  shrSigned: (vector: V128, bits: number): V128 => expression('v128', vector.code, i32.of(bits).code, simd(204)),
  shrUnsigned: (vector: V128, bits: number): V128 => expression('v128', vector.code, i32.of(bits).code, simd(205)),
  /** Lanes of a vector of four, by number: 0 and 1 of the left one, 2 and 3 of the right one. */
  shuffle: (left: V128, right: V128, low: number, high: number): V128 => {
    const lanes = [low, high].flatMap((lane) => Array.from({ length: 8 }, (_, i) => 8 * lane + i));
    return expression('v128', left.code, right.code, simd(13), lanes);
  },
};

export const f64x2 = {
  of: (value: number): V128 => i64x2.of(bitsOf(value)),
  add: binary<'v128', 'v128'>('v128', ...simd(240)),
  sub: binary<'v128', 'v128'>('v128', ...simd(241)),
  mul: binary<'v128', 'v128'>('v128', ...simd(242)),
  /** All ones in each lane that is equal. */
  equal: binary<'v128', 'v128'>('v128', ...simd(71)),
  negate: (vector: V128): V128 => expression('v128', vector.code, simd(237)),
  /** a · b + c, rounded once where the machine fuses and twice where it does not: whoever uses it tests which. */
  relaxedMultiplyAdd: (a: V128, b: V128, c: V128): V128 => expression('v128', a.code, b.code, c.code, simd(0x107)),
  /** c − a · b, likewise. */
  relaxedNegatedMultiplyAdd: (a: V128, b: V128, c: V128): V128 => expression('v128', a.code, b.code, c.code, simd(0x108)),
};

/** The bits of a double as a 64-bit integer. */
export const doubleBits = bitsOf;
