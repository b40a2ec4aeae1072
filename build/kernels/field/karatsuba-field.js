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
import { i32, i64 } from "../wasm/expression.js";
import { ELEMENT_BYTES, modulo, negatedInverse } from "./field.js";
const LIMBS = 9;
const BITS = 29;
const LIMB_MASK = (1n << BigInt(BITS)) - 1n;
/** Limbs of the lower part of a factor. */
const LOWER = 5;
/** Bits of the fraction in which the top limb is measured against p. */
const FRACTION = 40;
export class KaratsubaField {
    radix = 1n << BigInt(BITS * LIMBS);
    lanes = 1;
    prime;
    #limbs;
    #inverse;
    constructor(prime) {
        this.prime = prime;
        this.#limbs = limbsOf(prime);
        this.#inverse = negatedInverse(prime, BITS);
    }
    load(f, group, offset = 0) {
        return Array.from({ length: LIMBS }, (_, i) => f.let(i64.load32Signed(group, offset + 4 * i)));
    }
    store(f, group, value, offset = 0) {
        value.forEach((limb, i) => f.store(group, i32.wrap(limb), offset + 4 * i));
    }
    gather(f, [place], offset) {
        return this.load(f, place, offset);
    }
    scatter(f, [place], value, offset) {
        this.store(f, place, value, offset);
        // Nine limbs leave four bytes over: zero, so that zero is nothing but zeros.
        f.store(place, i32.of(0), offset + 4 * LIMBS);
    }
    gatherIntegers(f, [place]) {
        const words = [0, 8, 16, 24].map((offset) => f.let(i64.load(place, offset)));
        return Array.from({ length: LIMBS }, (_, i) => {
            const [word, shift] = [Math.floor((BITS * i) / 64), (BITS * i) % 64];
            const low = i64.shrUnsigned(words[word], i64.of(BigInt(shift)));
            const across = shift + BITS > 64 && word < 3 ? i64.or(low, i64.shl(words[word + 1], i64.of(BigInt(64 - shift)))) : low;
            return f.let(i64.and(across, i64.of(LIMB_MASK)));
        });
    }
    scatterIntegers(f, [place], value) {
        const limbs = this.reduce(f, value);
        const negative = f.let(i64.shrSigned(limbs[LIMBS - 1], i64.of(63n)));
        limbs.forEach((limb, i) => f.set(limb, i64.add(limb, i64.and(negative, i64.of(this.#limbs[i])))));
        carry(f, limbs);
        for (let word = 0; word < 4; word++) {
            const parts = limbs.flatMap((limb, i) => {
                const shift = BITS * i - 64 * word;
                if (shift <= -BITS || shift >= 64)
                    return [];
                return [shift < 0 ? i64.shrUnsigned(limb, i64.of(BigInt(-shift))) : i64.shl(limb, i64.of(BigInt(shift)))];
            });
            f.store(place, parts.reduce((all, part) => i64.or(all, part)), 8 * word);
        }
    }
    constant(f, integer) {
        return limbsOf(integer).map((limb) => f.let(i64.of(limb)));
    }
    multiply(f, x, y) {
        return this.#montgomery(f, karatsuba(f, x, y));
    }
    square(f, x) {
        const limbs = x;
        const doubled = limbs.map((limb) => f.let(i64.add(limb, limb)));
        const columns = Array.from({ length: 2 * LIMBS - 1 }, (_, k) => limbs
            .flatMap((limb, i) => (2 * i > k || k - i >= LIMBS ? [] : [i64.mul(limb, 2 * i === k ? limb : doubled[k - i])]))
            .reduce((sum, term) => i64.add(sum, term)));
        return this.#montgomery(f, columns.map((column) => f.let(column)));
    }
    /** ac − bd and (a + b)(c + d) − ac − bd: Karatsuba's way once more. */
    multiplyComplex(f, [a, b], [c, d]) {
        const [ac, bd] = [this.multiply(f, a, c), this.multiply(f, b, d)];
        const both = this.multiply(f, this.reduce(f, this.add(f, a, b)), this.reduce(f, this.add(f, c, d)));
        return [this.reduce(f, this.subtract(f, ac, bd)), this.reduce(f, this.subtract(f, this.subtract(f, both, ac), bd))];
    }
    /** Clears the nine low columns; what is left above is the product. */
    #montgomery(f, columns) {
        const [lowest, ...others] = this.#limbs.map((limb) => i64.of(limb));
        for (let i = 0; i < LIMBS; i++) {
            const q = f.let(i64.and(i64.mul(columns[i], i64.of(this.#inverse)), i64.of(LIMB_MASK)));
            const carried = f.let(i64.shrSigned(i64.add(columns[i], i64.mul(q, lowest)), i64.of(BigInt(BITS))));
            others.forEach((limb, j) => {
                const column = columns[i + 1 + j];
                f.set(column, i64.add(j === 0 ? i64.add(column, carried) : column, i64.mul(q, limb)));
            });
        }
        const limbs = [...columns.slice(LIMBS), f.let(i64.of(0n))];
        carry(f, limbs);
        return limbs;
    }
    add(f, x, y) {
        return x.map((limb, i) => f.let(i64.add(limb, y[i])));
    }
    subtract(f, x, y) {
        return x.map((limb, i) => f.let(i64.sub(limb, y[i])));
    }
    /** How often p goes into it is told by the top limb alone: the others, below 2^33, are less than 2^−16 of p together. */
    reduce(f, x) {
        const limbs = x;
        const share = (1n << BigInt(FRACTION + BITS * (LIMBS - 1))) / this.prime;
        const scaled = i64.add(i64.mul(limbs[LIMBS - 1], i64.of(share)), i64.of(1n << BigInt(FRACTION - 1)));
        const times = f.let(i64.shrSigned(scaled, i64.of(BigInt(FRACTION))));
        const rests = limbs.map((limb, i) => f.let(i64.sub(limb, i64.mul(times, i64.of(this.#limbs[i])))));
        carry(f, rests);
        return rests;
    }
    isZero(f, x) {
        const any = x.reduce((all, limb) => i64.or(all, limb));
        return [f.let(i64.sub(i64.of(0n), i64.extendUnsigned(i64.isZero(any))))];
    }
    select(f, yes, no, [mask]) {
        return yes.map((limb, i) => f.let(i64.xor(no[i], i64.and(i64.xor(limb, no[i]), mask))));
    }
    negateWhere(f, x, [mask]) {
        return x.map((limb) => f.let(i64.sub(i64.xor(limb, mask), mask)));
    }
    mask(f, [bit]) {
        return [f.let(i64.sub(i64.of(0n), i64.extendUnsigned(bit)))];
    }
    and(f, [a], [b]) {
        return [f.let(i64.and(a, b))];
    }
    or(f, [a], [b]) {
        return [f.let(i64.or(a, b))];
    }
    andNot(f, [a], [b]) {
        return [f.let(i64.and(a, i64.xor(b, i64.of(-1n))))];
    }
    any([mask]) {
        return i32.wrap(mask);
    }
    encode(integer) {
        const bytes = new Uint8Array(ELEMENT_BYTES);
        new Int32Array(bytes.buffer).set(limbsOf(integer).map(Number));
        return bytes;
    }
    decode(bytes) {
        const limbs = new Int32Array(bytes.slice().buffer).subarray(0, LIMBS);
        return modulo(limbs.reduceRight((value, limb) => (value << BigInt(BITS)) + BigInt(limb), 0n), this.prime);
    }
}
function limbsOf(value) {
    return Array.from({ length: LIMBS }, (_, i) => (value >> BigInt(BITS * i)) & LIMB_MASK);
}
/** The seventeen columns of a product. */
function karatsuba(f, x, y) {
    const parts = (limbs) => [limbs.slice(0, LOWER), limbs.slice(LOWER)];
    const [[xLow, xHigh], [yLow, yHigh]] = [parts(x), parts(y)];
    const sum = (low, high) => low.map((limb, i) => (i < high.length ? f.let(i64.add(limb, high[i])) : limb));
    const [low, high, both] = [product(f, xLow, yLow), product(f, xHigh, yHigh), product(f, sum(xLow, xHigh), sum(yLow, yHigh))];
    const middle = both.map((column, k) => {
        const rest = i64.sub(column, low[k]);
        return f.let(high[k] ? i64.sub(rest, high[k]) : rest);
    });
    return Array.from({ length: 2 * LIMBS - 1 }, (_, k) => {
        const terms = [low[k], middle[k - LOWER], high[k - 2 * LOWER]].filter((term) => term !== undefined);
        return f.let(terms.reduce((total, term) => i64.add(total, term), i64.of(0n)));
    });
}
/** Columns of a product, by the school's method. */
function product(f, x, y) {
    return Array.from({ length: x.length + y.length - 1 }, (_, k) => f.let(x.flatMap((limb, i) => (y[k - i] === undefined ? [] : [i64.mul(limb, y[k - i])])).reduce((sum, term) => i64.add(sum, term))));
}
/** Limbs from 0 to 2^29 − 1, but for the top one, which keeps the sign. */
function carry(f, limbs) {
    limbs.slice(0, -1).forEach((limb, i) => {
        const above = limbs[i + 1];
        f.set(above, i64.add(above, i64.shrSigned(limb, i64.of(BigInt(BITS)))));
        f.set(limb, i64.and(limb, i64.of(LIMB_MASK)));
    });
}
