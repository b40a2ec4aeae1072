/** Operations on arrays of field elements, two at once. */
import type { BaseCoordinates } from '../curve/base-coordinates.ts';
import { ELEMENT_BYTES } from '../curve/coordinates.ts';
import { i32, type I32 } from '../wasm/expression.ts';
import type { FunctionBuilder } from '../wasm/function-builder.ts';
import type { ModuleBuilder } from '../wasm/module-builder.ts';

/**
 * Defines, for `pairs` times two elements,
 * - `timesEach(to, x, y, pairs)`: to[i] = x[i]·y[i];
 * - `timesOne(to, x, factor, pairs)`: to[i] = x[i]·factor[i mod 2];
 * - `quotient(to, a, b, c, pairs)`: to[i] = a[i]·b[i] − c[i].
 */
export function defineVectors(module: ModuleBuilder, field: BaseCoordinates): void {
  const [t, u] = [module.scratch(2 * ELEMENT_BYTES), module.scratch(2 * ELEMENT_BYTES)];
  const at = (f: FunctionBuilder, array: I32, k: I32) => {
    const low = f.let(i32.add(array, i32.mul(k, i32.of(2 * ELEMENT_BYTES))));
    return [low, f.let(i32.add(low, i32.of(ELEMENT_BYTES)))] as const;
  };
  const load = (f: FunctionBuilder, array: I32, k: I32) => field.gather(f, ...at(f, array, k), 0);

  module.define('timesEach', 4, (f, to, x, y, pairs) =>
    f.repeat(pairs, (k) => {
      field.store(f, t, load(f, x, k));
      field.store(f, u, load(f, y, k));
      field.multiply(f, t, t, u);
      field.scatter(f, ...at(f, to, k), field.load(f, t), 0);
    }),
  );
  module.define('timesOne', 4, (f, to, x, factor, pairs) => {
    field.store(f, u, load(f, factor, i32.of(0)));
    f.repeat(pairs, (k) => {
      field.store(f, t, load(f, x, k));
      field.multiply(f, t, t, u);
      field.scatter(f, ...at(f, to, k), field.load(f, t), 0);
    });
  });
  module.define('quotient', 5, (f, to, a, b, c, pairs) =>
    f.repeat(pairs, (k) => {
      field.store(f, t, load(f, a, k));
      field.store(f, u, load(f, b, k));
      field.multiply(f, t, t, u);
      field.scatter(f, ...at(f, to, k), field.reduce(f, field.subtract(f, field.load(f, t), load(f, c, k))), 0);
    }),
  );
}
