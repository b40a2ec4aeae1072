/**
 * Many additions of affine points with one inversion: the denominators are multiplied up, the product is inverted, and each
 * inverse is taken off on the way back (P. L. Montgomery, "Speeding the Pollard and elliptic curve methods of factorization",
 * Math. Comp. 48, 1987). An addition costs five products and a square, and two are made at once, one in each lane.
 *
 * A list names additions by twelve bytes each: the addresses of the two summands and of the sum, which may be one of them. Points
 * are aligned to sixteen bytes, so the lowest bit of a summand's address is free: set, it stands for the negated point. Point at
 * infinity is (0, 0), which is on neither curve.
 */
import { i32, i64, i64x2, v128, type I32, type V128 } from '../wasm/expression.ts';
import type { FunctionBuilder, Local } from '../wasm/function-builder.ts';
import type { ModuleBuilder } from '../wasm/module-builder.ts';
import { ELEMENT_BYTES, type Coordinates, type PairValue } from './coordinates.ts';

/** Additions of one list: enough that the inversion is a few per cent, few enough for the second-level cache. */
export const MAX_BATCH = 2048;
export const ENTRY_BYTES = 12;

interface Entry {
  readonly left: readonly [I32, I32];
  readonly right: readonly [I32, I32];
  readonly sum: readonly [I32, I32];
  readonly leftSign: V128;
  readonly rightSign: V128;
}

/**
 * Defines `name(list, pairs)` for lists of twice as many additions. It answers 1 when it added, and 0, with nothing written, when two
 * summands have the same x: `name + 'Checked'` then adds whatever there is, infinities, doublings and opposites too, in some more time.
 */
