/**
 * Many additions of affine points with one inversion: the denominators are multiplied up, the product is inverted, and each
 * inverse is taken off on the way back (P. L. Montgomery, "Speeding the Pollard and elliptic curve methods of factorization",
 * Math. Comp. 48, 1987). An addition costs five products and a square, and as many are made at once as the field has lanes.
 *
 * A list names additions by twelve bytes each: the addresses of the two summands and of the sum, which may be one of them. Points
 * are aligned to sixteen bytes, so the lowest bit of a summand's address is free: set, it stands for the negated point. Point at
 * infinity is (0, 0), which is on neither curve.
 */
import { LANES, type Value, type Mask } from '../field/field.ts';
import { i32, type I32 } from '../wasm/expression.ts';
import type { FunctionBuilder } from '../wasm/function-builder.ts';
import type { ModuleBuilder } from '../wasm/module-builder.ts';
import type { Coordinates } from './coordinates.ts';

/** Additions of one list: enough that the inversion is a few per cent, few enough for the second-level cache. A multiple of the lanes. */
export const MAX_BATCH = 4096;
export const ENTRY_BYTES = 12;

/** A group of additions, one for each lane. */
interface Entry {
  readonly left: readonly I32[];
  readonly right: readonly I32[];
  readonly sum: readonly I32[];
  readonly leftSign: Mask;
  readonly rightSign: Mask;
}

/** What is special about the summands of a group, lane by lane. */
interface Look {
  readonly xLeft: Value;
  readonly xRight: Value;
  readonly yLeft: Value;
  readonly yRight: Value;
  readonly noLeft: Mask;
  readonly noRight: Mask;
  readonly difference: Value;
  readonly doubled: Mask;
  readonly opposite: Mask;
}

/**
 * Defines `name(list, groups)` for lists of `lanes` times as many additions. It answers 1 when it added, and 0, with nothing written, when
 * two summands have the same x: `name + 'Checked'` then adds whatever there is, infinities, doublings and opposites too, in more time.
 */
