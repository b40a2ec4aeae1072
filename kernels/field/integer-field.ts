/**
 * Montgomery arithmetic modulo a 254-bit prime on four elements at once, in integers, for engines without fused multiply-add: nine limbs
 * of 29 bits, each in a vector of four 32-bit lanes, R = 2^261. Two lanes at a time are multiplied, into columns of 64 bits.
 *
 * Each limb of one factor is multiplied by all of the other, and the column that this finishes is cleared at once by a multiple of p
 * (P. L. Montgomery, "Modular multiplication without trial division", Math. Comp. 44, 1985; Ç. K. Koç, T. Acar, B. S. Kaliski,
 * "Analyzing and comparing Montgomery multiplication algorithms", IEEE Micro 16, 1996, coarsely integrated operand scanning): so few
 * columns are under way that registers hold them. Ways with fewer multiplications need more of everything else: see decision 0010.
 *
 * **Invariants.** Limbs are signed. Of products and reduced values the low eight have −2^28 ≤ x_i ≤ 2^28, and the top one keeps the sign.
 * Factors have |x_i| ≤ 2^29 and |y_j| ≤ 2^28, so a column of two products and of q·p is at most 18·2^57 + 9·2^56 + 2^34 < 2^62: the offset
 * keeps it above zero, so that an unsigned shift is its carry, and below 2^63. Sums of seven fit 32 bits with half a limb added.
 * p / 2^261 < 0.006, so a product of factors below 8·p lies between −0.9·p and 0.9·p: values never grow.
 */
import { i32, i32x4, i64x2, v128, type I32, type V128 } from '../wasm/expression.ts';
import type { FunctionBuilder, Local } from '../wasm/function-builder.ts';
import { ELEMENT_BYTES, LANES, modulo, negatedInverse, type Field, type Mask, type Value } from './field.ts';

const LIMBS = 9;
const TOP = LIMBS - 1;
const BITS = 29;
const LIMB_MASK = (1n << BigInt(BITS)) - 1n;
const HALF = 1 << (BITS - 1);
/** A multiple of 2^29, which leaves low limbs alone. */
const OFFSET = 1n << 62n;
/** Bits of the top limb that are not looked at to tell how often p goes into a value, and bits of the fraction that tells it. */
const [IGNORED, FRACTION] = [12, 20] as const;

type Limbs = readonly V128[];
/** Products of the two low lanes, or of the two high ones. */
type Half = 'multiplyLow' | 'multiplyHigh';
/** Two limbs to be multiplied, and the column that their product is added to. */
type Term = readonly [V128, V128, number];

export class IntegerField implements Field {
  readonly radix = 1n << BigInt(BITS * LIMBS);
  readonly prime: bigint;
  readonly #limbs: readonly number[];
  readonly #inverse: number;

  constructor(prime: bigint) {
    this.prime = prime;
    this.#limbs = balancedLimbs(prime);
    this.#inverse = Number(negatedInverse(prime, BITS));
  }

  load(f: FunctionBuilder, group: I32, offset = 0): Value {
    return Array.from({ length: LIMBS }, (_, i) => f.let(v128.load(group, offset + 16 * i)));
  }

  store(f: FunctionBuilder, group: I32, value: Value, offset = 0): void {
    (value as Limbs).forEach((limb, i) => f.store(group, limb, offset + 16 * i));
  }

  gather(f: FunctionBuilder, places: readonly I32[], offset: number): Value {
    const rows = (at: number) => places.map((place) => f.let(v128.load(place, offset + at)));
    const top = places.reduce<V128>((limbs, place, lane) => v128.loadLane32(place, limbs, lane, offset + 4 * TOP), i32x4.of(0));
    return [...transposed(f, rows(0)), ...transposed(f, rows(16)), f.let(top)];
  }

  scatter(f: FunctionBuilder, places: readonly I32[], value: Value, offset: number): void {
    const limbs = value as Limbs;
    for (const from of [0, 4]) transposed(f, limbs.slice(from, from + 4)).forEach((row, lane) => f.store(places[lane], row, offset + 4 * from));
    places.forEach((place, lane) => {
      f.storeLane32(place, limbs[TOP], lane, offset + 4 * TOP);
      // Nine limbs leave four bytes over: zero, so that zero is nothing but zeros.
      f.store(place, i32.of(0), offset + 4 * LIMBS);
    });
  }

