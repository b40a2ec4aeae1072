/**
 * What the curve's formulas need of the field that their coordinates are in. A value is a pair, of two lanes: every formula works
 * on two points at once. Elements lie in memory one by one, 40 bytes for each of their components; pairs lie apart from them,
 * in scratch memory, 80 bytes a component.
 */
import type { I32, V128 } from '../wasm/expression.ts';
import type { FunctionBuilder } from '../wasm/function-builder.ts';

/** Bytes of one element of the base field in memory. */
export const ELEMENT_BYTES = 40;

export type PairValue = readonly V128[];

export interface Coordinates {
  /** Elements of the base field in one coordinate: 1 for G1, 2 for G2. */
  readonly degree: 1 | 2;
  /** Products, whose factors and result are pairs in memory. One factor may be a sum or difference of two reduced values or products. */
  multiply(f: FunctionBuilder, product: I32, x: I32, y: I32): void;
  /** Of a reduced value or a product alone. */
  square(f: FunctionBuilder, product: I32, x: I32): void;
  /** The inverse of a product; zero for zero. */
  invert(f: FunctionBuilder, inverse: I32, x: I32): void;
  one(f: FunctionBuilder): PairValue;

  load(f: FunctionBuilder, pair: I32): PairValue;
  store(f: FunctionBuilder, pair: I32, value: PairValue): void;
  /** A pair of one element each from two places. */
  gather(f: FunctionBuilder, low: I32, high: I32, offset: number): PairValue;
  scatter(f: FunctionBuilder, low: I32, high: I32, value: PairValue, offset: number): void;

  add(f: FunctionBuilder, x: PairValue, y: PairValue): PairValue;
  subtract(f: FunctionBuilder, x: PairValue, y: PairValue): PairValue;
  /** Fit to be multiplied again, from a sum of up to eight products or reduced values. */
  reduce(f: FunctionBuilder, x: PairValue): PairValue;
  negateWhere(f: FunctionBuilder, x: PairValue, mask: V128): PairValue;
  /** All ones in each lane that is zero, of a reduced value. */
  isZero(f: FunctionBuilder, x: PairValue): V128;
  select(f: FunctionBuilder, yes: PairValue, no: PairValue, mask: V128): PairValue;
}
