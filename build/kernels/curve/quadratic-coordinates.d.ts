/** Coordinates in the quadratic extension of the base field, a + bi with i² = −1, for G2. In memory the two parts follow each other. */
import { type Field, type Mask, type Value } from '../field/field.ts';
import { type I32 } from '../wasm/expression.ts';
import type { FunctionBuilder } from '../wasm/function-builder.ts';
import type { ModuleBuilder } from '../wasm/module-builder.ts';
import type { BaseCoordinates } from './base-coordinates.ts';
import type { Coordinates } from './coordinates.ts';
export declare class QuadraticCoordinates implements Coordinates {
    #private;
    readonly degree = 2;
    readonly bytes: number;
    readonly lanes: 1 | 4;
    readonly field: Field;
    constructor(module: ModuleBuilder, base: BaseCoordinates);
    multiply(f: FunctionBuilder, product: I32, x: I32, y: I32): void;
    square(f: FunctionBuilder, product: I32, x: I32): void;
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
