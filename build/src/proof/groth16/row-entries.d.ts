/** A key's coefficients, dealt to the kernel's lanes: all entries of one row go to one lane, so that no two lanes ever add to the same sum. */
/** Positions of one entry: of its row among those of A, then those of B; of its coefficient among the distinct ones; of its wire. */
export interface RowEntries {
    /** By lane: row, coefficient and wire of each entry, three words after each other. */
    readonly lanes: readonly Uint32Array[];
    /** Entries by lane. */
    readonly counts: readonly number[];
    /** The distinct coefficients, 32 bytes each as in the file. */
    readonly coefficients: Uint8Array;
}
/** Takes the file's entries as they come: matrix (0 for A, 1 for B), constraint, wire, each 32 bits, and the coefficient. */
export declare class RowDealer {
    #private;
    constructor(lanes: number, domainSize: number, wires: number, entries: number);
    /** False if an entry names a row or a wire that there is none of. */
    add(bytes: Uint8Array): boolean;
    finish(): RowEntries;
}
