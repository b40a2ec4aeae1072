/** Sparse matrices times a vector: two matrices at once, one in each lane, so that no two lanes add to one place. */
import type { BaseCoordinates } from '../curve/base-coordinates.ts';
import { ELEMENT_BYTES } from '../curve/coordinates.ts';
import { i32, type I32 } from '../wasm/expression.ts';
import type { FunctionBuilder } from '../wasm/function-builder.ts';
import type { ModuleBuilder } from '../wasm/module-builder.ts';

const PLACE_BYTES = 8;

/**
 * Defines `addRows(places, values, vector, low, high, count)`: for each k, with the places (row, column) and the values 2k and 2k + 1,
 * low[row] += value·vector[column] of the even ones, high[row] of the odd ones. Rows and columns are 32-bit integers.
 */
export function defineRowSums(module: ModuleBuilder, field: BaseCoordinates): void {
  const [t, u] = [module.scratch(2 * ELEMENT_BYTES), module.scratch(2 * ELEMENT_BYTES)];
  const element = (f: FunctionBuilder, array: I32, i: I32) => f.let(i32.add(array, i32.mul(i, i32.of(ELEMENT_BYTES))));
  module.define('addRows', 6, (f, places, values, vector, low, high, count) =>
    f.repeat(count, (k) => {
      const place = f.let(i32.add(places, i32.mul(k, i32.of(2 * PLACE_BYTES))));
      const value = element(f, values, i32.shl(k, i32.of(1)));
      const [rowLow, columnLow, rowHigh, columnHigh] = [0, 4, 8, 12].map((offset) => i32.load(place, offset)) as [I32, I32, I32, I32];
      field.store(f, t, field.gather(f, value, f.let(i32.add(value, i32.of(ELEMENT_BYTES))), 0));
      field.store(f, u, field.gather(f, element(f, vector, columnLow), element(f, vector, columnHigh), 0));
      field.multiply(f, t, t, u);
      const [toLow, toHigh] = [element(f, low, rowLow), element(f, high, rowHigh)];
      field.scatter(f, toLow, toHigh, field.reduce(f, field.add(f, field.gather(f, toLow, toHigh, 0), field.load(f, t))), 0);
    }),
  );
}
