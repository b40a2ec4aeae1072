/** Operations on arrays of field elements, as many at once as the field has lanes. */
import { type Field } from '../field/field.ts';
import type { ModuleBuilder } from '../wasm/module-builder.ts';
/**
 * Defines, for `groups` times `lanes` elements,
 * - `timesEach(to, x, y, groups)`: to[i] = x[i]·y[i];
 * - `timesOne(to, x, factor, groups)`: to[i] = x[i]·factor[0];
 * - `quotient(to, a, b, c, groups)`: to[i] = a[i]·b[i] − c[i].
 */
export declare function defineVectors(module: ModuleBuilder, field: Field): void;
