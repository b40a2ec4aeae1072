import type { ModuleBuilder } from '../wasm/module-builder.ts';
import type { Coordinates } from './coordinates.ts';
/** Additions of one list: enough that the inversion is a few per cent, few enough for the second-level cache. A multiple of the lanes. */
export declare const MAX_BATCH = 2048;
export declare const ENTRY_BYTES = 12;
/**
 * Defines `name(list, groups)` for lists of `lanes` times as many additions. It answers 1 when it added, and 0, with nothing written, when
 * two summands have the same x: `name + 'Checked'` then adds whatever there is, infinities, doublings and opposites too, in more time.
 */
export declare function defineBatchAddition(module: ModuleBuilder, name: string, coordinates: Coordinates): void;
