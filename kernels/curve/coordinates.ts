/** What the curve's formulas need of the field that their coordinates are in: the base field for G1, its quadratic extension for G2. */
import type { Arithmetic, Field, Value } from '../field/field.ts';
import type { Operations } from '../field/formula.ts';
import type { I32 } from '../wasm/expression.ts';
import type { FunctionBuilder } from '../wasm/function-builder.ts';

export interface Coordinates extends Arithmetic {
  /** Elements of the base field in one coordinate: 1 for G1, 2 for G2. */
  readonly degree: 1 | 2;
  /** The base field. */
  readonly field: Field;
  /** Bytes of one coordinate in memory. */
  readonly bytes: number;

  /** The same arithmetic as procedures over groups in memory. */
  readonly operations: Operations;

  one(f: FunctionBuilder): Value;
  /** From integers, as many as there are parts: the elements that stand for them. */
  constant(f: FunctionBuilder, integers: readonly bigint[]): Value;
  /** The inverse of a product or reduced value, both groups in memory; zero for zero. */
  invert(f: FunctionBuilder, inverse: I32, x: I32): void;
}
