/** Elements as plain integers below the prime, 32 bytes each, little-endian: what scalars of a sum of points are. */
import type { BaseCoordinates } from '../curve/base-coordinates.ts';
import { ELEMENT_BYTES } from '../curve/coordinates.ts';
import { LIMBS, balancedLimbs, type FusedField } from '../field/fused-field.ts';
import { doubleBits, f64x2, i32, i64x2, v128, type V128 } from '../wasm/expression.ts';
import type { FunctionBuilder, Local } from '../wasm/function-builder.ts';
import type { ModuleBuilder } from '../wasm/module-builder.ts';

const INTEGER_BYTES = 32;
const LOW = 1.5 * 2 ** 52;
const LIMB_MASK = (1n << 51n) - 1n;

/** Defines `toIntegers(to, from, pairs)`. */
export function defineIntegers(module: ModuleBuilder, field: FusedField, coordinates: BaseCoordinates): void {
  const prime = Array.from({ length: LIMBS }, (_, i) => i64x2.of((field.prime >> (51n * BigInt(i))) & LIMB_MASK));
  module.define('toIntegers', 3, (f, to, from, pairs) =>
    f.repeat(pairs, (k) => {
      const low = f.let(i32.add(from, i32.mul(k, i32.of(2 * ELEMENT_BYTES))));
      const element = coordinates.gather(f, low, f.let(i32.add(low, i32.of(ELEMENT_BYTES))), 0);
      // Out of the Montgomery form, from −p to p.
      const one = balancedLimbs(1n, field.prime).map((limb) => f64x2.of(limb));
      const plain = field.reduce(f, field.multiply(f, element, one));
      const signed = plain.map((limb) => f.let(i64x2.sub(f64x2.add(limb, f64x2.of(LOW)), i64x2.of(doubleBits(LOW)))));
      carry(f, signed);
      // All ones where the top limb, and so the value, is negative.
      const negative = f.let(i64x2.shrSigned(signed[LIMBS - 1]!, 63));
      const positive = signed.map((limb, i) => f.let(i64x2.add(limb, v128.and(negative, prime[i]!))));
      carry(f, positive);
      const words = pack(positive);
      const out = f.let(i32.add(to, i32.mul(k, i32.of(2 * INTEGER_BYTES))));
      words.forEach((word, i) => {
        const bits = f.let(word);
        f.storeLane(out, bits, 0, 8 * i);
        f.storeLane(out, bits, 1, 8 * i + INTEGER_BYTES);
      });
    }),
  );
}

/** Limbs from 0 to 2^51, but for the top one, which keeps the sign. */
function carry(f: FunctionBuilder, limbs: readonly Local<'v128'>[]): void {
  limbs.slice(0, -1).forEach((limb, i) => {
    const above = limbs[i + 1]!;
    f.set(above, i64x2.add(above, i64x2.shrSigned(limb, 51)));
    f.set(limb, v128.and(limb, i64x2.of(LIMB_MASK)));
  });
}

/** Five limbs of 51 bits as four words of 64. */
function pack(limbs: readonly V128[]): V128[] {
  const [a, b, c, d, e] = limbs as [V128, V128, V128, V128, V128];
  const join = (below: V128, right: number, above: V128, left: number) =>
    v128.or(right === 0 ? below : i64x2.shrUnsigned(below, right), i64x2.shl(above, left));
  return [join(a, 0, b, 51), join(b, 13, c, 38), join(c, 26, d, 25), join(d, 39, e, 12)];
}
