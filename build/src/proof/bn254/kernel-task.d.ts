import { type Degree, type Kernel } from './kernel.ts';
import { type WindowSums } from './multi-scalar.ts';
export type KernelTask = 
/** Points as files hold them become points of the kernel; `infinite` gets a byte for each. */
{
    readonly kind: 'read-points';
    readonly degree: Degree;
    readonly from: number;
    readonly to: number;
    readonly count: number;
    readonly infinite: number;
} | {
    readonly kind: 'read-coefficients';
    readonly from: number;
    readonly to: number;
    readonly count: number;
} | {
    readonly kind: 'read-scalars';
    readonly from: number;
    readonly to: number;
    readonly count: number;
}
/** start·base^0 … start·base^(2^log − 1), or in bit-reversed order. */
 | {
    readonly kind: 'powers';
    readonly to: number;
    readonly log: number;
    readonly start: bigint;
    readonly base: bigint;
    readonly reversed: boolean;
}
/** A·w, B·w and their product, each of `count` elements, the three side by side. */
 | {
    readonly kind: 'rows';
    readonly to: number;
    readonly count: number;
    readonly stride: number;
    readonly entries: number;
    readonly groups: number;
}
/** From values on the domain to values on its coset. */
 | {
    readonly kind: 'to-coset';
    readonly data: number;
    readonly log: number;
    readonly roots: number;
    readonly inverseRoots: number;
    readonly coset: number;
}
/** a·b − c as integers, written over c. */
 | {
    readonly kind: 'quotient';
    readonly a: number;
    readonly b: number;
    readonly c: number;
    readonly count: number;
} | {
    readonly kind: 'digits';
    readonly scalars: number;
    readonly count: number;
    readonly bits: number;
    readonly windows: number;
    readonly to: number;
}
/** The table of a generator's small multiples, then multiples by scalars, as key files hold points. */
 | {
    readonly kind: 'generator-table';
    readonly degree: Degree;
    readonly to: number;
} | {
    readonly kind: 'multiples';
    readonly degree: Degree;
    readonly table: number;
    readonly scalars: number;
    readonly count: number;
    readonly to: number;
} | ({
    readonly kind: 'window-sums';
} & Omit<WindowSums, 'room'>);
/** The sums of the windows for `window-sums`, nothing for the others. */
export type TaskResult = readonly (readonly bigint[] | null)[];
/** @param room address of the thread's own room: what `roomFor` says for sums, `multiplesRoom` for multiples, two elements for powers */
export declare function runTask(kernel: Kernel, task: KernelTask, room: number): TaskResult;
