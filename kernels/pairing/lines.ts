/**
 * Lines through points of the twist, at points of the curve: what a Miller loop multiplies up. A point (x, y) of the twist stands for
 * (x·w², y·w³) on the curve, T is kept projective, and lines are scaled by factors that the final exponentiation makes one
 * (D. F. Aranha, K. Karabina, P. Longa, C. H. Gebotys, J. López, "Faster explicit formulas for computing pairings over ordinary curves",
 * EUROCRYPT 2011, §4.2, without its halves).
 */
import type { QuadraticCoordinates } from '../curve/quadratic-coordinates.ts';
import { Formula, type Scratchpad } from '../field/formula.ts';
import { i32, type I32 } from '../wasm/expression.ts';
import type { ModuleBuilder } from '../wasm/module-builder.ts';
import { twistB } from './twist.ts';

/**
 * Defines, for `lanes` points at once,
 * - `tangent(line, t, p)`: the tangent at T, and T becomes 2T;
 * - `chord(line, t, q, p)`: the line through T and Q, and T becomes T + Q.
 *
 * T is X, Y, Z, and Q is x, y, as complex numbers in a row; p is x, y as such numbers, too. Of the line's six numbers the coefficients of 1, w and
 * vw are written: the others are zero, and whoever calls writes that.
 */
export function defineLines(module: ModuleBuilder, complex: QuadraticCoordinates, leaf: Scratchpad): void {
  const { operations, field } = complex;
  const at = (value: I32, i: number): I32 => i32.add(value, i32.of(i * operations.bytes));
  const writeLine = (g: Formula, line: I32, one: I32, w: I32, vw: I32) => {
    g.write(line, one);
    g.write(at(line, 3), w);
    g.write(at(line, 4), vw);
  };

  // With slope 3X²/2YZ: 2YZ·y − 3X²·x·w + (Y² − 3b·Z²)·w³, since X³ = Y²Z − bZ³.
  module.define('tangent', 3, (f, line, t, p) => {
    const g = new Formula(f, operations, leaf);
    const [x, y, z] = [t, at(t, 1), at(t, 2)];
    const tripleB = g.fresh();
    complex.store(
      f,
      tripleB,
      complex.constant(
        f,
        twistB(field.prime).map((part) => 3n * part),
      ),
    );
    const triple = (value: I32) => g.plus(g.twice(value), value);
    const [xx, yy, zz] = [g.times(x, x), g.times(y, y), g.times(z, z)];
    const e = g.times(tripleB, zz);
    const h = g.twice(g.times(y, z));
    const xy = g.twice(g.times(x, y));
    const tripleE = triple(e);
    const sum = g.plus(yy, tripleE);
    const fourEe = g.twice(g.twice(g.times(e, e)));
    const slope = g.times(triple(xx), p);
    writeLine(g, line, g.times(h, at(p, 1)), g.minus(g.minus(slope, slope), slope), g.minus(yy, e));
    g.write(x, g.times(xy, g.minus(yy, tripleE)));
    g.write(y, g.minus(g.times(sum, sum), triple(fourEe)));
    g.write(z, g.twice(g.twice(g.times(yy, h))));
  });

  // With slope θ/λ for θ = Y − y·Z, λ = X − x·Z: λ·y − θ·x·w + (θ·xQ − λ·yQ)·w³.
  module.define('chord', 4, (f, line, t, q, p) => {
    const g = new Formula(f, operations, leaf);
    const [x, y, z] = [t, at(t, 1), at(t, 2)];
    const [xQ, yQ] = [q, at(q, 1)];
    const theta = g.minus(y, g.times(yQ, z));
    const lambda = g.minus(x, g.times(xQ, z));
    const square = g.times(lambda, lambda);
    const cube = g.times(square, lambda);
    const xSquare = g.times(x, square);
    const h = g.minus(g.plus(cube, g.times(z, g.times(theta, theta))), g.twice(xSquare));
    const slope = g.times(theta, p);
    writeLine(g, line, g.times(lambda, at(p, 1)), g.minus(g.minus(slope, slope), slope), g.minus(g.times(theta, xQ), g.times(lambda, yQ)));
    const sumY = g.minus(g.times(theta, g.minus(xSquare, h)), g.times(cube, y));
    g.write(x, g.times(lambda, h));
    g.write(y, sumY);
    g.write(z, g.times(z, cube));
  });
}
