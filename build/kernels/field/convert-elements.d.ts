import type { ModuleBuilder } from '../wasm/module-builder.ts';
import { type Field } from './field.ts';
export declare const INTEGER_BYTES = 32;
/** Defines `name(to, from, groups)`, which reads `value·factor` and writes the element `value`. Integers must be below 2^255. */
export declare function defineReading(module: ModuleBuilder, name: string, field: Field, factor: bigint): void;
/** Defines `name(to, from, groups)`, which writes elements as integers from 0 to p − 1, times `factor`. */
export declare function defineWriting(module: ModuleBuilder, name: string, field: Field, factor: bigint): void;
