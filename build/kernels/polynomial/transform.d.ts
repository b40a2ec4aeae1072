/**
 * Number-theoretic transforms over the scalar field, a few butterflies at once.
 *
 * Forward from natural order leaves bit-reversed order behind (decimation in frequency, W. M. Gentleman, G. Sande, 1966); back
 * from bit-reversed order gives natural order (decimation in time, J. W. Cooley, J. W. Tukey, 1965): no pass only reorders.
 * Elements lie in memory one by one, and are reduced between passes.
 */
import { type Field } from '../field/field.ts';
import type { ModuleBuilder } from '../wasm/module-builder.ts';
/**
 * Defines `fromNatural(data, log, half, roots, stride)` and `toNatural(…)`: one pass over 2^log ≥ 2 elements, with butterflies over
 * `2^half` elements. `roots[i·2^stride]` is the i-th power of a root of unity of order 2^(half + 1).
 */
export declare function defineTransform(module: ModuleBuilder, field: Field): void;
