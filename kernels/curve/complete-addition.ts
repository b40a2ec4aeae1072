/**
 * Addition and doubling on y² = x³ + b in projective coordinates, x = X/Z and y = Y/Z, by formulas without exceptions on points that
 * are not of order two (J. Renes, C. Costello, L. Batina, "Complete addition formulas for prime order elliptic curves", EUROCRYPT 2016,
 * algorithms 7 and 9). Slower than additions in batches, and for points that come one by one. Infinity is (0, 1, 0).
 */
import { Formula, type Scratchpad } from '../field/formula.ts';
import { i32, type I32 } from '../wasm/expression.ts';
import type { FunctionBuilder } from '../wasm/function-builder.ts';
import type { ModuleBuilder } from '../wasm/module-builder.ts';
import type { Coordinates } from './coordinates.ts';

/**
 * Defines `sum(z, p, q)` and `double(z, p)` for `lanes` points at once, with the degree behind their names: each point is three
 * coordinates in a row, and z may be p or q.
 * @param b integers, as many as a coordinate has parts
 */
export function defineCompleteAddition(module: ModuleBuilder, coordinates: Coordinates, b: readonly bigint[], pad: Scratchpad): void {
  const { degree, operations } = coordinates;
  const parts = (point: I32): readonly [I32, I32, I32] => [
    point,
    i32.add(point, i32.of(operations.bytes)),
    i32.add(point, i32.of(2 * operations.bytes)),
  ];
  const begin = (f: FunctionBuilder) => {
    const formula = new Formula(f, operations, pad);
    const tripleB = formula.fresh();
    coordinates.store(
      f,
      tripleB,
      coordinates.constant(
        f,
        b.map((part) => 3n * part),
      ),
    );
    return { formula, tripleB };
  };
  const finish = (formula: Formula, to: I32, ...values: readonly [I32, I32, I32]) => parts(to).forEach((place, i) => formula.write(place, values[i]));

  module.define(`sum${degree}`, 3, (f, z, p, q) => {
    const { formula, tripleB } = begin(f);
    const times = formula.times.bind(formula);
    const plus = formula.plus.bind(formula);
    const minus = formula.minus.bind(formula);
    const [x1, y1, z1] = parts(p);
    const [x2, y2, z2] = parts(q);
    const [xx, yy, zz] = [times(x1, x2), times(y1, y2), times(z1, z2)];
    // x1·y2 + x2·y1 and so on, each by one product.
    const xy = minus(times(plus(x1, y1), plus(x2, y2)), plus(xx, yy));
    const yz = minus(times(plus(y1, z1), plus(y2, z2)), plus(yy, zz));
    const xz = minus(times(plus(x1, z1), plus(x2, z2)), plus(xx, zz));
    const tripleXx = plus(formula.twice(xx), xx);
    const bzz = times(tripleB, zz);
    const bxz = times(tripleB, xz);
    const [above, below] = [plus(yy, bzz), minus(yy, bzz)];
    finish(
      formula,
      z,
      minus(times(xy, below), times(yz, bxz)),
      plus(times(below, above), times(bxz, tripleXx)),
      plus(times(yz, above), times(tripleXx, xy)),
    );
  });
  module.define(`double${degree}`, 2, (f, z, p) => {
    const { formula, tripleB } = begin(f);
    const [x, y, w] = parts(p);
    const yy = formula.times(y, y);
    const eightYy = formula.twice(formula.twice(formula.twice(yy)));
    const bzz = formula.times(tripleB, formula.times(w, w));
    const below = formula.minus(yy, formula.plus(formula.twice(bzz), bzz));
    finish(
      formula,
      z,
      formula.twice(formula.times(below, formula.times(x, y))),
      formula.plus(formula.times(bzz, eightYy), formula.times(below, formula.plus(yy, bzz))),
      formula.times(formula.times(y, w), eightYy),
    );
  });
}
