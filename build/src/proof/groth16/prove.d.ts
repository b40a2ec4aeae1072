import { type Result } from '../../protocol/result.ts';
import type { SnarkjsProof } from '../../protocol/groth16-proof.ts';
import type { LoadedKey } from './loaded-key.ts';
export type ProveFailure = 
/** The witness is for another circuit. */
{
    readonly kind: 'witness-size';
    readonly wires: number;
    readonly given: number;
}
/** The proof does not verify: the witness does not satisfy the circuit, or the key is damaged. */
 | {
    readonly kind: 'proof-rejected';
};
/** What a proof spends its time on, in the order of the first task of each. */
export type ProofStage = 'rows' | 'transforms' | 'sums' | 'check';
export interface ProofOutcome {
    readonly proof: SnarkjsProof;
    readonly publicSignals: readonly string[];
    /** Milliseconds of thread time by stage. */
    readonly stages: Readonly<Record<ProofStage, number>>;
}
/**
 * @param witness 32 bytes a wire, as `readWitness` gives it
 * @param random a fresh scalar of the field each time: what hides the witness
 * @param onProgress finished tasks, of how many
 */
export declare function prove(key: LoadedKey, witness: Uint8Array, random: () => bigint, onProgress: (stage: ProofStage, done: number, of: number) => void): Promise<Result<ProofOutcome, ProveFailure>>;
