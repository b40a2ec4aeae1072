/** Coordinates in the base field, for G1. */
import type { Limbs, FusedField } from '../field/fused-field.ts';
import { FUSED_RADIX, LIMBS, balancedLimbs } from '../field/fused-field.ts';
import { f64x2, i32, i64x2, v128, type I32, type V128 } from '../wasm/expression.ts';
import type { FunctionBuilder } from '../wasm/function-builder.ts';
import type { ModuleBuilder, Procedure } from '../wasm/module-builder.ts';
import type { Coordinates, PairValue } from './coordinates.ts';

const PAIR_BYTES = 16 * LIMBS;
const WINDOW = 4;

export class BaseCoordinates implements Coordinates {
  readonly degree = 1;
  readonly #field: FusedField;
  readonly #multiply: Procedure;
  readonly #square: Procedure;
  readonly #invert: Procedure;

  constructor(module: ModuleBuilder, field: FusedField) {
    this.#field = field;
    this.#multiply = module.define('multiply', 3, (f, z, x, y) => field.store(f, z, field.multiply(f, field.load(f, x), field.load(f, y))));
    this.#square = module.define('square', 2, (f, z, x) => field.store(f, z, field.square(f, field.load(f, x))));
    const powers = module.scratch(PAIR_BYTES * 2 ** WINDOW);
    this.#invert = module.define('invert', 2, (f, z, x) => this.#power(f, z, x, field.prime - 2n, powers));
  }

  multiply(f: FunctionBuilder, product: I32, x: I32, y: I32): void {
    f.run(this.#multiply(product, x, y));
  }

  square(f: FunctionBuilder, product: I32, x: I32): void {
    f.run(this.#square(product, x));
  }

  /** By Fermat's little theorem. */
  invert(f: FunctionBuilder, inverse: I32, x: I32): void {
    f.run(this.#invert(inverse, x));
  }

  /** In windows of four bits: x^1 … x^15 in scratch memory, then four squarings and a product for each digit. */
  #power(f: FunctionBuilder, z: I32, x: I32, exponent: bigint, powers: I32): void {
    const power = (digit: number) => i32.add(powers, i32.of(PAIR_BYTES * digit));
    this.store(f, power(1), this.load(f, x));
    for (let digit = 2; digit < 2 ** WINDOW; digit++) this.multiply(f, power(digit), power(digit - 1), x);
    const digits = exponent
      .toString(2 ** WINDOW)
      .split('')
      .map((digit) => parseInt(digit, 2 ** WINDOW));
    this.store(f, z, this.load(f, power(digits[0]!)));
    for (const digit of digits.slice(1)) {
      for (let bit = 0; bit < WINDOW; bit++) this.square(f, z, z);
      if (digit !== 0) this.multiply(f, z, z, power(digit));
    }
  }

  one(f: FunctionBuilder): PairValue {
    return balancedLimbs(FUSED_RADIX % this.#field.prime, this.#field.prime).map((limb) => f.let(f64x2.of(limb)));
  }

  load(f: FunctionBuilder, pair: I32): PairValue {
    return this.#field.load(f, pair);
  }

  store(f: FunctionBuilder, pair: I32, value: PairValue): void {
    this.#field.store(f, pair, value);
  }

  gather(f: FunctionBuilder, low: I32, high: I32, offset: number): Limbs {
    const rows = [0, 16].map((at) => [f.let(v128.load(low, offset + at)), f.let(v128.load(high, offset + at))] as const);
    const limbs = rows.flatMap(([a, b]) => [f.let(i64x2.shuffle(a, b, 0, 2)), f.let(i64x2.shuffle(a, b, 1, 3))]);
    return [...limbs, f.let(v128.loadHigh(high, v128.loadLow(low, offset + 32), offset + 32))];
  }

  scatter(f: FunctionBuilder, low: I32, high: I32, value: PairValue, offset: number): void {
    [0, 2].forEach((limb) => {
      f.store(low, i64x2.shuffle(value[limb]!, value[limb + 1]!, 0, 2), offset + 8 * limb);
      f.store(high, i64x2.shuffle(value[limb]!, value[limb + 1]!, 1, 3), offset + 8 * limb);
    });
    f.storeLane(low, value[4]!, 0, offset + 32);
    f.storeLane(high, value[4]!, 1, offset + 32);
  }

  add(f: FunctionBuilder, x: PairValue, y: PairValue): PairValue {
    return this.#field.add(f, x, y);
  }

  subtract(f: FunctionBuilder, x: PairValue, y: PairValue): PairValue {
    return this.#field.subtract(f, x, y);
  }

  reduce(f: FunctionBuilder, x: PairValue): PairValue {
    return this.#field.reduce(f, x);
  }

  negateWhere(f: FunctionBuilder, x: PairValue, mask: V128): PairValue {
    const sign = f.let(i64x2.shl(mask, 63));
    return x.map((limb) => f.let(v128.xor(limb, sign)));
  }

  isZero(f: FunctionBuilder, x: PairValue): V128 {
    const zero = f64x2.of(0);
    return f.let(x.map((limb) => f64x2.equal(limb, zero)).reduce((all, limb) => v128.and(all, limb)));
  }

  select(f: FunctionBuilder, yes: PairValue, no: PairValue, mask: V128): PairValue {
    return yes.map((limb, i) => f.let(v128.select(limb, no[i]!, mask)));
  }
}
