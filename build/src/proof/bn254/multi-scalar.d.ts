/**
 * Σ scalar·point by buckets (N. Pippenger, "On the evaluation of powers and related problems", FOCS 1976): in each window of the
 * scalars, points with the same digit are added up, and the sums are weighted by their digits.
 */
import { type Degree, type Kernel } from './kernel.ts';
export interface WindowSums {
    readonly degree: Degree;
    /** Address of the points. */
    readonly points: number;
    /** Address of a byte for each point: 1 for infinity. */
    readonly infinite: number;
    readonly count: number;
    /** Address of the digits of the first point in window 0, and how many lie between two windows. */
    readonly digits: number;
    readonly stride: number;
    readonly bits: number;
    /** From the first window to, not including, the last. */
    readonly from: number;
    readonly to: number;
    /** Address of {@link roomFor} bytes. */
    readonly room: number;
}
/** Bytes that {@link windowSums} works in. */
export declare function roomFor(degree: Degree, count: number, bits: number, windows: number): number;
/** Σ digit·point of each window, null for infinity. */
export declare function windowSums(kernel: Kernel, sums: WindowSums): (bigint[] | null)[];
