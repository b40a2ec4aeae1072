/** Coordinates in the quadratic extension by i, i² = −1, for G2: a value is its two components, one after the other. */
import { LIMBS } from '../field/fused-field.ts';
import { i32, v128, type I32, type V128 } from '../wasm/expression.ts';
import type { FunctionBuilder } from '../wasm/function-builder.ts';
import type { ModuleBuilder, Procedure } from '../wasm/module-builder.ts';
import type { BaseCoordinates } from './base-coordinates.ts';
import { ELEMENT_BYTES, type Coordinates, type PairValue } from './coordinates.ts';

const PAIR_BYTES = 2 * ELEMENT_BYTES;
const second = (pair: I32): I32 => i32.add(pair, i32.of(PAIR_BYTES));

export class QuadraticCoordinates implements Coordinates {
  readonly degree = 2;
  readonly #base: BaseCoordinates;
  readonly #multiply: Procedure;
  readonly #square: Procedure;
  readonly #invert: Procedure;

  constructor(module: ModuleBuilder, base: BaseCoordinates) {
    this.#base = base;
    const [s, t, u] = [module.scratch(PAIR_BYTES), module.scratch(PAIR_BYTES), module.scratch(PAIR_BYTES)];
    // (a + bi)(c + di) = ac − bd + ((a + b)(c + d) − ac − bd)i: three products of the base field.
    this.#multiply = module.define('multiply2', 3, (f, z, x, y) => {
      this.#storeSum(f, s, x);
      this.#storeSum(f, t, y);
      base.multiply(f, s, s, t);
      base.multiply(f, t, x, y);
      base.multiply(f, u, second(x), second(y));
      const [ac, bd] = [base.load(f, t), base.load(f, u)];
      base.store(f, z, base.reduce(f, base.subtract(f, ac, bd)));
      base.store(f, second(z), base.reduce(f, base.subtract(f, base.subtract(f, base.load(f, s), ac), bd)));
    });
    // (a + bi)² = (a + b)(a − b) + 2abi
    this.#square = module.define('square2', 2, (f, z, x) => {
      base.store(f, t, base.reduce(f, base.subtract(f, base.load(f, x), base.load(f, second(x)))));
      this.#storeSum(f, s, x);
      base.multiply(f, u, x, second(x));
      base.multiply(f, z, s, t);
      const ab = base.load(f, u);
      base.store(f, second(z), base.reduce(f, base.add(f, ab, ab)));
    });
    // 1 / (a + bi) = (a − bi) / (a² + b²)
    this.#invert = module.define('inverseOf2', 2, (f, z, x) => {
      base.square(f, s, x);
      base.square(f, t, second(x));
      base.store(f, s, base.reduce(f, base.add(f, base.load(f, s), base.load(f, t))));
      base.invert(f, t, s);
      base.multiply(f, z, x, t);
      base.multiply(f, second(z), second(x), t);
      base.store(f, second(z), base.subtract(f, this.#zero(f), base.load(f, second(z))));
    });
  }

  /** Reduced: sums of two differences would have limbs above 2^51. */
  #storeSum(f: FunctionBuilder, sum: I32, x: I32): void {
    this.#base.store(f, sum, this.#base.reduce(f, this.#base.add(f, this.#base.load(f, x), this.#base.load(f, second(x)))));
  }

  #zero(f: FunctionBuilder): PairValue {
    return this.#base.one(f).map(() => f.local('v128'));
  }

  multiply(f: FunctionBuilder, product: I32, x: I32, y: I32): void {
    f.run(this.#multiply(product, x, y));
  }

  square(f: FunctionBuilder, product: I32, x: I32): void {
    f.run(this.#square(product, x));
  }

  invert(f: FunctionBuilder, inverse: I32, x: I32): void {
    f.run(this.#invert(inverse, x));
  }

  one(f: FunctionBuilder): PairValue {
    return [...this.#base.one(f), ...this.#zero(f)];
  }

  load(f: FunctionBuilder, pair: I32): PairValue {
    return [...this.#base.load(f, pair), ...this.#base.load(f, second(pair))];
  }

  store(f: FunctionBuilder, pair: I32, value: PairValue): void {
    this.#components(value).forEach((component, i) => this.#base.store(f, i === 0 ? pair : second(pair), component));
  }

  gather(f: FunctionBuilder, low: I32, high: I32, offset: number): PairValue {
    return [...this.#base.gather(f, low, high, offset), ...this.#base.gather(f, low, high, offset + ELEMENT_BYTES)];
  }

  scatter(f: FunctionBuilder, low: I32, high: I32, value: PairValue, offset: number): void {
    this.#components(value).forEach((component, i) => this.#base.scatter(f, low, high, component, offset + i * ELEMENT_BYTES));
  }

  add(f: FunctionBuilder, x: PairValue, y: PairValue): PairValue {
    return this.#base.add(f, x, y);
  }

  subtract(f: FunctionBuilder, x: PairValue, y: PairValue): PairValue {
    return this.#base.subtract(f, x, y);
  }

  reduce(f: FunctionBuilder, x: PairValue): PairValue {
    return this.#components(x).flatMap((component) => this.#base.reduce(f, component));
  }

  negateWhere(f: FunctionBuilder, x: PairValue, mask: V128): PairValue {
    return this.#base.negateWhere(f, x, mask);
  }

  isZero(f: FunctionBuilder, x: PairValue): V128 {
    const [first, last] = this.#components(x).map((component) => this.#base.isZero(f, component));
    return f.let(v128.and(first!, last!));
  }

  select(f: FunctionBuilder, yes: PairValue, no: PairValue, mask: V128): PairValue {
    return this.#base.select(f, yes, no, mask);
  }

  #components(value: PairValue): readonly [PairValue, PairValue] {
    return [value.slice(0, LIMBS), value.slice(LIMBS)];
  }
}
