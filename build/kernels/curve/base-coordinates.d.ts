/** Coordinates in the base field, for G1. */
import { type Field, type Mask, type Value } from '../field/field.ts';
import { type I32 } from '../wasm/expression.ts';
import type { FunctionBuilder } from '../wasm/function-builder.ts';
import type { ModuleBuilder } from '../wasm/module-builder.ts';
import type { Coordinates } from './coordinates.ts';
export declare class BaseCoordinates implements Coordinates {
    #private;
    readonly degree = 1;
    readonly bytes = 40;
    readonly lanes: 1 | 4;
    readonly field: Field;
    constructor(module: ModuleBuilder, field: Field);
    multiply(f: FunctionBuilder, product: I32, x: I32, y: I32): void;
    square(f: FunctionBuilder, product: I32, x: I32): void;
    /** By Fermat's little theorem. */
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
