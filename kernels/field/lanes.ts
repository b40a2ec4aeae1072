/** Elements from anywhere in memory, side by side in the lanes of groups, and back. */
import { i32, type I32 } from '../wasm/expression.ts';
import type { FunctionBuilder } from '../wasm/function-builder.ts';
import type { ModuleBuilder } from '../wasm/module-builder.ts';
import { ELEMENT_BYTES, LANES, type Field } from './field.ts';

/**
 * Defines, for `count` elements in a row at each of the `lanes` addresses that `places` lists,
 * - `toGroups(groups, places, count)`: one group after the other;
 * - `toElements(places, groups, count)`: the way back.
 */
export function defineLanes(module: ModuleBuilder, field: Field): void {
  const each = (f: FunctionBuilder, places: I32, count: I32, move: (elements: readonly I32[], offset: I32) => void) => {
    const starts = Array.from({ length: LANES }, (_, lane) => f.let(i32.load(places, 4 * lane)));
    f.repeat(count, (i) => {
      const offset = f.let(i32.mul(i, i32.of(ELEMENT_BYTES)));
      move(
        starts.map((start) => f.let(i32.add(start, offset))),
        f.let(i32.mul(offset, i32.of(LANES))),
      );
    });
  };
  module.define('toGroups', 3, (f, groups, places, count) =>
    each(f, places, count, (elements, offset) => field.store(f, f.let(i32.add(groups, offset)), field.gather(f, elements, 0))),
  );
  module.define('toElements', 3, (f, places, groups, count) =>
    each(f, places, count, (elements, offset) => field.scatter(f, elements, field.load(f, f.let(i32.add(groups, offset))), 0)),
  );
}
