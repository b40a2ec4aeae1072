/** Elements as files hold them become elements as the kernel counts: 32 bytes, little-endian, in Montgomery form with R = 2^256, to limbs with R = 2^255. */
import { FUSED_RADIX, balancedLimbs, type FusedField } from '../field/fused-field.ts';
import { f64x2, i32, i64x2, v128, type I32, type V128 } from '../wasm/expression.ts';
import type { FunctionBuilder } from '../wasm/function-builder.ts';
import type { ModuleBuilder } from '../wasm/module-builder.ts';
import type { BaseCoordinates } from './base-coordinates.ts';
import { ELEMENT_BYTES } from './coordinates.ts';

const FILE_BYTES = 32;
const FILE_RADIX = 1n << 256n;

/** Defines `name(to, from, pairs)`: twice as many elements, one after the other in both places. */
export function defineConversion(module: ModuleBuilder, name: string, field: FusedField, coordinates: BaseCoordinates): void {
  // x·2^256 · (2^255·2^255/2^256) / 2^255 = x·2^255
  const factor = ((FUSED_RADIX * FUSED_RADIX) / FILE_RADIX) % field.prime;
  module.define(name, 3, (f, to, from, pairs) =>
    f.repeat(pairs, (k) => {
      const low = f.let(i32.add(from, i32.mul(k, i32.of(2 * FILE_BYTES))));
      const limbs = unpack(f, low, i32.add(low, i32.of(FILE_BYTES)));
      const converted = field.multiply(
        f,
        limbs,
        balancedLimbs(factor, field.prime).map((limb) => f64x2.of(limb)),
      );
      const out = f.let(i32.add(to, i32.mul(k, i32.of(2 * ELEMENT_BYTES))));
      coordinates.scatter(f, out, f.let(i32.add(out, i32.of(ELEMENT_BYTES))), field.reduce(f, converted), 0);
    }),
  );
}

/** Two elements of four 64-bit words as five limbs of 51 bits each, as doubles: the bits of 2^52 above them make an integer one. */
function unpack(f: FunctionBuilder, low: I32, high: I32): readonly V128[] {
  const words = [0, 8, 16, 24].map((offset) => f.let(v128.loadHigh(high, v128.loadLow(low, offset), offset)));
  const [w0, w1, w2, w3] = words as [V128, V128, V128, V128];
  const across = (below: V128, right: number, above: V128, left: number) => v128.or(i64x2.shrUnsigned(below, right), i64x2.shl(above, left));
  const bits = [w0, across(w0, 51, w1, 13), across(w1, 38, w2, 26), across(w2, 25, w3, 39), i64x2.shrUnsigned(w3, 12)];
  const mask = i64x2.of((1n << 51n) - 1n);
  return bits.map((limb) => f.let(f64x2.sub(v128.or(v128.and(limb, mask), f64x2.of(2 ** 52)), f64x2.of(2 ** 52))));
}
