/** Sparse matrices times a vector: entries are dealt to the lanes so that no two lanes add to one row at once. */
import type { Field } from '../field/field.ts';
import type { ModuleBuilder } from '../wasm/module-builder.ts';
/** Three addresses: of the row's sum, of the coefficient, of the vector's element. */
export declare const ROW_ENTRY_BYTES = 12;
/** Defines `addRows(entries, groups)`: for each entry, sum += coefficient·element. The sums of one group's entries are different ones. */
export declare function defineRowSums(module: ModuleBuilder, field: Field): void;
