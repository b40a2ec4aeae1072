/**
 * Montgomery arithmetic modulo a 254-bit prime on pairs of elements, in doubles: five limbs of 51 bits, the two lanes of a
 * vector being two elements, R = 2^255.
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
 * A column adds up at most 20 halves, of at most 2^51 each, and a carry: below 2^56, while the offset keeps it above zero.
 */
import { doubleBits, f64x2, i64x2, v128, type I32, type V128 } from '../wasm/expression.ts';
import type { FunctionBuilder } from '../wasm/function-builder.ts';

export const LIMBS = 5;
const LIMB_BITS = 51n;
const LIMB_MASK = (1n << LIMB_BITS) - 1n;
/** R of the Montgomery form. */
export const FUSED_RADIX = 1n << 255n;

const HIGH = 1.5 * 2 ** 103;
const LOW = 1.5 * 2 ** 52;
const BOTH = HIGH + LOW;
/** Keeps columns positive, so that an unsigned shift is their carry: a multiple of 2^51, which leaves low limbs alone. */
const OFFSET = 1n << 60n;

export type Limbs = readonly V128[];

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

/** −1/p modulo 2^51. */
function montgomeryInverse(prime: bigint): bigint {
  let inverse = 1n;
  for (let bits = 1; bits < 51; bits *= 2) inverse = (inverse * (2n - prime * inverse)) & LIMB_MASK;
  return -inverse & LIMB_MASK;
}

export class FusedField {
  readonly prime: bigint;
  readonly #limbs: readonly V128[];
  readonly #inverse: V128;

  constructor(prime: bigint) {
    this.prime = prime;
    this.#limbs = Array.from({ length: LIMBS }, (_, i) => f64x2.of(Number((prime >> (LIMB_BITS * BigInt(i))) & LIMB_MASK)));
    this.#inverse = f64x2.of(Number(montgomeryInverse(prime)));
  }

  load(f: FunctionBuilder, address: I32, offset = 0): Limbs {
    return Array.from({ length: LIMBS }, (_, i) => f.let(v128.load(address, offset + 16 * i)));
  }

  store(f: FunctionBuilder, address: I32, limbs: Limbs, offset = 0): void {
    limbs.forEach((limb, i) => f.store(address, limb, offset + 16 * i));
  }

  multiply(f: FunctionBuilder, x: Limbs, y: Limbs): Limbs {
    return this.#montgomery(f, (i) => y.map((limb, j) => [x[i]!, limb, i + j]));
  }

  square(f: FunctionBuilder, x: Limbs): Limbs {
    const doubled = x.map((limb) => f.let(f64x2.add(limb, limb)));
    return this.#montgomery(f, (i) => x.flatMap((limb, j): [V128, V128, number][] => (j < i ? [] : [[x[i]!, j === i ? limb : doubled[j]!, i + j]])));
  }

  /** @param row the products that are added before column `row` is cleared: two limbs and their column */
  #montgomery(f: FunctionBuilder, row: (i: number) => readonly (readonly [V128, V128, number])[]): Limbs {
    const rows = Array.from({ length: LIMBS }, (_, i) => row(i));
    const halves = { low: new Array<number>(2 * LIMBS + 1).fill(0), high: new Array<number>(2 * LIMBS + 1).fill(0) };
    const count = (column: number) => {
      halves.low[column]! += 1;
      halves.high[column + 1]! += 1;
    };
    rows.forEach((products, i) => {
      products.forEach(([, , column]) => count(column));
      this.#limbs.forEach((_, j) => count(i + j));
    });
    const columns = Array.from({ length: 2 * LIMBS }, (_, k) => f.let(i64x2.of(startOf(k, halves.low[k]!, halves.high[k]!))));
    const [both, high, mask, magic] = [f64x2.of(BOTH), f64x2.of(HIGH), i64x2.of(LIMB_MASK), f64x2.of(2 ** 52)];
    const [h, l, q] = [f.local('v128'), f.local('v128'), f.local('v128')];
    const split = (a: V128, b: V128) => {
      f.set(h, f64x2.relaxedMultiplyAdd(a, b, high));
      f.set(l, f64x2.relaxedMultiplyAdd(a, b, f64x2.sub(both, h)));
    };
    const accumulate = (a: V128, b: V128, column: number) => {
      split(a, b);
      f.set(columns[column + 1]!, i64x2.add(columns[column + 1]!, h));
      f.set(columns[column]!, i64x2.add(columns[column]!, l));
    };
    rows.forEach((products, i) => {
      for (const [a, b, column] of products) accumulate(a, b, column);
      // q = −column/p modulo 2^51, from −2^50 to 2^50: the low half of a product, as it comes.
      f.set(q, f64x2.sub(v128.or(v128.and(columns[i]!, mask), magic), f64x2.of(2 ** 52)));
      split(q, this.#inverse);
      f.set(q, f64x2.sub(l, f64x2.of(LOW)));
      this.#limbs.forEach((limb, j) => accumulate(q, limb, i + j));
      // Its low limb is zero now; what is above belongs to the next column.
      f.set(columns[i + 1]!, i64x2.add(columns[i + 1]!, i64x2.shrUnsigned(columns[i]!, 51)));
    });
    return Array.from({ length: LIMBS }, (_, j) => {
      const column = columns[LIMBS + j]!;
      if (j === LIMBS - 1) return f.let(f64x2.sub(i64x2.add(column, i64x2.of(doubleBits(LOW))), f64x2.of(LOW)));
      const limb = f.let(f64x2.sub(v128.or(v128.and(column, mask), magic), f64x2.of(2 ** 52 + 2 ** 50)));
      f.set(columns[LIMBS + j + 1]!, i64x2.add(columns[LIMBS + j + 1]!, i64x2.shrUnsigned(column, 51)));
      return limb;
    });
  }

  /** The same value modulo p with |value| ≤ 0.51·p and |limb| ≤ 2^50, from one with |limb| ≤ 2^53. */
  reduce(f: FunctionBuilder, x: Limbs): Limbs {
    // How often p goes into it, told by the top limb alone, rounded by adding and taking off 1.5·2^52.
    const times = f.let(
      f64x2.sub(f64x2.add(f64x2.mul(x[LIMBS - 1]!, f64x2.of(Number(1n << 204n) / Number(this.prime))), f64x2.of(LOW)), f64x2.of(LOW)),
    );
    const carry = f.let(f64x2.of(0));
    return x.map((limb, i) => {
      const rest = f.let(f64x2.add(f64x2.relaxedNegatedMultiplyAdd(times, this.#limbs[i]!, limb), carry));
      if (i === LIMBS - 1) return rest;
      const above = f.let(f64x2.sub(f64x2.add(rest, f64x2.of(HIGH)), f64x2.of(HIGH)));
      f.set(carry, f64x2.mul(above, f64x2.of(2 ** -51)));
      f.set(rest, f64x2.sub(rest, above));
      return rest;
    });
  }

  add(f: FunctionBuilder, x: Limbs, y: Limbs): Limbs {
    return x.map((limb, i) => f.let(f64x2.add(limb, y[i]!)));
  }

  subtract(f: FunctionBuilder, x: Limbs, y: Limbs): Limbs {
    return x.map((limb, i) => f.let(f64x2.sub(limb, y[i]!)));
  }
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
