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
import { doubleBits, f64x2, i32, i64, i64x2, v128, type I32, type V128 } from '../wasm/expression.ts';
import type { FunctionBuilder, Local } from '../wasm/function-builder.ts';
import { ELEMENT_BYTES, modulo, negatedInverse, type Field, type Mask, type Value } from './field.ts';

const LIMBS = 5;
const LIMB_BITS = 51n;
const LIMB_MASK = (1n << LIMB_BITS) - 1n;

/** Of one vector of an element's limbs: two elements. */
const VECTOR_BYTES = 2 * ELEMENT_BYTES;

const HIGH = 1.5 * 2 ** 103;
const LOW = 1.5 * 2 ** 52;
const BOTH = HIGH + LOW;
/** Its lowest 52 bits are an integer's: what turns small integers into doubles. */
const MAGIC = 2 ** 52;
/** Keeps columns positive, so that an unsigned shift is their carry: a multiple of 2^51, which leaves low limbs alone. */
const OFFSET = 1n << 60n;

type Limbs = readonly V128[];
/** Two limbs to be multiplied, and the column that their product is added to. */
type Term = readonly [V128, V128, number];

export class FusedField implements Field {
  readonly radix = 1n << 255n;
  readonly prime: bigint;
  readonly #limbs: Limbs;
  readonly #inverse: V128;

  constructor(prime: bigint) {
    this.prime = prime;
    this.#limbs = Array.from({ length: LIMBS }, (_, i) => f64x2.of(Number((prime >> (LIMB_BITS * BigInt(i))) & LIMB_MASK)));
    this.#inverse = f64x2.of(Number(negatedInverse(prime, Number(LIMB_BITS))));
  }

  load(f: FunctionBuilder, group: I32, offset = 0): Value {
    return Array.from({ length: 2 * LIMBS }, (_, i) => f.let(v128.load(group, offset + 16 * i)));
  }

  store(f: FunctionBuilder, group: I32, value: Value, offset = 0): void {
    value.forEach((limb, i) => f.store(group, limb, offset + 16 * i));
  }

  gather(f: FunctionBuilder, places: readonly I32[], offset: number): Value {
    return pairsOf(places).flatMap(([low, high]) => {
      const rows = [0, 16].map((at) => [f.let(v128.load(low, offset + at)), f.let(v128.load(high, offset + at))] as const);
      const limbs = rows.flatMap(([a, b]) => [f.let(i64x2.shuffle(a, b, 0, 2)), f.let(i64x2.shuffle(a, b, 1, 3))]);
      return [...limbs, f.let(v128.loadHigh(high, v128.loadLow(low, offset + 32), offset + 32))];
    });
  }

  scatter(f: FunctionBuilder, places: readonly I32[], value: Value, offset: number): void {
    pairsOf(places).forEach(([low, high], i) => {
      const limbs = vectorsOf(value)[i];
      for (const limb of [0, 2]) {
        f.store(low, i64x2.shuffle(limbs[limb], limbs[limb + 1], 0, 2), offset + 8 * limb);
        f.store(high, i64x2.shuffle(limbs[limb], limbs[limb + 1], 1, 3), offset + 8 * limb);
      }
      f.storeLane(low, limbs[4], 0, offset + 32);
      f.storeLane(high, limbs[4], 1, offset + 32);
    });
  }

  /** Four 64-bit words become five limbs of 51 bits each. */
  gatherIntegers(f: FunctionBuilder, places: readonly I32[]): Value {
    return pairsOf(places).flatMap(([low, high]) => {
      const words = [0, 8, 16, 24].map((offset) => f.let(v128.loadHigh(high, v128.loadLow(low, offset), offset)));
      const [w0, w1, w2, w3] = words;
      const across = (below: V128, right: number, above: V128, left: number) => v128.or(i64x2.shrUnsigned(below, right), i64x2.shl(above, left));
      const bits = [w0, across(w0, 51, w1, 13), across(w1, 38, w2, 26), across(w2, 25, w3, 39), i64x2.shrUnsigned(w3, 12)];
      return bits.map((limb) => f.let(toDouble(v128.and(limb, i64x2.of(LIMB_MASK)))));
    });
  }