export function defineBatchAddition(module: ModuleBuilder, name: string, coordinates: Coordinates): void {
  const { bytes: coordinate } = coordinates;
  const { field } = coordinates;
  const groupBytes = LANES * coordinate;
  const room = () => module.scratch((MAX_BATCH / LANES) * groupBytes);
  const [denominators, products] = [room(), room()];
  const [run, inverse] = [module.scratch(groupBytes), module.scratch(groupBytes)];
  const slot = (base: I32, k: I32) => i32.add(base, i32.mul(k, i32.of(groupBytes)));

  const entry = (f: FunctionBuilder, list: I32, k: I32): Entry => {
    const at = f.let(i32.add(list, i32.mul(k, i32.of(LANES * ENTRY_BYTES))));
    const word = (i: number) => Array.from({ length: LANES }, (_, lane) => f.let(i32.load(at, lane * ENTRY_BYTES + 4 * i)));
    const [left, right, sum] = [word(0), word(1), word(2)];
    const places = (words: readonly I32[]) => words.map((address) => f.let(i32.and(address, i32.of(-2))));
    const sign = (words: readonly I32[]) =>
      field.mask(
        f,
        words.map((address) => i32.and(address, i32.of(1))),
      );
    return { left: places(left), right: places(right), sum, leftSign: sign(left), rightSign: sign(right) };
  };
  const xOf = (f: FunctionBuilder, places: readonly I32[]) => coordinates.gather(f, places, 0);
  const yOf = (f: FunctionBuilder, places: readonly I32[], sign: Mask) => coordinates.negateWhere(f, coordinates.gather(f, places, coordinate), sign);

  /** In passes over all groups: what a pass is written with, constants above all, is at hand for every group. */
  const addAll = (
    f: FunctionBuilder,
    list: I32,
    groups: I32,
    denominator: (e: Entry) => Value,
    numerator: (e: Entry) => Value,
    finish: (e: Entry, x: Value, y: Value) => void,
  ) => {
    const load = (base: I32, k: I32) => coordinates.load(f, f.let(slot(base, k)));
    coordinates.store(f, run, coordinates.one(f));
    f.repeat(groups, (k) => {
      const d = denominator(entry(f, list, k));
      const before = coordinates.load(f, run);
      coordinates.store(f, slot(denominators, k), d);
      coordinates.store(f, slot(products, k), before);
      coordinates.store(f, run, coordinates.multiply(f, before, d));
    });
    const none = coordinates.isZero(f, coordinates.reduce(f, coordinates.load(f, run)));
    f.if(field.any(none), () => f.return(i32.of(0)));
    coordinates.invert(f, inverse, run);
    // Each product of those before becomes the inverse of one's own.
    const k = f.let(groups);
    f.while(
      () => k,
      () => {
        f.set(k, i32.sub(k, i32.of(1)));
        const rest = coordinates.load(f, inverse);
        coordinates.store(f, slot(products, k), coordinates.multiply(f, rest, load(products, k)));
        coordinates.store(f, inverse, coordinates.multiply(f, rest, load(denominators, k)));
      },
    );
    f.repeat(groups, (k) => {
      const slope = coordinates.multiply(f, load(products, k), numerator(entry(f, list, k)));
      coordinates.store(f, slot(products, k), slope);
    });
    f.repeat(groups, (k) => {
      const e = entry(f, list, k);
      const square = coordinates.square(f, load(products, k));
      const x = coordinates.subtract(f, coordinates.subtract(f, square, xOf(f, e.left)), xOf(f, e.right));
      coordinates.store(f, slot(denominators, k), coordinates.reduce(f, x));
    });
    f.repeat(groups, (k) => {
      const e = entry(f, list, k);
      const x = load(denominators, k);
      const y = coordinates.multiply(f, coordinates.subtract(f, xOf(f, e.left), x), load(products, k));
      finish(e, x, coordinates.reduce(f, coordinates.subtract(f, y, yOf(f, e.left, e.leftSign))));
    });
    f.return(i32.of(1));
  };
  const write = (f: FunctionBuilder, { sum }: Entry, x: Value, y: Value) => {
    coordinates.scatter(f, sum, x, 0);
    coordinates.scatter(f, sum, y, coordinate);
  };

  module.define(
    name,
    2,
    (f, list, groups) =>
      addAll(
        f,
        list,
        groups,
        ({ left, right }) => coordinates.subtract(f, xOf(f, right), xOf(f, left)),
        ({ left, right, leftSign, rightSign }) => coordinates.subtract(f, yOf(f, right, rightSign), yOf(f, left, leftSign)),
        (e, x, y) => write(f, e, x, y),
      ),
    true,
  );

  const lookAt = (f: FunctionBuilder, { left, right, leftSign, rightSign }: Entry): Look => {
    const [xLeft, xRight] = [xOf(f, left), xOf(f, right)];
    const [yLeft, yRight] = [yOf(f, left, leftSign), yOf(f, right, rightSign)];
    const isInfinite = (x: Value, y: Value) => field.and(f, coordinates.isZero(f, x), coordinates.isZero(f, y));
    const [noLeft, noRight] = [isInfinite(xLeft, yLeft), isInfinite(xRight, yRight)];
    const difference = coordinates.subtract(f, xRight, xLeft);
    const sameX = field.andNot(f, coordinates.isZero(f, coordinates.reduce(f, difference)), field.or(f, noLeft, noRight));
    const sameY = coordinates.isZero(f, coordinates.reduce(f, coordinates.subtract(f, yRight, yLeft)));
    const [doubled, opposite] = [field.and(f, sameX, sameY), field.andNot(f, sameX, sameY)];
    return { xLeft, xRight, yLeft, yRight, noLeft, noRight, difference, doubled, opposite };
  };

  module.define(
    `${name}Checked`,
    2,
    (f, list, groups) =>
      addAll(
        f,
        list,
        groups,
        (e) => {
          const { yLeft, noLeft, noRight, difference, doubled, opposite } = lookAt(f, e);
          const twice = coordinates.select(f, coordinates.add(f, yLeft, yLeft), difference, doubled);
          return coordinates.select(f, coordinates.one(f), twice, field.or(f, opposite, field.or(f, noLeft, noRight)));
        },
        (e) => {
          const { xLeft, yLeft, yRight, doubled } = lookAt(f, e);
          const square = coordinates.square(f, xLeft);
          const slope = coordinates.reduce(f, coordinates.add(f, coordinates.add(f, square, square), square));
          return coordinates.select(f, slope, coordinates.subtract(f, yRight, yLeft), doubled);
        },
        (e, x, y) => {
          const { xLeft, xRight, yLeft, yRight, noLeft, noRight, opposite } = lookAt(f, e);
          const zero = coordinates.subtract(f, x, x);
          const choose = (sum: Value, left: Value, right: Value) =>
            coordinates.select(f, right, coordinates.select(f, left, coordinates.select(f, zero, sum, opposite), noRight), noLeft);
          write(f, e, choose(x, xLeft, xRight), choose(y, yLeft, yRight));
        },
      ),
    true,
  );
}