  gatherIntegers(f: FunctionBuilder, places: readonly I32[]): Value {
    const pairs = [places.slice(0, 2), places.slice(2)].map(([low, high]) =>
      [0, 8, 16, 24].map((offset) => f.let(v128.loadHigh(high, v128.loadLow(low, offset), offset))),
    );
    return Array.from({ length: LIMBS }, (_, i) => {
      const [word, shift] = [Math.floor((BITS * i) / 64), (BITS * i) % 64];
      const [low, high] = pairs.map((words) => {
        const below = i64x2.shrUnsigned(words[word], shift);
        return shift + BITS > 64 && word < 3 ? v128.or(below, i64x2.shl(words[word + 1], 64 - shift)) : below;
      });
      return f.let(v128.and(lowWords(low, high), i32x4.of(Number(LIMB_MASK))));
    });
  }

  scatterIntegers(f: FunctionBuilder, places: readonly I32[], value: Value): void {
    const limbs = this.reduce(f, value) as readonly Local<'v128'>[];
    cut(f, limbs);
    // All ones where the top limb, and so the value, is negative.
    const negative = f.let(i32x4.shrSigned(limbs[TOP], 31));
    limbs.forEach((limb, i) => f.set(limb, i32x4.add(limb, v128.and(negative, i32x4.of(this.#limbs[i])))));
    cut(f, limbs);
    for (const [half, extend] of [i64x2.extendLowUnsigned, i64x2.extendHighUnsigned].entries()) {
      const wide = limbs.map((limb) => f.let(extend(limb)));
      for (let word = 0; word < 4; word++) {
        const parts = wide.flatMap((limb, i) => {
          const shift = BITS * i - 64 * word;
          if (shift <= -BITS || shift >= 64) return [];
          return [shift < 0 ? i64x2.shrUnsigned(limb, -shift) : i64x2.shl(limb, shift)];
        });
        const bits = f.let(parts.reduce((all, part) => v128.or(all, part)));
        f.storeLane(places[2 * half], bits, 0, 8 * word);
        f.storeLane(places[2 * half + 1], bits, 1, 8 * word);
      }
    }
  }

  constant(f: FunctionBuilder, integer: bigint): Value {
    return balancedLimbs(integer).map((limb) => f.let(i32x4.of(limb)));
  }

  multiply(f: FunctionBuilder, x: Value, y: Value): Value {
    return this.#montgomery(f, (i) => (y as Limbs).map((limb, j) => [x[i] as V128, limb, i + j]));
  }

  square(f: FunctionBuilder, x: Value): Value {
    const limbs = x as Limbs;
    const doubled = limbs.map((limb) => f.let(i32x4.add(limb, limb)));
    return this.#montgomery(f, (i) => limbs.slice(i).map((limb, j) => [limbs[i], j === 0 ? limb : doubled[i + j], 2 * i + j]));
  }

  /**
   * ac + (−b)d and ad + bc, each taken out of R once: three quarters of the work of four products, and no sums to be reduced first.
   * Factors are read where they are needed: an engine that holds all of them runs out of registers.
   */
  multiplyComplex(f: FunctionBuilder, product: I32, x: I32, y: I32): void {
    const second = ELEMENT_BYTES * LANES;
    const limb = (group: I32, part: 0 | 1, i: number) => v128.load(group, part * second + 16 * i);
    const write = (part: 0 | 1, row: (i: number) => readonly (readonly [V128, 0 | 1])[]) => {
      const terms = (i: number) =>
        row(i).flatMap(([factor, other]) => {
          const held = f.let(factor);
          return Array.from({ length: LIMBS }, (_, j): Term => [held, limb(y, other, j), i + j]);
        });
      this.store(f, product, this.#columns(f, terms, 'multiplyLow'), part * second);
      const high = this.#columns(f, terms, 'multiplyHigh');
      const low = this.load(f, product, part * second) as Limbs;
      this.store(f, product, this.reduce(f, joined(f, low, high)), part * second);
    };
    write(0, (i) => [
      [limb(x, 0, i), 0],
      [i32x4.sub(i32x4.of(0), limb(x, 1, i)), 1],
    ]);
    write(1, (i) => [
      [limb(x, 0, i), 1],
      [limb(x, 1, i), 0],
    ]);
  }

  /** @param row the products, with their columns, after which column i is finished but for multiples of p */
  #montgomery(f: FunctionBuilder, row: (i: number) => readonly Term[]): Value {
    return joined(f, this.#columns(f, row, 'multiplyLow'), this.#columns(f, row, 'multiplyHigh'));
  }

  /** The nine columns above those that are cleared; of all but the last the low 29 bits count, half a limb too large. */
  #columns(f: FunctionBuilder, row: (i: number) => readonly Term[], half: Half): Limbs {
    const columns = new Map<number, Local<'v128'>>();
    const add = (column: number, product: V128) => {
      const sum = columns.get(column);
      if (sum) f.set(sum, i64x2.add(sum, product));
      else columns.set(column, f.let(i64x2.add(i64x2.of(startOf(column)), product)));
    };
    const carry = (column: number) => add(column + 1, i64x2.shrUnsigned(columns.get(column)!, BITS));
    for (let i = 0; i < LIMBS; i++) {
      for (const [a, b, column] of row(i)) add(column, i64x2[half](a, b));
      // q = −column/p modulo 2^29, from −2^28 to 2^28, in the low half of each lane; then side by side.
      const low = i32x4.mul(columns.get(i)!, i32x4.of(this.#inverse));
      const q = f.let(i32x4.shrSigned(i32x4.shl(low, 32 - BITS), 32 - BITS));
      const both = f.let(i32x4.shuffle(q, q, 0, 2, 0, 2));
      this.#limbs.forEach((limb, j) => add(i + j, i64x2[half](both, i32x4.of(limb))));
      carry(i);
    }
    for (let k = LIMBS; k < 2 * LIMBS - 1; k++) carry(k);
    return Array.from({ length: LIMBS }, (_, i) => columns.get(LIMBS + i)!);
  }

  add(f: FunctionBuilder, x: Value, y: Value): Value {
    return (x as Limbs).map((limb, i) => f.let(i32x4.add(limb, y[i] as V128)));
  }

  subtract(f: FunctionBuilder, x: Value, y: Value): Value {
    return (x as Limbs).map((limb, i) => f.let(i32x4.sub(limb, y[i] as V128)));
  }

  /** How often p goes into it is told by the top limb alone: the others are less than 2^−20 of p together. */
  reduce(f: FunctionBuilder, x: Value): Value {
    const limbs = (x as Limbs).map((limb) => f.let(limb));
    balance(f, limbs);
    const share = Number((1n << BigInt(FRACTION + IGNORED + BITS * TOP)) / this.prime);
    const scaled = i32x4.mul(i32x4.shrSigned(limbs[TOP], IGNORED), i32x4.of(share));
    const times = f.let(i32x4.shrSigned(i32x4.add(scaled, i32x4.of(1 << (FRACTION - 1))), FRACTION));
    limbs.forEach((limb, i) => f.set(limb, i32x4.sub(limb, i32x4.mul(times, i32x4.of(this.#limbs[i])))));
    balance(f, limbs);
    return limbs;
  }

  isZero(f: FunctionBuilder, x: Value): Mask {
    return [
      f.let(
        i32x4.equal(
          (x as Limbs).reduce((all, limb) => v128.or(all, limb)),
          i32x4.of(0),
        ),
      ),
    ];
  }

  select(f: FunctionBuilder, yes: Value, no: Value, [mask]: Mask): Value {
    return (yes as Limbs).map((limb, i) => f.let(v128.select(limb, no[i] as V128, mask as V128)));
  }

  negateWhere(f: FunctionBuilder, x: Value, [mask]: Mask): Value {
    return (x as Limbs).map((limb) => f.let(i32x4.sub(v128.xor(limb, mask as V128), mask as V128)));
  }

  mask(f: FunctionBuilder, [first, ...others]: readonly I32[]): Mask {
    const bits = others.reduce((lanes, bit, i) => i32x4.replaceLane(lanes, i + 1, bit), i32x4.splat(first));
    return [f.let(i32x4.sub(i32x4.of(0), bits))];
  }

  and(f: FunctionBuilder, [a]: Mask, [b]: Mask): Mask {
    return [f.let(v128.and(a as V128, b as V128))];
  }

  or(f: FunctionBuilder, [a]: Mask, [b]: Mask): Mask {
    return [f.let(v128.or(a as V128, b as V128))];
  }

  andNot(f: FunctionBuilder, [a]: Mask, [b]: Mask): Mask {
    return [f.let(v128.andNot(a as V128, b as V128))];
  }

  any([mask]: Mask): I32 {
    return v128.any(mask as V128);
  }

  encode(integer: bigint): Uint8Array<ArrayBuffer> {
    const bytes = new Uint8Array(ELEMENT_BYTES);
    new Int32Array(bytes.buffer).set(balancedLimbs(integer));
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

/** The lowest eight from −2^28 to 2^28 − 1, the top one with the rest. */
function balancedLimbs(value: bigint): number[] {
  let rest = value;
  return Array.from({ length: LIMBS }, (_, i) => {
    if (i === TOP) return Number(rest);
    const limb = BigInt.asIntN(BITS, rest);
    rest = (rest - limb) >> BigInt(BITS);
    return Number(limb);
  });
}

/** What a column holds before the first product: the offset, less what the column below carries of its own. */
function startOf(column: number): bigint {
  const isLast = column === 2 * LIMBS - 1;
  let start = isLast ? 0n : OFFSET;
  if (column > 0) start -= OFFSET >> BigInt(BITS);
  // Half a limb, so that the low limbs of the result are rounded and not cut.
  if (column >= LIMBS && !isLast) start += BigInt(HALF);
  return start;
}

/** Limbs of a product from the columns of its halves. */
function joined(f: FunctionBuilder, low: Limbs, high: Limbs): Value {
  return low.map((column, i) => {
    const words = lowWords(column, high[i]);
    return f.let(i === TOP ? words : i32x4.sub(v128.and(words, i32x4.of(Number(LIMB_MASK))), i32x4.of(HALF)));
  });
}

/** The low words of two vectors of two. */
function lowWords(low: V128, high: V128): V128 {
  return i32x4.shuffle(low, high, 0, 2, 4, 6);
}

/** Rows become columns. */
function transposed(f: FunctionBuilder, [a, b, c, d]: Limbs): Limbs {
  const [ab, cd] = [f.let(i32x4.shuffle(a, b, 0, 4, 1, 5)), f.let(i32x4.shuffle(c, d, 0, 4, 1, 5))];
  const [abHigh, cdHigh] = [f.let(i32x4.shuffle(a, b, 2, 6, 3, 7)), f.let(i32x4.shuffle(c, d, 2, 6, 3, 7))];
  return [
    f.let(i32x4.shuffle(ab, cd, 0, 1, 4, 5)),
    f.let(i32x4.shuffle(ab, cd, 2, 3, 6, 7)),
    f.let(i32x4.shuffle(abHigh, cdHigh, 0, 1, 4, 5)),
    f.let(i32x4.shuffle(abHigh, cdHigh, 2, 3, 6, 7)),
  ];
}

/** Limbs from −2^28 to 2^28 − 1, but for the top one, which keeps the sign. */
function balance(f: FunctionBuilder, limbs: readonly Local<'v128'>[]): void {
  limbs.slice(0, TOP).forEach((limb, i) => {
    const above = f.let(i32x4.shrSigned(i32x4.add(limb, i32x4.of(HALF)), BITS));
    f.set(limb, i32x4.sub(limb, i32x4.shl(above, BITS)));
    f.set(limbs[i + 1], i32x4.add(limbs[i + 1], above));
  });
}

/** Limbs from 0 to 2^29 − 1, but for the top one. */
function cut(f: FunctionBuilder, limbs: readonly Local<'v128'>[]): void {
  limbs.slice(0, TOP).forEach((limb, i) => {
    f.set(limbs[i + 1], i32x4.add(limbs[i + 1], i32x4.shrSigned(limb, BITS)));
    f.set(limb, v128.and(limb, i32x4.of(Number(LIMB_MASK))));
  });
}