export function defineBatchAddition(module: ModuleBuilder, name: string, field: Coordinates): void {
  const coordinate = ELEMENT_BYTES * field.degree;
  const pairBytes = 2 * coordinate;
  const room = () => module.scratch((MAX_BATCH / 2) * pairBytes);
  const [denominators, products] = [room(), room()];
  const temporaries = Array.from({ length: 4 }, () => module.scratch(pairBytes)) as [I32, I32, I32, I32];
  const [run, inverse, t, u] = temporaries;
  const slot = (base: I32, k: I32) => i32.add(base, i32.mul(k, i32.of(pairBytes)));

  const entry = (f: FunctionBuilder, list: I32, k: I32): Entry => {
    const at = f.let(i32.add(list, i32.mul(k, i32.of(2 * ENTRY_BYTES))));
    const [l0, r0, s0, l1, r1, s1] = [0, 4, 8, 12, 16, 20].map((offset) => f.let(i32.load(at, offset))) as Local<'i32'>[];
    const point = (address: I32) => f.let(i32.and(address, i32.of(-2)));
    const sign = (low: I32, high: I32) =>
      f.let(i64x2.replaceHigh(i64x2.splat(i64.extendUnsigned(i32.and(low, i32.of(1)))), i64.extendUnsigned(i32.and(high, i32.of(1)))));
    return { left: [point(l0!), point(l1!)], right: [point(r0!), point(r1!)], sum: [s0!, s1!], leftSign: sign(l0!, l1!), rightSign: sign(r0!, r1!) };
  };
  const xOf = (f: FunctionBuilder, [low, high]: readonly [I32, I32]) => field.gather(f, low, high, 0);
  const yOf = (f: FunctionBuilder, [low, high]: readonly [I32, I32], sign: V128) =>
    field.negateWhere(f, field.gather(f, low, high, coordinate), sign);

  const addAll = (
    f: FunctionBuilder,
    list: I32,
    pairs: I32,
    denominator: (e: Entry) => PairValue,
    numerator: (e: Entry) => PairValue,
    finish: (e: Entry, x: PairValue, y: PairValue) => void,
  ) => {
    field.store(f, run, field.one(f));
    f.repeat(pairs, (k) => {
      const d = slot(denominators, k);
      field.store(f, d, denominator(entry(f, list, k)));
      field.store(f, slot(products, k), field.load(f, run));
      field.multiply(f, run, run, d);
    });
    const none = field.isZero(f, field.reduce(f, field.load(f, run)));
    f.if(v128.any(none), () => f.return(i32.of(0)));
    field.invert(f, inverse, run);
    const k = f.let(pairs);
    f.while(
      () => k,
      () => {
        f.set(k, i32.sub(k, i32.of(1)));
        const e = entry(f, list, k);
        field.multiply(f, t, inverse, slot(products, k));
        field.multiply(f, inverse, inverse, slot(denominators, k));
        field.store(f, u, numerator(e));
        field.multiply(f, t, t, u);
        field.store(f, t, field.reduce(f, field.load(f, t)));
        field.square(f, u, t);
        const xs = xOf(f, e.left);
        const x = field.reduce(f, field.subtract(f, field.subtract(f, field.load(f, u), xs), xOf(f, e.right)));
        field.store(f, u, field.subtract(f, xs, x));
        field.multiply(f, u, u, t);
        finish(e, x, field.reduce(f, field.subtract(f, field.load(f, u), yOf(f, e.left, e.leftSign))));
      },
    );
    f.return(i32.of(1));
  };
  const write = (f: FunctionBuilder, { sum: [low, high] }: Entry, x: PairValue, y: PairValue) => {
    field.scatter(f, low, high, x, 0);
    field.scatter(f, low, high, y, coordinate);
  };

  module.define(
    name,
    2,
    (f, list, pairs) =>
      addAll(
        f,
        list,
        pairs,
        ({ left, right }) => field.subtract(f, xOf(f, right), xOf(f, left)),
        ({ left, right, leftSign, rightSign }) => field.subtract(f, yOf(f, right, rightSign), yOf(f, left, leftSign)),
        (e, x, y) => write(f, e, x, y),
      ),
    true,
  );

  /** What is special about a pair of summands, lane by lane. */
  const lookAt = (f: FunctionBuilder, { left, right, leftSign, rightSign }: Entry) => {
    const [xLeft, xRight] = [xOf(f, left), xOf(f, right)];
    const [yLeft, yRight] = [yOf(f, left, leftSign), yOf(f, right, rightSign)];
    const isInfinite = (x: PairValue, y: PairValue) => f.let(v128.and(field.isZero(f, x), field.isZero(f, y)));
    const [noLeft, noRight] = [isInfinite(xLeft, yLeft), isInfinite(xRight, yRight)];
    const difference = field.subtract(f, xRight, xLeft);
    const sameX = f.let(v128.andNot(field.isZero(f, field.reduce(f, difference)), v128.or(noLeft, noRight)));
    const sameY = field.isZero(f, field.reduce(f, field.subtract(f, yRight, yLeft)));
    const [doubled, opposite] = [f.let(v128.and(sameX, sameY)), f.let(v128.andNot(sameX, sameY))];
    return { xLeft, xRight, yLeft, yRight, noLeft, noRight, difference, doubled, opposite };
  };
  const tripled = module.scratch(pairBytes);

  module.define(
    `${name}Checked`,
    2,
    (f, list, pairs) =>
      addAll(
        f,
        list,
        pairs,
        (e) => {
          const { yLeft, noLeft, noRight, difference, doubled, opposite } = lookAt(f, e);
          const twice = field.select(f, field.add(f, yLeft, yLeft), difference, doubled);
          return field.select(f, field.one(f), twice, f.let(v128.or(opposite, v128.or(noLeft, noRight))));
        },
        (e) => {
          const { xLeft, yLeft, yRight, doubled } = lookAt(f, e);
          field.store(f, tripled, xLeft);
          field.square(f, tripled, tripled);
          const square = field.load(f, tripled);
          const slope = field.reduce(f, field.add(f, field.add(f, square, square), square));
          return field.select(f, slope, field.subtract(f, yRight, yLeft), doubled);
        },
        (e, x, y) => {
          const { xLeft, xRight, yLeft, yRight, noLeft, noRight, opposite } = lookAt(f, e);
          const zero = field.subtract(f, x, x);
          const choose = (sum: PairValue, left: PairValue, right: PairValue) =>
            field.select(f, right, field.select(f, left, field.select(f, zero, sum, opposite), noRight), noLeft);
          write(f, e, choose(x, xLeft, xRight), choose(y, yLeft, yRight));
        },
      ),
    true,
  );
}
