/** Operations on arrays of field elements, as many at once as the field has lanes. */
import { ELEMENT_BYTES, LANES, type Field } from '../field/field.ts';
import { i32, type I32 } from '../wasm/expression.ts';
import type { FunctionBuilder } from '../wasm/function-builder.ts';
import type { ModuleBuilder } from '../wasm/module-builder.ts';

/**
 * Defines, for `groups` times `lanes` elements,
 * - `timesEach(to, x, y, groups)`: to[i] = x[i]·y[i];
 * - `timesOne(to, x, factor, groups)`: to[i] = x[i]·factor[0];
 * - `quotient(to, a, b, c, groups)`: to[i] = a[i]·b[i] − c[i].
 */
export function defineVectors(module: ModuleBuilder, field: Field): void {
  const places = (f: FunctionBuilder, array: I32, k: I32) => {
    const first = f.let(i32.add(array, i32.mul(k, i32.of(LANES * ELEMENT_BYTES))));
    return Array.from({ length: LANES }, (_, lane) => f.let(i32.add(first, i32.of(lane * ELEMENT_BYTES))));
  };
  const load = (f: FunctionBuilder, array: I32, k: I32) => field.gather(f, places(f, array, k), 0);

  module.define('timesEach', 4, (f, to, x, y, groups) =>
    f.repeat(groups, (k) => field.scatter(f, places(f, to, k), field.multiply(f, load(f, x, k), load(f, y, k)), 0)),
  );
  module.define('timesOne', 4, (f, to, x, factor, groups) => {
    const constant = field.gather(f, Array<I32>(LANES).fill(factor), 0);
    f.repeat(groups, (k) => field.scatter(f, places(f, to, k), field.multiply(f, load(f, x, k), constant), 0));
  });
  module.define('quotient', 5, (f, to, a, b, c, groups) =>
    f.repeat(groups, (k) => {
      const product = field.multiply(f, load(f, a, k), load(f, b, k));
      field.scatter(f, places(f, to, k), field.reduce(f, field.subtract(f, product, load(f, c, k))), 0);
    }),
  );
}
