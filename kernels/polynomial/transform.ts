/**
 * Number-theoretic transforms over the scalar field, two butterflies at once.
 *
 * Forward from natural order leaves bit-reversed order behind (decimation in frequency, W. M. Gentleman, G. Sande, 1966); back
 * from bit-reversed order gives natural order (decimation in time, J. W. Cooley, J. W. Tukey, 1965): no pass only reorders.
 * Elements lie in memory one by one, 40 bytes each, reduced between passes.
 */
import { ELEMENT_BYTES } from '../curve/coordinates.ts';
import type { BaseCoordinates } from '../curve/base-coordinates.ts';
import { i32, type I32 } from '../wasm/expression.ts';
import type { FunctionBuilder, Local } from '../wasm/function-builder.ts';
import type { ModuleBuilder } from '../wasm/module-builder.ts';

const element = (array: I32, i: I32): I32 => i32.add(array, i32.mul(i, i32.of(ELEMENT_BYTES)));

/**
 * Defines `fromNatural(data, log, half, roots)` and `toNatural(data, log, half, roots)`: one pass over 2^log ≥ 4 elements, with butterflies
 * over `2^half` elements. `roots` are ω^0 … ω^(n/2 − 1).
 */
export function defineTransform(module: ModuleBuilder, field: BaseCoordinates): void {
  const [t, u] = [module.scratch(2 * ELEMENT_BYTES), module.scratch(2 * ELEMENT_BYTES)];
  const pass = (f: FunctionBuilder, data: I32, log: I32, half: I32, roots: I32, body: (upper: Places, lower: Places, root: Places) => void) => {
    const span = f.let(i32.shl(i32.of(1), half));
    const stride = f.let(i32.sub(i32.sub(log, half), i32.of(1)));
    const places = (j: Local<'i32'>) => {
      const within = f.let(i32.and(j, i32.sub(span, i32.of(1))));
      const upper = f.let(element(data, i32.add(i32.shl(i32.sub(j, within), i32.of(1)), within)));
      return { upper, lower: f.let(i32.add(upper, i32.mul(span, i32.of(ELEMENT_BYTES)))), root: f.let(element(roots, i32.shl(within, stride))) };
    };
    f.repeat(i32.shl(i32.of(1), i32.sub(log, i32.of(2))), (pair) => {
      const [low, high] = [places(f.let(i32.shl(pair, i32.of(1)))), places(f.let(i32.add(i32.shl(pair, i32.of(1)), i32.of(1))))];
      body([low.upper, high.upper], [low.lower, high.lower], [low.root, high.root]);
    });
  };
  const gather = (f: FunctionBuilder, [low, high]: Places) => field.gather(f, low, high, 0);

  module.define('fromNatural', 4, (f, data, log, half, roots) =>
    pass(f, data, log, half, roots, (upper, lower, root) => {
      const [a, b] = [gather(f, upper), gather(f, lower)];
      field.store(f, t, field.subtract(f, a, b));
      field.store(f, u, gather(f, root));
      field.multiply(f, t, t, u);
      field.scatter(f, ...upper, field.reduce(f, field.add(f, a, b)), 0);
      field.scatter(f, ...lower, field.load(f, t), 0);
    }),
  );
  module.define('toNatural', 4, (f, data, log, half, roots) =>
    pass(f, data, log, half, roots, (upper, lower, root) => {
      field.store(f, t, gather(f, lower));
      field.store(f, u, gather(f, root));
      field.multiply(f, t, t, u);
      const [a, b] = [gather(f, upper), field.load(f, t)];
      field.scatter(f, ...upper, field.reduce(f, field.add(f, a, b)), 0);
      field.scatter(f, ...lower, field.reduce(f, field.subtract(f, a, b)), 0);
    }),
  );
}

type Places = readonly [I32, I32];
