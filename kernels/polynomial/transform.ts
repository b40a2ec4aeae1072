/**
 * Number-theoretic transforms over the scalar field, a few butterflies at once.
 *
 * Forward from natural order leaves bit-reversed order behind (decimation in frequency, W. M. Gentleman, G. Sande, 1966); back
 * from bit-reversed order gives natural order (decimation in time, J. W. Cooley, J. W. Tukey, 1965): no pass only reorders.
 * Elements lie in memory one by one, and are reduced between passes.
 */
import { ELEMENT_BYTES, LANES, type Field, type Value } from '../field/field.ts';
import { i32, type I32 } from '../wasm/expression.ts';
import type { FunctionBuilder } from '../wasm/function-builder.ts';
import type { ModuleBuilder } from '../wasm/module-builder.ts';

const element = (array: I32, i: I32): I32 => i32.add(array, i32.mul(i, i32.of(ELEMENT_BYTES)));

/**
 * Defines `fromNatural(data, log, half, roots, stride)` and `toNatural(…)`: one pass over 2^log ≥ 2 elements, with butterflies over
 * `2^half` elements. `roots[i·2^stride]` is the i-th power of a root of unity of order 2^(half + 1).
 */
export function defineTransform(module: ModuleBuilder, field: Field): void {
  const pass = (name: string, butterfly: (f: FunctionBuilder, a: Value, b: Value, root: Value) => readonly [Value, Value]) =>
    module.define(name, 5, (f, data, log, half, roots, stride) => {
      const span = f.let(i32.shl(i32.of(1), half));
      const butterflies = f.let(i32.shrUnsigned(i32.shl(i32.of(1), log), i32.of(1)));
      const groups = f.let(i32.shrUnsigned(i32.add(butterflies, i32.of(LANES - 1)), i32.of(Math.log2(LANES))));
      f.repeat(groups, (group) => {
        const places = Array.from({ length: LANES }, (_, lane) => {
          // Fewer butterflies than lanes: some are made twice, of what was there before.
          const j = f.let(i32.and(i32.add(i32.mul(group, i32.of(LANES)), i32.of(lane)), i32.sub(butterflies, i32.of(1))));
          const within = f.let(i32.and(j, i32.sub(span, i32.of(1))));
          const upper = f.let(element(data, i32.add(i32.shl(i32.sub(j, within), i32.of(1)), within)));
          return { upper, lower: f.let(element(upper, span)), root: f.let(element(roots, i32.shl(within, stride))) };
        });
        const [upper, lower, root] = [places.map((place) => place.upper), places.map((place) => place.lower), places.map((place) => place.root)];
        const [a, b] = butterfly(f, field.gather(f, upper, 0), field.gather(f, lower, 0), field.gather(f, root, 0));
        field.scatter(f, upper, a, 0);
        field.scatter(f, lower, b, 0);
      });
    });
  pass('fromNatural', (f, a, b, root) => [field.reduce(f, field.add(f, a, b)), field.multiply(f, field.subtract(f, a, b), root)]);
  pass('toNatural', (f, a, b, root) => {
    const t = field.multiply(f, b, root);
    return [field.reduce(f, field.add(f, a, t)), field.reduce(f, field.subtract(f, a, t))];
  });
}
