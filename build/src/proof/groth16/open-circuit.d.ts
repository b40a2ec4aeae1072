/** From files to a proof: what the library and the command do with a proving key, witnesses, and circom's witness programs. */
import { type Result } from '../../protocol/result.ts';
import type { SnarkjsProof } from '../../protocol/groth16-proof.ts';
import type { ProverEnvironment } from '../bn254/kernel-threads.ts';
import type { ByteSource } from './byte-source.ts';
import { type CircomInput, type WitnessProgramFailure } from './circom-witness.ts';
import { type RelationFileFailure } from './first-broken-constraint.ts';
import { type ProveProgress, type ProverMetadata, type ProverOptions } from './open-prover.ts';
import type { ProofStage, ProveFailure } from './prove.ts';
import type { KeyFileFailure } from './proving-key.ts';
import { type WitnessFileFailure } from './witness-file-reader.ts';
export type CircuitFailure = KeyFileFailure | WitnessFileFailure | WitnessProgramFailure | RelationFileFailure | ProveFailure
/** The witness breaks this constraint of the relation, counted from 0. */
 | {
    readonly kind: 'unsatisfied';
    readonly constraint: number;
};
export interface ProofMetadata extends ProverMetadata {
    /** Milliseconds of thread time by stage. */
    readonly stages: Readonly<Record<ProofStage, number>>;
    /** Milliseconds from call to proof. */
    readonly milliseconds: number;
    /** The key never saw a second phase: anyone can forge proofs for it. */
    readonly forgeable: boolean;
}
export interface CircuitProof {
    readonly proof: SnarkjsProof;
    readonly publicSignals: readonly string[];
    readonly metadata: ProofMetadata;
}
export type WitnessSource = {
    readonly witness: ByteSource;
} | {
    readonly input: CircomInput;
    readonly program: Uint8Array<ArrayBuffer>;
};
export interface OpenCircuit {
    /** @param r1cs the relation, if at hand: names the first constraint that a witness breaks */
    prove(source: WitnessSource, r1cs?: ByteSource, onProgress?: ProveProgress): Promise<Result<CircuitProof, CircuitFailure>>;
    readonly close: () => void;
}
export declare function openCircuit(zkey: ByteSource, environment: ProverEnvironment, options: ProverOptions, onProgress?: ProveProgress): Promise<Result<OpenCircuit, KeyFileFailure>>;
