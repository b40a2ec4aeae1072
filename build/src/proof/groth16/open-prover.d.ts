import { type Result } from '../../protocol/result.ts';
import { type Arithmetic } from '../bn254/kernel.ts';
import { type ProverEnvironment } from '../bn254/kernel-threads.ts';
import type { ByteSource } from './byte-source.ts';
import { type ProofOutcome, type ProofStage, type ProveFailure } from './prove.ts';
import { type KeyFileFailure, type ProvingKeyFile } from './proving-key.ts';
export interface ProverOptions {
    /** At most so many threads: all cores if not given, and one where memory cannot be shared. */
    readonly threads?: number | undefined;
    /** Another arithmetic than the fastest one that is exact here. */
    readonly arithmetic?: Arithmetic | undefined;
    /** Ends the threads, whatever they are at: what is not done is rejected. */
    readonly signal?: AbortSignal | undefined;
}
export interface ProverMetadata {
    readonly kernel: Arithmetic;
    readonly threads: number;
    /** False: memory could not be shared, which is why there is one thread. */
    readonly sharesMemory: boolean;
}
export interface OpenProver {
    readonly file: ProvingKeyFile;
    readonly metadata: ProverMetadata;
    /** One after the other: a call waits for the one before it. */
    prove(witness: Uint8Array, onProgress?: ProveProgress): Promise<Result<ProofOutcome, ProveFailure>>;
    /** Ends its threads. A proof under way is rejected. */
    readonly close: () => void;
}
export type ProveProgress = (stage: 'key' | ProofStage, done: number, of: number) => void;
export declare function openProver(source: ByteSource, environment: ProverEnvironment, { threads: cap, arithmetic, signal }?: ProverOptions, onProgress?: ProveProgress): Promise<Result<OpenProver, KeyFileFailure>>;
