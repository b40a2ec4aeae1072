/** Coordinates in the base field, for G1. */
import { ELEMENT_BYTES, LANES, modulo, type Field, type Mask, type Value } from '../field/field.ts';
import type { Operations } from '../field/formula.ts';
import { i32, type I32 } from '../wasm/expression.ts';
import type { FunctionBuilder } from '../wasm/function-builder.ts';
import type { ModuleBuilder, Procedure } from '../wasm/module-builder.ts';
import type { Coordinates } from './coordinates.ts';

const WINDOW = 4;

export class BaseCoordinates implements Coordinates {
  readonly degree = 1;
  readonly bytes = ELEMENT_BYTES;
  readonly field: Field;
  readonly operations: Operations;
  readonly #multiply: Procedure;
  readonly #square: Procedure;
  readonly #invert: Procedure;

  constructor(module: ModuleBuilder, field: Field) {
    this.field = field;
    this.#multiply = module.define('multiply', 3, (f, z, x, y) => field.store(f, z, field.multiply(f, field.load(f, x), field.load(f, y))));
    this.#square = module.define('square', 2, (f, z, x) => field.store(f, z, field.square(f, field.load(f, x))));
    this.operations = {
      bytes: ELEMENT_BYTES * LANES,
      multiply: this.#multiply,
      add: module.define('add', 3, (f, z, x, y) => field.store(f, z, field.reduce(f, field.add(f, field.load(f, x), field.load(f, y))))),
      subtract: module.define('subtract', 3, (f, z, x, y) =>
        field.store(f, z, field.reduce(f, field.subtract(f, field.load(f, x), field.load(f, y)))),
      ),
      copy: module.define('copy', 2, (f, z, x) => field.store(f, z, field.load(f, x))),
    };
    const powers = module.scratch(ELEMENT_BYTES * LANES * 2 ** WINDOW);
    this.#invert = module.define('invert', 2, (f, z, x) => this.#power(f, z, x, field.prime - 2n, powers));
  }

  multiply(f: FunctionBuilder, x: Value, y: Value): Value {
    return this.field.multiply(f, x, y);
  }

  square(f: FunctionBuilder, x: Value): Value {
    return this.field.square(f, x);
  }

  /** By Fermat's little theorem. */
  invert(f: FunctionBuilder, inverse: I32, x: I32): void {
    f.run(this.#invert(inverse, x));
  }

  /** In windows of four bits: x^1 … x^15 in scratch memory, then four squarings and a product for each digit. */
  #power(f: FunctionBuilder, z: I32, x: I32, exponent: bigint, powers: I32): void {
    const power = (digit: number) => i32.add(powers, i32.of(ELEMENT_BYTES * LANES * digit));
    this.store(f, power(1), this.load(f, x));
    for (let digit = 2; digit < 2 ** WINDOW; digit++) f.run(this.#multiply(power(digit), power(digit - 1), x));
    const digits = exponent
      .toString(2 ** WINDOW)
      .split('')
      .map((digit) => parseInt(digit, 2 ** WINDOW));
    this.store(f, z, this.load(f, power(digits[0])));
    for (const digit of digits.slice(1)) {
      for (let bit = 0; bit < WINDOW; bit++) f.run(this.#square(z, z));
      if (digit !== 0) f.run(this.#multiply(z, z, power(digit)));
    }
  }

  one(f: FunctionBuilder): Value {
    return this.constant(f, [1n]);
  }

  constant(f: FunctionBuilder, [integer]: readonly bigint[]): Value {
    return this.field.constant(f, modulo(integer * this.field.radix, this.field.prime));
  }

  load(f: FunctionBuilder, group: I32): Value {
    return this.field.load(f, group);
  }

  store(f: FunctionBuilder, group: I32, value: Value): void {
    this.field.store(f, group, value);
  }

  gather(f: FunctionBuilder, places: readonly I32[], offset: number): Value {
    return this.field.gather(f, places, offset);
  }

  scatter(f: FunctionBuilder, places: readonly I32[], value: Value, offset: number): void {
    this.field.scatter(f, places, value, offset);
  }

  add(f: FunctionBuilder, x: Value, y: Value): Value {
    return this.field.add(f, x, y);
  }

  subtract(f: FunctionBuilder, x: Value, y: Value): Value {
    return this.field.subtract(f, x, y);
  }

  reduce(f: FunctionBuilder, x: Value): Value {
    return this.field.reduce(f, x);
  }

  isZero(f: FunctionBuilder, x: Value): Mask {
    return this.field.isZero(f, x);
  }

  select(f: FunctionBuilder, yes: Value, no: Value, mask: Mask): Value {
    return this.field.select(f, yes, no, mask);
  }

  negateWhere(f: FunctionBuilder, x: Value, mask: Mask): Value {
    return this.field.negateWhere(f, x, mask);
  }
}