  scatterIntegers(f: FunctionBuilder, places: readonly I32[], value: Value): void {
    const reduced = vectorsOf(this.reduce(f, value));
    pairsOf(places).forEach(([low, high], i) => {
      const signed = reduced[i].map((limb) => f.let(i64x2.sub(f64x2.add(limb, f64x2.of(LOW)), i64x2.of(doubleBits(LOW)))));
      carry(f, signed);
      // All ones where the top limb, and so the value, is negative.
      const negative = f.let(i64x2.shrSigned(signed[LIMBS - 1], 63));
      const positive = signed.map((limb, j) =>
        f.let(i64x2.add(limb, v128.and(negative, i64x2.of((this.prime >> (LIMB_BITS * BigInt(j))) & LIMB_MASK)))),
      );
      carry(f, positive);
      pack(positive).forEach((word, j) => {
        const bits = f.let(word);
        f.storeLane(low, bits, 0, 8 * j);
        f.storeLane(high, bits, 1, 8 * j);
      });
    });
  }

  constant(f: FunctionBuilder, integer: bigint): Value {
    const limbs = balancedLimbs(integer, this.prime).map((limb) => f.let(f64x2.of(limb)));
    return [...limbs, ...limbs];
  }

  multiply(f: FunctionBuilder, x: Value, y: Value): Value {
    const [xs, ys] = [vectorsOf(x), vectorsOf(y)];
    return inTurn(xs.map((limbs, v) => this.#montgomery(f, productTerms(limbs, ys[v]))));
  }

  /**
   * ac + (−b)d and ad + bc, each taken out of R once: three quarters of the work of four products, and no sums to be reduced first.
   * One vector after the other, and every factor read anew where it is needed: an engine that mixes more runs out of registers.
   */
  multiplyComplex(f: FunctionBuilder, product: I32, x: I32, y: I32): void {
    for (const vector of [0, VECTOR_BYTES]) {
      const [real, imaginary] = [vector, vector + 2 * VECTOR_BYTES];
      const at = (group: I32, offset: number): Limbs => Array.from({ length: LIMBS }, (_, i) => f.let(v128.load(group, offset + 16 * i)));
      const write = (offset: number, a: Limbs, b: Limbs, c: Limbs, d: Limbs) => {
        const second = productTerms(c, d);
        const rows = productTerms(a, b).map((row, i) => [...row, ...second[i]]);
        const sum = inTurn([this.#montgomery(f, rows)]);
        inTurn([this.#reduced(f, sum)]).forEach((limb, i) => f.store(product, limb, offset + 16 * i));
      };
      const negated = at(x, imaginary).map((limb) => f.let(f64x2.negate(limb)));
      write(real, at(x, real), at(y, real), negated, at(y, imaginary));
      write(imaginary, at(x, real), at(y, imaginary), at(x, imaginary), at(y, real));
    }
  }

  square(f: FunctionBuilder, x: Value): Value {
    return inTurn(
      vectorsOf(x).map((limbs) => {
        const doubled = limbs.map((limb) => f.let(f64x2.add(limb, limb)));
        const rows = limbs.map((limb, i) => limbs.flatMap((other, j): Term[] => (j < i ? [] : [[limb, j === i ? other : doubled[j], i + j]])));
        return this.#montgomery(f, rows);
      }),
    );
  }

  /** @param rows for each column the products that are added before it is cleared */
  *#montgomery(f: FunctionBuilder, rows: readonly (readonly Term[])[]): Generator<undefined, Limbs> {
    const halves = { low: new Array<number>(2 * LIMBS + 1).fill(0), high: new Array<number>(2 * LIMBS + 1).fill(0) };
    const count = (column: number) => {
      halves.low[column] += 1;
      halves.high[column + 1] += 1;
    };
    rows.forEach((products, i) => {
      products.forEach(([, , column]) => count(column));
      this.#limbs.forEach((_, j) => count(i + j));
    });
    const columns = Array.from({ length: 2 * LIMBS }, (_, k) => f.let(i64x2.of(startOf(k, halves.low[k], halves.high[k]))));
    const [h, l, q] = [f.local('v128'), f.local('v128'), f.local('v128')];
    const split = (a: V128, b: V128) => {
      f.set(h, f64x2.relaxedMultiplyAdd(a, b, f64x2.of(HIGH)));
      f.set(l, f64x2.relaxedMultiplyAdd(a, b, f64x2.sub(f64x2.of(BOTH), h)));
    };
    const accumulate = (a: V128, b: V128, column: number) => {
      split(a, b);
      f.set(columns[column + 1], i64x2.add(columns[column + 1], h));
      f.set(columns[column], i64x2.add(columns[column], l));
    };
    for (const [i, products] of rows.entries()) {
      for (const [a, b, column] of products) {
        accumulate(a, b, column);
        yield;
      }
      // q = −column/p modulo 2^51, from −2^50 to 2^50: the low half of a product, as it comes.
      f.set(q, toDouble(v128.and(columns[i], i64x2.of(LIMB_MASK))));
      yield;
      split(q, this.#inverse);
      yield;
      f.set(q, f64x2.sub(l, f64x2.of(LOW)));
      yield;
      for (const [j, limb] of this.#limbs.entries()) {
        accumulate(q, limb, i + j);
        yield;
      }
      // Its low limb is zero now; what is above belongs to the next column.
      f.set(columns[i + 1], i64x2.add(columns[i + 1], i64x2.shrUnsigned(columns[i], 51)));
      yield;
    }
    const product: V128[] = [];
    for (let j = LIMBS; j < 2 * LIMBS - 1; j++) {
      // Half a limb was added at the start: what is taken off here leaves −2^50 to 2^50.
      product.push(f.let(f64x2.sub(v128.or(v128.and(columns[j], i64x2.of(LIMB_MASK)), f64x2.of(MAGIC)), f64x2.of(MAGIC + 2 ** 50))));
      f.set(columns[j + 1], i64x2.add(columns[j + 1], i64x2.shrUnsigned(columns[j], 51)));
      yield;
    }
    product.push(f.let(f64x2.sub(i64x2.add(columns[2 * LIMBS - 1], i64x2.of(doubleBits(LOW))), f64x2.of(LOW))));
    return product;
  }

  add(f: FunctionBuilder, x: Value, y: Value): Value {
    return x.map((limb, i) => f.let(f64x2.add(limb as V128, y[i] as V128)));
  }

  subtract(f: FunctionBuilder, x: Value, y: Value): Value {
    return x.map((limb, i) => f.let(f64x2.sub(limb as V128, y[i] as V128)));
  }

  /** |value| ≤ 0.51·p and |limb| ≤ 2^50, from |limb| ≤ 2^53. */
  reduce(f: FunctionBuilder, x: Value): Value {
    return inTurn(vectorsOf(x).map((limbs) => this.#reduced(f, limbs)));
  }

  *#reduced(f: FunctionBuilder, x: Limbs): Generator<undefined, Limbs> {
    // How often p goes into it, told by the top limb alone, rounded by adding and taking off 1.5·2^52.
    const share = f64x2.mul(x[LIMBS - 1], f64x2.of(Number(1n << 204n) / Number(this.prime)));
    const times = f.let(f64x2.sub(f64x2.add(share, f64x2.of(LOW)), f64x2.of(LOW)));
    const rests = x.map((limb, i) => f.let(f64x2.relaxedNegatedMultiplyAdd(times, this.#limbs[i], limb)));
    for (let i = 0; i < LIMBS - 1; i++) {
      yield;
      const above = f.let(f64x2.sub(f64x2.add(rests[i], f64x2.of(HIGH)), f64x2.of(HIGH)));
      f.set(rests[i], f64x2.sub(rests[i], above));
      f.set(rests[i + 1], f64x2.add(rests[i + 1], f64x2.mul(above, f64x2.of(2 ** -51))));
    }
    return rests;
  }

  isZero(f: FunctionBuilder, x: Value): Mask {
    return vectorsOf(x).map((limbs) => f.let(limbs.map((limb) => f64x2.equal(limb, f64x2.of(0))).reduce((all, limb) => v128.and(all, limb))));
  }

  select(f: FunctionBuilder, yes: Value, no: Value, mask: Mask): Value {
    return yes.map((limb, i) => f.let(v128.select(limb as V128, no[i] as V128, mask[Math.floor(i / LIMBS)] as V128)));
  }

  negateWhere(f: FunctionBuilder, x: Value, mask: Mask): Value {
    const signs = (mask as Limbs).map((lanes) => f.let(i64x2.shl(lanes, 63)));
    return x.map((limb, i) => f.let(v128.xor(limb as V128, signs[Math.floor(i / LIMBS)])));
  }

  mask(f: FunctionBuilder, bits: readonly I32[]): Mask {
    return pairsOf(bits).map(([low, high]) => {
      const lane = (bit: I32) => i64.sub(i64.of(0n), i64.extendUnsigned(bit));
      return f.let(i64x2.replaceHigh(i64x2.splat(lane(low)), lane(high)));
    });
  }

  and(f: FunctionBuilder, a: Mask, b: Mask): Mask {
    return a.map((lanes, i) => f.let(v128.and(lanes as V128, b[i] as V128)));
  }

  or(f: FunctionBuilder, a: Mask, b: Mask): Mask {
    return a.map((lanes, i) => f.let(v128.or(lanes as V128, b[i] as V128)));
  }

  andNot(f: FunctionBuilder, a: Mask, b: Mask): Mask {
    return a.map((lanes, i) => f.let(v128.andNot(lanes as V128, b[i] as V128)));
  }

  any(mask: Mask): I32 {
    return (mask as Limbs).map((lanes) => v128.any(lanes)).reduce((a, b) => i32.or(a, b));
  }

  encode(integer: bigint): Uint8Array<ArrayBuffer> {
    return new Uint8Array(Float64Array.from(balancedLimbs(integer, this.prime)).buffer);
  }

  decode(bytes: Uint8Array): bigint {
    const limbs = new Float64Array(bytes.slice().buffer);
    return modulo(
      limbs.reduceRight((value, limb) => (value << LIMB_BITS) + BigInt(limb), 0n),
      this.prime,
    );
  }
}

/** An element as five limbs: the lowest four from −2^50 to 2^50, the top one with the rest. */
export function balancedLimbs(value: bigint, prime: bigint): number[] {
  let rest = value > prime / 2n ? value - prime : value;
  return Array.from({ length: LIMBS }, (_, i) => {
    if (i === LIMBS - 1) return Number(rest);
    const limb = BigInt.asIntN(51, rest);
    rest = (rest - limb) >> LIMB_BITS;
    return Number(limb);
  });
}

function productTerms(x: Limbs, y: Limbs): Term[][] {
  return x.map((limb, i) => y.map((other, j): Term => [limb, other, i + j]));
}

/** What a column holds before the first product: its offset, less what the bits of the constants will add. */
function startOf(column: number, low: number, high: number): bigint {
  let start = -(BigInt(low) * doubleBits(LOW) + BigInt(high) * doubleBits(HIGH));
  if (column < 2 * LIMBS - 1) start += OFFSET;
  if (column > 0) start -= OFFSET >> LIMB_BITS;
  // Half a limb, so that the four low limbs of the result are rounded and not cut.
  if (column >= LIMBS && column < 2 * LIMBS - 1) start += 1n << 50n;
  return start;
}

/** Integers below 2^52 as doubles: the bits of 2^52 above them make one. */
function toDouble(integers: V128): V128 {
  return f64x2.sub(v128.or(integers, f64x2.of(MAGIC)), f64x2.of(MAGIC));
}

/** Limbs from 0 to 2^51, but for the top one, which keeps the sign. */
function carry(f: FunctionBuilder, limbs: readonly Local<'v128'>[]): void {
  limbs.slice(0, -1).forEach((limb, i) => {
    const above = limbs[i + 1];
    f.set(above, i64x2.add(above, i64x2.shrSigned(limb, 51)));
    f.set(limb, v128.and(limb, i64x2.of(LIMB_MASK)));
  });
}

/** Five limbs of 51 bits as four words of 64. */
function pack(limbs: Limbs): V128[] {
  const [a, b, c, d, e] = limbs;
  const join = (below: V128, right: number, above: V128, left: number) =>
    v128.or(right === 0 ? below : i64x2.shrUnsigned(below, right), i64x2.shl(above, left));
  return [join(a, 0, b, 51), join(b, 13, c, 38), join(c, 26, d, 25), join(d, 39, e, 12)];
}

function vectorsOf(value: Value): readonly [Limbs, Limbs] {
  return [value.slice(0, LIMBS) as Limbs, value.slice(LIMBS) as Limbs];
}

function pairsOf(places: readonly I32[]): readonly (readonly [I32, I32])[] {
  const [a, b, c, d] = places;
  return [
    [a, b],
    [c, d],
  ];
}

/** Writes computations that do not depend on each other step by step in turn. */
function inTurn(computations: readonly Generator<undefined, Limbs>[]): Limbs {
  const results = new Map<number, Limbs>();
  while (results.size < computations.length) {
    computations.forEach((computation, i) => {
      if (results.has(i)) return;
      const step = computation.next();
      if (step.done === true) results.set(i, step.value);
    });
  }
  return computations.flatMap((_, i) => results.get(i)!);
}
