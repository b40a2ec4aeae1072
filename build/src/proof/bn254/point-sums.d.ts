import { type Degree, type Kernel } from './kernel.ts';
/** Bytes that an {@link AdditionBatch} needs. */
export declare const BATCH_BYTES: number;
/** Collects additions that do not depend on each other, and runs them whenever a batch is full. */
export declare class AdditionBatch {
    #private;
    /**
     * @param at where its {@link BATCH_BYTES} are
     * @param careful whether summands may be infinity from the start
     */
    constructor(kernel: Kernel, degree: Degree, at: number, careful: boolean);
    /** From here on every summand is looked at: some may be infinity. */
    beCareful(): void;
    /** @param left an address, the lowest bit for the negated point; so is `right` */
    add(left: number, right: number, sum: number): void;
    /** After it, sums may be used as summands. */
    flush(): void;
}
/**
 * Adds up each list, in place. Sums of parts overwrite each other, and never a summand.
 * @param items addresses of points, the lowest bit for their negative, list after list
 * @param starts where each list starts, and where the last one ends
 * @param sums where the sum of each list goes that has more than one item
 * @param room a place for half as many points as there are items
 * @returns for each list the address of its sum, 0 for an empty one
 */
export declare function sumLists(batch: AdditionBatch, degree: Degree, items: Int32Array, starts: Int32Array, sums: (list: number) => number, room: number): Int32Array;
