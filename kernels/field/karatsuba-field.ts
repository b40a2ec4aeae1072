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
import { i32, i64, type I32, type I64 } from '../wasm/expression.ts';
import type { FunctionBuilder, Local } from '../wasm/function-builder.ts';
import { ELEMENT_BYTES, modulo, negatedInverse, type Field, type Mask, type Value } from './field.ts';

const LIMBS = 9;
const BITS = 29;
const LIMB_MASK = (1n << BigInt(BITS)) - 1n;
/** Limbs of the lower part of a factor. */
const LOWER = 5;
/** Bits of the fraction in which the top limb is measured against p. */
const FRACTION = 40;

type Limbs = readonly I64[];

export class KaratsubaField implements Field {
  readonly radix = 1n << BigInt(BITS * LIMBS);
  readonly lanes = 1;
  readonly prime: bigint;
  readonly #limbs: readonly bigint[];
  readonly #inverse: bigint;

  constructor(prime: bigint) {
    this.prime = prime;
    this.#limbs = limbsOf(prime);
    this.#inverse = negatedInverse(prime, BITS);
  }

  load(f: FunctionBuilder, group: I32, offset = 0): Value {
    return Array.from({ length: LIMBS }, (_, i) => f.let(i64.load32Signed(group, offset + 4 * i)));
  }

  store(f: FunctionBuilder, group: I32, value: Value, offset = 0): void {
    (value as Limbs).forEach((limb, i) => f.store(group, i32.wrap(limb), offset + 4 * i));
  }

  gather(f: FunctionBuilder, [place]: readonly I32[], offset: number): Value {
    return this.load(f, place, offset);
  }

  scatter(f: FunctionBuilder, [place]: readonly I32[], value: Value, offset: number): void {
    this.store(f, place, value, offset);
    // Nine limbs leave four bytes over: zero, so that zero is nothing but zeros.
    f.store(place, i32.of(0), offset + 4 * LIMBS);
  }

  gatherIntegers(f: FunctionBuilder, [place]: readonly I32[]): Value {
    const words = [0, 8, 16, 24].map((offset) => f.let(i64.load(place, offset)));
    return Array.from({ length: LIMBS }, (_, i) => {
      const [word, shift] = [Math.floor((BITS * i) / 64), (BITS * i) % 64];
      const low = i64.shrUnsigned(words[word], i64.of(BigInt(shift)));
      const across = shift + BITS > 64 && word < 3 ? i64.or(low, i64.shl(words[word + 1], i64.of(BigInt(64 - shift)))) : low;
      return f.let(i64.and(across, i64.of(LIMB_MASK)));
    });
  }

