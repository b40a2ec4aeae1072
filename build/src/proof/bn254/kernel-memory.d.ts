/** Groups of lanes may reach three elements beyond an array. */
export declare const SLACK: number;
export declare class KernelMemory {
    #private;
    readonly memory: WebAssembly.Memory;
    constructor(shared: boolean);
    /** Room for so many bytes and a little more. */
    reserve(bytes: number): number;
    reserveElements(count: number): number;
    /** Gives back everything from this address on. */
    release(address: number): void;
    bytes(address: number, length: number): Uint8Array;
    words(address: number, length: number): Uint32Array;
}
