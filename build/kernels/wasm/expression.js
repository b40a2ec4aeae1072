import { signedLeb, unsignedLeb } from "./leb128.js";
const expression = (type, ...code) => ({ type, code });
const binary = (out, ...opcode) => (left, right) => expression(out, left.code, right.code, ...opcode);
/** Opcodes of the vector instructions follow a prefix, as LEB128. */
const simd = (opcode) => [0xfd, ...unsignedLeb(opcode)];
const littleEndian = (value) => Array.from({ length: 8 }, (_, i) => Number((value >> BigInt(8 * i)) & 255n));
const bitsOf = (value) => {
    const view = new DataView(new ArrayBuffer(8));
    view.setFloat64(0, value);
    return view.getBigUint64(0);
};
/** Accesses name their alignment, as a power of two, and a constant offset from the address. */
const at = (alignment, offset) => [alignment, ...unsignedLeb(offset)];
export const i32 = {
    of: (value) => expression('i32', 0x41, signedLeb(BigInt(value))),
    load: (address, offset = 0) => expression('i32', address.code, 0x28, at(2, offset)),
    loadSigned16: (address, offset = 0) => expression('i32', address.code, 0x2e, at(1, offset)),
    loadByte: (address, offset = 0) => expression('i32', address.code, 0x2d, at(0, offset)),
    add: binary('i32', 0x6a),
    sub: binary('i32', 0x6b),
    mul: binary('i32', 0x6c),
    and: binary('i32', 0x71),
    or: binary('i32', 0x72),
    shl: binary('i32', 0x74),
    shrUnsigned: binary('i32', 0x76),
    equal: binary('i32', 0x46),
    notEqual: binary('i32', 0x47),
    lessUnsigned: binary('i32', 0x49),
    isZero: (value) => expression('i32', value.code, 0x45),
    wrap: (value) => expression('i32', value.code, 0xa7),
};
export const i64 = {
    of: (value) => expression('i64', 0x42, signedLeb(BigInt.asIntN(64, value))),
    load: (address, offset = 0) => expression('i64', address.code, 0x29, at(3, offset)),
    load32Signed: (address, offset = 0) => expression('i64', address.code, 0x34, at(2, offset)),
    add: binary('i64', 0x7c),
    sub: binary('i64', 0x7d),
    mul: binary('i64', 0x7e),
    and: binary('i64', 0x83),
    or: binary('i64', 0x84),
    xor: binary('i64', 0x85),
    shl: binary('i64', 0x86),
    shrSigned: binary('i64', 0x87),
    shrUnsigned: binary('i64', 0x88),
    isZero: (value) => expression('i32', value.code, 0x50),
    extendUnsigned: (value) => expression('i64', value.code, 0xad),
    extendSigned: (value) => expression('i64', value.code, 0xac),
};
export const v128 = {
    load: (address, offset = 0) => expression('v128', address.code, simd(0), at(4, offset)),
    /** Eight bytes into the low lane, zero in the high one. */
    loadLow: (address, offset = 0) => expression('v128', address.code, simd(93), at(3, offset)),
    /** Eight bytes into the high lane of a vector. */
    loadHigh: (address, vector, offset = 0) => expression('v128', address.code, vector.code, simd(87), at(3, offset), 1),
    and: binary('v128', ...simd(78)),
    or: binary('v128', ...simd(80)),
    xor: binary('v128', ...simd(81)),
    /** Whether any bit is set. */
    any: (vector) => expression('i32', vector.code, simd(83)),
    andNot: binary('v128', ...simd(79)),
    select: (yes, no, mask) => expression('v128', yes.code, no.code, mask.code, simd(82)),
};
export const i64x2 = {
    of: (value) => {
        const lane = littleEndian(BigInt.asUintN(64, value));
        return expression('v128', simd(12), lane, lane);
    },
    splat: (value) => expression('v128', value.code, simd(18)),
    replaceHigh: (vector, value) => expression('v128', vector.code, value.code, simd(30), 1),
    low: (vector) => expression('i64', vector.code, simd(29), 0),
    high: (vector) => expression('i64', vector.code, simd(29), 1),
    add: binary('v128', ...simd(206)),
    sub: binary('v128', ...simd(209)),
    shl: (vector, bits) => expression('v128', vector.code, i32.of(bits).code, simd(203)),
    shrSigned: (vector, bits) => expression('v128', vector.code, i32.of(bits).code, simd(204)),
    shrUnsigned: (vector, bits) => expression('v128', vector.code, i32.of(bits).code, simd(205)),
    /** Lanes of a vector of four, by number: 0 and 1 of the left one, 2 and 3 of the right one. */
    shuffle: (left, right, low, high) => {
        const lanes = [low, high].flatMap((lane) => Array.from({ length: 8 }, (_, i) => 8 * lane + i));
        return expression('v128', left.code, right.code, simd(13), lanes);
    },
};
export const f64x2 = {
    of: (value) => i64x2.of(bitsOf(value)),
    add: binary('v128', ...simd(240)),
    sub: binary('v128', ...simd(241)),
    mul: binary('v128', ...simd(242)),
    /** All ones in each lane that is equal. */
    equal: binary('v128', ...simd(71)),
    negate: (vector) => expression('v128', vector.code, simd(237)),
    /** a · b + c, rounded once where the machine fuses and twice where it does not: whoever uses it tests which. */
    relaxedMultiplyAdd: (a, b, c) => expression('v128', a.code, b.code, c.code, simd(0x107)),
    /** c − a · b, likewise. */
    relaxedNegatedMultiplyAdd: (a, b, c) => expression('v128', a.code, b.code, c.code, simd(0x108)),
};
/** The bits of a double as a 64-bit integer. */
export const doubleBits = bitsOf;
