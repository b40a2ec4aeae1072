/** What the curve's formulas need of the field that their coordinates are in: the base field for G1, its quadratic extension for G2. */
import type { Field, Mask, Value } from '../field/field.ts';
import type { I32 } from '../wasm/expression.ts';
import type { FunctionBuilder } from '../wasm/function-builder.ts';

export interface Coordinates {
  /** Elements of the base field in one coordinate: 1 for G1, 2 for G2. */
  readonly degree: 1 | 2;
  /** The base field. */
  readonly field: Field;
  readonly lanes: 1 | 4;
  /** Bytes of one coordinate in memory. */
  readonly bytes: number;

  /** Products, of factors as `Field` bounds them. */
  multiply(f: FunctionBuilder, x: Value, y: Value): Value;
  square(f: FunctionBuilder, x: Value): Value;
  /** The inverse of a product or reduced value, both groups in memory; zero for zero. */
  invert(f: FunctionBuilder, inverse: I32, x: I32): void;
  one(f: FunctionBuilder): Value;

  load(f: FunctionBuilder, group: I32): Value;
  store(f: FunctionBuilder, group: I32, value: Value): void;
  gather(f: FunctionBuilder, places: readonly I32[], offset: number): Value;
  scatter(f: FunctionBuilder, places: readonly I32[], value: Value, offset: number): void;

  add(f: FunctionBuilder, x: Value, y: Value): Value;
  subtract(f: FunctionBuilder, x: Value, y: Value): Value;
  reduce(f: FunctionBuilder, x: Value): Value;
  isZero(f: FunctionBuilder, x: Value): Mask;
  select(f: FunctionBuilder, yes: Value, no: Value, mask: Mask): Value;
  negateWhere(f: FunctionBuilder, x: Value, mask: Mask): Value;
}
