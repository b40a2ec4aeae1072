/**
 * The field that BN254's pairing has its values in, as a tower: i² = −1, v³ = ξ = 9 + i, w² = v. A value is six complex numbers in a row,
 * the coefficients of 1, v, v², w, vw, v²w; `lanes` values at once (A. J. Devegili, M. Scott, R. Dahab, "Implementing cryptographic
 * pairings over Barreto–Naehrig curves", Pairing 2007).
 */
import { partsOf, type QuadraticCoordinates } from '../curve/quadratic-coordinates.ts';
import { Formula, Scratchpad } from '../field/formula.ts';
import { i32, type I32 } from '../wasm/expression.ts';
import type { ModuleBuilder, Procedure } from '../wasm/module-builder.ts';
import { frobeniusFactors } from './twist.ts';

/** Complex numbers in a value. */
export const COEFFICIENTS = 6;

type Three = readonly [I32, I32, I32];

/**
 * Defines `multiply12(z, x, y)`, `square12(z, x)`, `conjugate12(z, x)`, `frobenius12(z, x)` and `inverse12(z, x)`, where z may be x or y.
 * @param leaf for formulas that call arithmetic of complex numbers alone
 */
export function defineTower(module: ModuleBuilder, complex: QuadraticCoordinates, leaf: Scratchpad): void {
  const { operations, field } = complex;
  const { bytes } = operations;
  const at = (value: I32, i: number): I32 => (i === 0 ? value : i32.add(value, i32.of(i * bytes)));
  const three = (value: I32, from = 0): Three => [at(value, from), at(value, from + 1), at(value, from + 2)];

  const timesXi = module.define('timesXi', 2, (f, z, x) => {
    const [a, b] = partsOf(complex.load(f, x));
    const fourfold = [a, b].map((part) => {
      const double = field.add(f, part, part);
      return field.reduce(f, field.add(f, double, double));
    });
    const ninefold = [a, b].map((part, i) => field.add(f, field.add(f, fourfold[i], fourfold[i]), part));
    complex.store(f, z, [...field.reduce(f, field.subtract(f, ninefold[0], b)), ...field.reduce(f, field.add(f, ninefold[1], a))]);
  });
  const conjugate = module.define('conjugate2', 2, (f, z, x) => {
    const [a, b] = partsOf(complex.load(f, x));
    complex.store(f, z, [...a, ...field.subtract(f, field.subtract(f, b, b), b)]);
  });

  /** Six products instead of nine. */
  const multiply6 = module.define('multiply6', 3, (f, z, x, y) => {
    const g = new Formula(f, operations, leaf);
    const [a, b] = [three(x), three(y)];
    const [v0, v1, v2] = a.map((part, i) => g.times(part, b[i]));
    const cross = (i: number, j: number) => g.times(g.plus(a[i], a[j]), g.plus(b[i], b[j]));
    const results: Three = [
      g.plus(v0, g.of(timesXi, g.minus(cross(1, 2), g.plus(v1, v2)))),
      g.plus(g.minus(cross(0, 1), g.plus(v0, v1)), g.of(timesXi, v2)),
      g.plus(g.minus(cross(0, 2), g.plus(v0, v2)), v1),
    ];
    results.forEach((value, i) => g.write(at(z, i), value));
  });

  /** Halves of a value, which are in the field of degree six, and what is done with them. */
  const halves = new Scratchpad(module, 3 * bytes);
  const eachPart =
    (operation: Procedure): Procedure =>
    (z, x, y) =>
      [0, 1, 2].map((i) => operation(at(z, i), at(x, i), at(y, i)));
  const ofHalves = {
    bytes: 3 * bytes,
    multiply: multiply6,
    add: eachPart(operations.add),
    subtract: eachPart(operations.subtract),
    copy: (z: I32, x: I32) => [0, 1, 2].map((i) => operations.copy(at(z, i), at(x, i))),
  };
  /** v·(a + bv + cv²) = ξc + av + bv² */
  const timesV: Procedure = (z, x) => [timesXi(at(z, 0), at(x, 2)), operations.copy(at(z, 1), at(x, 0)), operations.copy(at(z, 2), at(x, 1))];
  const define12 = (name: string, values: number, body: (g: Formula, z: readonly [I32, I32], ...args: (readonly [I32, I32])[]) => void) =>
    module.define(name, values, (f, ...args) => {
      const [z, ...given] = args.map((value) => [value, at(value, 3)] as const);
      body(new Formula(f, ofHalves, halves), z, ...given);
    });

  define12('multiply12', 3, (g, [z0, z1], [a, b], [c, d]) => {
    const [ac, bd] = [g.times(a, c), g.times(b, d)];
    const cross = g.minus(g.times(g.plus(a, b), g.plus(c, d)), g.plus(ac, bd));
    g.write(z0, g.plus(ac, g.of(timesV, bd)));
    g.write(z1, cross);
  });
  // a² + vb² = (a + b)(a + vb) − ab − vab
  define12('square12', 2, (g, [z0, z1], [a, b]) => {
    const ab = g.times(a, b);
    const mixed = g.times(g.plus(a, b), g.plus(a, g.of(timesV, b)));
    g.write(z0, g.minus(mixed, g.plus(ab, g.of(timesV, ab))));
    g.write(z1, g.twice(ab));
  });
  // The power p⁶.
  define12('conjugate12', 2, (g, [z0, z1], [a, b]) => {
    const negated = g.minus(g.minus(b, b), b);
    g.write(z0, a);
    g.write(z1, negated);
  });

  // The power p: w^i becomes w^i·ξ^(i(p − 1)/6), and 1, v, v², w, vw, v²w are w⁰, w², w⁴, w¹, w³, w⁵.
  const factors = frobeniusFactors(field.prime);
  module.define('frobenius12', 2, (f, z, x) => {
    const g = new Formula(f, operations, leaf);
    [0, 2, 4, 1, 3, 5].forEach((power, i) => {
      const factor = g.fresh();
      complex.store(f, factor, complex.constant(f, factors[power]));
      g.write(at(z, i), g.times(g.of(conjugate, at(x, i)), factor));
    });
  });

  // 1/(a + bv + cv²): with A = a² − ξbc, B = ξc² − ab, C = b² − ac it is (A + Bv + Cv²)/(aA + ξ(cB + bC)).
  const inverse6 = module.define('inverse6', 2, (f, z, x) => {
    const g = new Formula(f, operations, leaf);
    const [a, b, c] = three(x);
    const xi = (value: I32) => g.of(timesXi, value);
    const A = g.minus(g.times(a, a), xi(g.times(b, c)));
    const B = g.minus(xi(g.times(c, c)), g.times(a, b));
    const C = g.minus(g.times(b, b), g.times(a, c));
    const norm = g.plus(g.times(a, A), xi(g.plus(g.times(c, B), g.times(b, C))));
    const inverse = g.fresh();
    complex.invert(f, inverse, norm);
    [A, B, C].forEach((value, i) => g.write(at(z, i), g.times(value, inverse)));
  });
  // 1/(a + bw) = (a − bw)/(a² − vb²)
  define12('inverse12', 2, (g, [z0, z1], [a, b]) => {
    const inverse = g.of(inverse6, g.minus(g.times(a, a), g.of(timesV, g.times(b, b))));
    const negated = g.minus(g.minus(b, b), b);
    const [real, rest] = [g.times(a, inverse), g.times(negated, inverse)];
    g.write(z0, real);
    g.write(z1, rest);
  });
}
