/** Elements as files hold them, 32 bytes little-endian with a Montgomery factor of their own or none, become elements as the kernel counts, and integers again. */
import { i32, type I32 } from '../wasm/expression.ts';
import type { FunctionBuilder } from '../wasm/function-builder.ts';
import type { ModuleBuilder } from '../wasm/module-builder.ts';
import { ELEMENT_BYTES, inverseModulo, LANES, type Field } from './field.ts';

export const INTEGER_BYTES = 32;

const places = (f: FunctionBuilder, array: I32, k: I32, bytes: number): readonly I32[] => {
  const first = f.let(i32.add(array, i32.mul(k, i32.of(LANES * bytes))));
  return Array.from({ length: LANES }, (_, lane) => f.let(i32.add(first, i32.of(lane * bytes))));
};

/** Defines `name(to, from, groups)`, which reads `value·factor` and writes the element `value`. Integers must be below 2^255. */
export function defineReading(module: ModuleBuilder, name: string, field: Field, factor: bigint): void {
  // value·factor · (R²/factor) / R = value·R
  const correction = (field.radix * field.radix * inverseModulo(factor, field.prime)) % field.prime;
  module.define(name, 3, (f, to, from, groups) => {
    const constant = field.constant(f, correction);
    f.repeat(groups, (k) => {
      const integers = field.gatherIntegers(f, places(f, from, k, INTEGER_BYTES));
      field.scatter(f, places(f, to, k, ELEMENT_BYTES), field.reduce(f, field.multiply(f, integers, constant)), 0);
    });
  });
}

/** Defines `name(to, from, groups)`, which writes elements as integers from 0 to p − 1, times `factor`. */
export function defineWriting(module: ModuleBuilder, name: string, field: Field, factor: bigint): void {
  module.define(name, 3, (f, to, from, groups) => {
    const constant = field.constant(f, factor % field.prime);
    f.repeat(groups, (k) => {
      const elements = field.gather(f, places(f, from, k, ELEMENT_BYTES), 0);
      field.scatterIntegers(f, places(f, to, k, INTEGER_BYTES), field.multiply(f, elements, constant));
    });
  });
}
