/** The worker's side of the library in browsers: one circuit, opened once, and its proofs. */
import type { Arithmetic } from '../bn254/kernel.ts';
import type { ProverEnvironment } from '../bn254/kernel-threads.ts';
import type { CircomInput } from './circom-witness.ts';
import { type CircuitFailure, type CircuitProof } from './open-circuit.ts';
import type { Groth16Progress } from './snarkjs-calls.ts';
/** A URL, or the bytes. */
type File = string | Blob;
export type CircomFiles = {
    readonly witness: File;
} | {
    readonly input: CircomInput;
    readonly program: File;
};
export type ProverRequest = {
    readonly kind: 'open';
    readonly zkey: File;
    readonly threads: number | undefined;
    readonly arithmetic: Arithmetic | undefined;
} | {
    readonly kind: 'prove';
    readonly files: CircomFiles;
    readonly r1cs: File | undefined;
};
/** A call, or that the circuit is not used any more. */
export type ProverMessage = 'close' | {
    readonly call: number;
    readonly request: ProverRequest;
};
export type ProverReply = {
    readonly call: number;
} & ({
    readonly progress: Groth16Progress;
} | {
    readonly failure: CircuitFailure;
} | {
    readonly error: string;
}
/** Null where a key was opened. */
 | {
    readonly proof: CircuitProof | null;
});
export declare function serveGroth16(environment: ProverEnvironment, reply: (reply: ProverReply) => void): (message: ProverMessage) => Promise<void>;
export {};
