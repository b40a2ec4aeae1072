import { type Result } from '../../protocol/result.ts';
import { type CompiledKernel, type Degree } from '../bn254/kernel.ts';
import { KernelMemory } from '../bn254/kernel-memory.ts';
import type { KernelThreads } from '../bn254/kernel-threads.ts';
import { type KeyFileFailure, type ProvingKeyFile } from './proving-key.ts';
export interface LoadedKey extends Polynomials {
    readonly file: ProvingKeyFile;
    readonly threads: KernelThreads;
    readonly memory: KernelMemory;
    readonly points: Readonly<Record<'a' | 'b1' | 'b2' | 'c' | 'h', LoadedPoints>>;
    /** Entries of A and B for `addRows`, so many groups. */
    readonly entries: number;
    readonly groups: number;
    /** Everything from here on is free for one proof. */
    readonly free: number;
}
export interface LoadedPoints {
    readonly degree: Degree;
    readonly points: number;
    readonly infinite: number;
    readonly count: number;
}
interface Polynomials {
    readonly roots: number;
    readonly inverseRoots: number;
    readonly coset: number;
    /** Three arrays of the domain's size, `stride` bytes apart. */
    readonly polynomials: number;
    readonly stride: number;
    /** The witness: as integers, and as elements. */
    readonly scalars: number;
    readonly elements: number;
}
/**
 * @param open makes threads over a memory, with scratches at these addresses
 * @param onProgress bytes of the key that are in, of how many
 */
export declare function loadKey(file: ProvingKeyFile, kernel: CompiledKernel, shared: boolean, threadCount: number, open: (memory: WebAssembly.Memory, scratches: readonly number[]) => Promise<KernelThreads>, onProgress: (done: number, of: number) => void): Promise<Result<LoadedKey, KeyFileFailure>>;
/** Writes zeros over the witness and everything that a proof made of it. */
export declare function wipeWitness({ file, memory, polynomials, stride, scalars, elements, free }: LoadedKey): void;
export {};
