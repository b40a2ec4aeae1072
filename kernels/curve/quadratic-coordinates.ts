/** Coordinates in the quadratic extension of the base field, a + bi with i² = −1, for G2. In memory the two parts follow each other. */
import { ELEMENT_BYTES, LANES, type Field, type Mask, type Value } from '../field/field.ts';
import type { Operations } from '../field/formula.ts';
import { i32, type I32 } from '../wasm/expression.ts';
import type { FunctionBuilder } from '../wasm/function-builder.ts';
import type { ModuleBuilder, Procedure } from '../wasm/module-builder.ts';
import type { BaseCoordinates } from './base-coordinates.ts';
import type { Coordinates } from './coordinates.ts';

export class QuadraticCoordinates implements Coordinates {
  readonly degree = 2;
  readonly bytes = 2 * ELEMENT_BYTES;
  readonly field: Field;
  readonly operations: Operations;
  readonly #base: BaseCoordinates;
  readonly #invert: Procedure;
  readonly #multiply: Procedure;
  readonly #square: Procedure;
  /** Where a product and its factors are while they are multiplied. */
  readonly #room: readonly [I32, I32, I32];

  constructor(module: ModuleBuilder, base: BaseCoordinates) {
    this.#base = base;
    const { field } = base;
    this.field = field;
    const [s, t] = [module.scratch(ELEMENT_BYTES * LANES), module.scratch(ELEMENT_BYTES * LANES)];
    this.#room = [0, 1, 2].map(() => module.scratch(2 * ELEMENT_BYTES * LANES)) as [I32, I32, I32];
    this.#multiply = module.define('multiply2', 3, (f, z, x, y) => field.multiplyComplex(f, z, x, y));
    this.operations = {
      bytes: 2 * ELEMENT_BYTES * LANES,
      multiply: this.#multiply,
      add: module.define('plus2', 3, (f, z, x, y) => this.store(f, z, this.reduce(f, this.add(f, this.load(f, x), this.load(f, y))))),
      subtract: module.define('minus2', 3, (f, z, x, y) => this.store(f, z, this.reduce(f, this.subtract(f, this.load(f, x), this.load(f, y))))),
      copy: module.define('copy2', 2, (f, z, x) => this.store(f, z, this.load(f, x))),
    };
    // (a + bi)² = (a + b)(a − b) + 2abi, and a and b are read twice, as in a product.
    this.#square = module.define('square2', 2, (f, z, x) => {
      const read = () => partsOf(this.load(f, x));
      const [a, b] = read();
      base.store(f, z, field.multiply(f, field.add(f, a, b), field.reduce(f, field.subtract(f, a, b))));
      const [c, d] = read();
      base.store(f, this.#imaginary(z), field.multiply(f, field.add(f, c, c), d));
    });
    // 1 / (a + bi) = (a − bi) / (a² + b²)
    this.#invert = module.define('inverseOf2', 2, (f, z, x) => {
      const [a, b] = partsOf(this.load(f, x));
      field.store(f, s, field.reduce(f, field.add(f, field.square(f, a), field.square(f, b))));
      base.invert(f, t, s);
      const inverse = field.load(f, t);
      const imaginary = field.multiply(f, b, inverse);
      this.store(f, z, [...field.multiply(f, a, inverse), ...field.subtract(f, field.subtract(f, imaginary, imaginary), imaginary)]);
    });
  }

  multiply(f: FunctionBuilder, x: Value, y: Value): Value {
    const [product, left, right] = this.#room;
    this.store(f, left, x);
    this.store(f, right, y);
    f.run(this.#multiply(product, left, right));
    return this.load(f, product);
  }

  square(f: FunctionBuilder, x: Value): Value {
    const [square, root] = this.#room;
    this.store(f, root, x);
    f.run(this.#square(square, root));
    return this.load(f, square);
  }

  invert(f: FunctionBuilder, inverse: I32, x: I32): void {
    f.run(this.#invert(inverse, x));
  }

  one(f: FunctionBuilder): Value {
    return this.constant(f, [1n, 0n]);
  }

  constant(f: FunctionBuilder, integers: readonly bigint[]): Value {
    return integers.flatMap((integer) => [...this.#base.constant(f, [integer])]);
  }

  load(f: FunctionBuilder, group: I32): Value {
    return [...this.#base.load(f, group), ...this.#base.load(f, this.#imaginary(group))];
  }

  store(f: FunctionBuilder, group: I32, value: Value): void {
    const [real, imaginary] = partsOf(value);
    this.#base.store(f, group, real);
    this.#base.store(f, this.#imaginary(group), imaginary);
  }

  #imaginary(group: I32): I32 {
    return i32.add(group, i32.of(ELEMENT_BYTES * LANES));
  }

  gather(f: FunctionBuilder, places: readonly I32[], offset: number): Value {
    return [...this.#base.gather(f, places, offset), ...this.#base.gather(f, places, offset + ELEMENT_BYTES)];
  }

  scatter(f: FunctionBuilder, places: readonly I32[], value: Value, offset: number): void {
    partsOf(value).forEach((part, i) => this.#base.scatter(f, places, part, offset + i * ELEMENT_BYTES));
  }

  add(f: FunctionBuilder, x: Value, y: Value): Value {
    return this.#parts(x, (part, i) => this.#base.add(f, part, partsOf(y)[i]));
  }

  subtract(f: FunctionBuilder, x: Value, y: Value): Value {
    return this.#parts(x, (part, i) => this.#base.subtract(f, part, partsOf(y)[i]));
  }

  reduce(f: FunctionBuilder, x: Value): Value {
    return this.#parts(x, (part) => this.#base.reduce(f, part));
  }

  isZero(f: FunctionBuilder, x: Value): Mask {
    const [real, imaginary] = partsOf(x).map((part) => this.#base.isZero(f, part));
    return this.field.and(f, real, imaginary);
  }

  select(f: FunctionBuilder, yes: Value, no: Value, mask: Mask): Value {
    return this.#parts(yes, (part, i) => this.#base.select(f, part, partsOf(no)[i], mask));
  }

  negateWhere(f: FunctionBuilder, x: Value, mask: Mask): Value {
    return this.#parts(x, (part) => this.#base.negateWhere(f, part, mask));
  }

  #parts(value: Value, of: (part: Value, i: number) => Value): Value {
    return partsOf(value).flatMap((part, i) => [...of(part, i)]);
  }
}

/** The real part and the imaginary one. */
export function partsOf(value: Value): readonly [Value, Value] {
  return [value.slice(0, value.length / 2), value.slice(value.length / 2)];
}
