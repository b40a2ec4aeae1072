/** Sparse matrices times a vector: entries are dealt to the lanes so that no two lanes add to one row at once. */
import { LANES, type Field } from '../field/field.ts';
import { i32 } from '../wasm/expression.ts';
import type { ModuleBuilder } from '../wasm/module-builder.ts';

/** Three addresses: of the row's sum, of the coefficient, of the vector's element. */
export const ROW_ENTRY_BYTES = 12;

/** Defines `addRows(entries, groups)`: for each entry, sum += coefficient·element. The sums of one group's entries are different ones. */
export function defineRowSums(module: ModuleBuilder, field: Field): void {
  module.define('addRows', 2, (f, entries, groups) =>
    f.repeat(groups, (k) => {
      const at = f.let(i32.add(entries, i32.mul(k, i32.of(LANES * ROW_ENTRY_BYTES))));
      const word = (i: number) => Array.from({ length: LANES }, (_, lane) => f.let(i32.load(at, lane * ROW_ENTRY_BYTES + 4 * i)));
      const [sums, coefficients, elements] = [word(0), word(1), word(2)];
      const product = field.multiply(f, field.gather(f, coefficients, 0), field.gather(f, elements, 0));
      field.scatter(f, sums, field.reduce(f, field.add(f, field.gather(f, sums, 0), product)), 0);
    }),
  );
}
