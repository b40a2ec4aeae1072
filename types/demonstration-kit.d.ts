/** What the build makes from the model and its development key, under the name `virtual:demonstration-kit`: see scripts/demonstration-kit.ts. */
import type { KitSource } from '../src/app/demonstration-kit.ts';

export declare const kit: KitSource;