  scatterIntegers(f: FunctionBuilder, [place]: readonly I32[], value: Value): void {
    const limbs = this.reduce(f, value) as readonly Local<'i64'>[];
    const negative = f.let(i64.shrSigned(limbs[LIMBS - 1], i64.of(63n)));
    limbs.forEach((limb, i) => f.set(limb, i64.add(limb, i64.and(negative, i64.of(this.#limbs[i])))));
    carry(f, limbs);
    for (let word = 0; word < 4; word++) {
      const parts = limbs.flatMap((limb, i) => {
        const shift = BITS * i - 64 * word;
        if (shift <= -BITS || shift >= 64) return [];
        return [shift < 0 ? i64.shrUnsigned(limb, i64.of(BigInt(-shift))) : i64.shl(limb, i64.of(BigInt(shift)))];
      });
      f.store(
        place,
        parts.reduce((all, part) => i64.or(all, part)),
        8 * word,
      );
    }
  }

  constant(f: FunctionBuilder, integer: bigint): Value {
    return limbsOf(integer).map((limb) => f.let(i64.of(limb)));
  }

  multiply(f: FunctionBuilder, x: Value, y: Value): Value {
    return this.#montgomery(f, karatsuba(f, x as Limbs, y as Limbs));
  }

  square(f: FunctionBuilder, x: Value): Value {
    const limbs = x as Limbs;
    const doubled = limbs.map((limb) => f.let(i64.add(limb, limb)));
    const columns = Array.from({ length: 2 * LIMBS - 1 }, (_, k) =>
      limbs
        .flatMap((limb, i) => (2 * i > k || k - i >= LIMBS ? [] : [i64.mul(limb, 2 * i === k ? limb : doubled[k - i])]))
        .reduce((sum, term) => i64.add(sum, term)),
    );
    return this.#montgomery(
      f,
      columns.map((column) => f.let(column)),
    );
  }

  /** ac − bd and (a + b)(c + d) − ac − bd: Karatsuba's way once more. */
  multiplyComplex(f: FunctionBuilder, product: I32, x: I32, y: I32): void {
    const [a, b] = [this.load(f, x), this.load(f, x, ELEMENT_BYTES)];
    const [c, d] = [this.load(f, y), this.load(f, y, ELEMENT_BYTES)];
    const [ac, bd] = [this.multiply(f, a, c), this.multiply(f, b, d)];
    const both = this.multiply(f, this.reduce(f, this.add(f, a, b)), this.reduce(f, this.add(f, c, d)));
    this.store(f, product, this.reduce(f, this.subtract(f, ac, bd)));
    this.store(f, product, this.reduce(f, this.subtract(f, this.subtract(f, both, ac), bd)), ELEMENT_BYTES);
  }

  /** Clears the nine low columns; what is left above is the product. */
  #montgomery(f: FunctionBuilder, columns: readonly Local<'i64'>[]): Value {
    const [lowest, ...others] = this.#limbs.map((limb) => i64.of(limb)) as [I64, ...I64[]];
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

  add(f: FunctionBuilder, x: Value, y: Value): Value {
    return (x as Limbs).map((limb, i) => f.let(i64.add(limb, y[i] as I64)));
  }

  subtract(f: FunctionBuilder, x: Value, y: Value): Value {
    return (x as Limbs).map((limb, i) => f.let(i64.sub(limb, y[i] as I64)));
  }

  /** How often p goes into it is told by the top limb alone: the others, below 2^33, are less than 2^−16 of p together. */
  reduce(f: FunctionBuilder, x: Value): Value {
    const limbs = x as Limbs;
    const share = (1n << BigInt(FRACTION + BITS * (LIMBS - 1))) / this.prime;
    const scaled = i64.add(i64.mul(limbs[LIMBS - 1], i64.of(share)), i64.of(1n << BigInt(FRACTION - 1)));
    const times = f.let(i64.shrSigned(scaled, i64.of(BigInt(FRACTION))));
    const rests = limbs.map((limb, i) => f.let(i64.sub(limb, i64.mul(times, i64.of(this.#limbs[i])))));
    carry(f, rests);
    return rests;
  }

  isZero(f: FunctionBuilder, x: Value): Mask {
    const any = (x as Limbs).reduce((all, limb) => i64.or(all, limb));
    return [f.let(i64.sub(i64.of(0n), i64.extendUnsigned(i64.isZero(any))))];
  }

  select(f: FunctionBuilder, yes: Value, no: Value, [mask]: Mask): Value {
    return (yes as Limbs).map((limb, i) => f.let(i64.xor(no[i] as I64, i64.and(i64.xor(limb, no[i] as I64), mask as I64))));
  }

  negateWhere(f: FunctionBuilder, x: Value, [mask]: Mask): Value {
    return (x as Limbs).map((limb) => f.let(i64.sub(i64.xor(limb, mask as I64), mask as I64)));
  }

  mask(f: FunctionBuilder, [bit]: readonly I32[]): Mask {
    return [f.let(i64.sub(i64.of(0n), i64.extendUnsigned(bit)))];
  }

  and(f: FunctionBuilder, [a]: Mask, [b]: Mask): Mask {
    return [f.let(i64.and(a as I64, b as I64))];
  }

  or(f: FunctionBuilder, [a]: Mask, [b]: Mask): Mask {
    return [f.let(i64.or(a as I64, b as I64))];
  }

  andNot(f: FunctionBuilder, [a]: Mask, [b]: Mask): Mask {
    return [f.let(i64.and(a as I64, i64.xor(b as I64, i64.of(-1n))))];
  }

  any([mask]: Mask): I32 {
    return i32.wrap(mask as I64);
  }

  encode(integer: bigint): Uint8Array<ArrayBuffer> {
    const bytes = new Uint8Array(ELEMENT_BYTES);
    new Int32Array(bytes.buffer).set(limbsOf(integer).map(Number));
    return bytes;
  }

  decode(bytes: Uint8Array): bigint {
    const limbs = new Int32Array(bytes.slice().buffer).subarray(0, LIMBS);
    return modulo(
      limbs.reduceRight((value, limb) => (value << BigInt(BITS)) + BigInt(limb), 0n),
      this.prime,
    );
  }
}

function limbsOf(value: bigint): bigint[] {
  return Array.from({ length: LIMBS }, (_, i) => (value >> BigInt(BITS * i)) & LIMB_MASK);
}

/** The seventeen columns of a product. */
function karatsuba(f: FunctionBuilder, x: Limbs, y: Limbs): readonly Local<'i64'>[] {
  const parts = (limbs: Limbs) => [limbs.slice(0, LOWER), limbs.slice(LOWER)] as const;
  const [[xLow, xHigh], [yLow, yHigh]] = [parts(x), parts(y)];
  const sum = (low: Limbs, high: Limbs) => low.map((limb, i) => (i < high.length ? f.let(i64.add(limb, high[i])) : limb));
  const [low, high, both] = [product(f, xLow, yLow), product(f, xHigh, yHigh), product(f, sum(xLow, xHigh), sum(yLow, yHigh))];
  const middle = both.map((column, k) => {
    const rest = i64.sub(column, low[k]);
    return f.let(high[k] ? i64.sub(rest, high[k]) : rest);
  });
  return Array.from({ length: 2 * LIMBS - 1 }, (_, k) => {
    const terms = [low[k], middle[k - LOWER], high[k - 2 * LOWER]].filter((term) => term !== undefined);
    return f.let(terms.reduce<I64>((total, term) => i64.add(total, term), i64.of(0n)));
  });
}

/** Columns of a product, by the school's method. */
function product(f: FunctionBuilder, x: Limbs, y: Limbs): readonly Local<'i64'>[] {
  return Array.from({ length: x.length + y.length - 1 }, (_, k) =>
    f.let(x.flatMap((limb, i) => (y[k - i] === undefined ? [] : [i64.mul(limb, y[k - i])])).reduce((sum, term) => i64.add(sum, term))),
  );
}

/** Limbs from 0 to 2^29 − 1, but for the top one, which keeps the sign. */
function carry(f: FunctionBuilder, limbs: readonly Local<'i64'>[]): void {
  limbs.slice(0, -1).forEach((limb, i) => {
    const above = limbs[i + 1];
    f.set(above, i64.add(above, i64.shrSigned(limb, i64.of(BigInt(BITS)))));
    f.set(limb, i64.and(limb, i64.of(LIMB_MASK)));
  });
}
