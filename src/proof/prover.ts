/** The proof door: from an execution and the statement it supports, a proof that was checked before it is handed out. */
import type { CircuitParts } from '../protocol/circuit.ts';
import type { Proof, Statement } from '../protocol/receipt.ts';
import type { Result } from '../protocol/result.ts';
import type { Execution } from '../execution/executor.ts';

export interface ProofRequest {
  readonly circuit: CircuitParts;
  readonly statement: Statement;
  readonly execution: Execution;
  readonly onnx: Uint8Array<ArrayBuffer>;
  /** The proving key file (a snarkjs .zkey for Groth16). */
  readonly provingKey: Uint8Array<ArrayBuffer>;
  /** 704 bytes for Groth16. */
  readonly verificationKey: Uint8Array<ArrayBuffer>;
}

export type ProofFailure =
  /** The model is none that this kind of circuit can be made of: unreadable, or with answers that do not fit one value. */
  | { readonly kind: 'model-unsupported'; readonly detail: string }
  /** The execution does not satisfy the circuit for this statement; `constraint` names the first one that fails. */
  | { readonly kind: 'unsatisfied'; readonly constraint: string }
  | { readonly kind: 'bad-key'; readonly detail: string }
  /** A proof came out that its own key rejects. It was not handed out. */
  | { readonly kind: 'proof-rejected' }
  | { readonly kind: 'prover-crashed'; readonly detail: string };

/** How far the whole proof is, `done` out of `of`, and what it is at. */
export type ProofProgress = { readonly stage: 'key' | 'witness' | 'prove' | 'check'; readonly done: number; readonly of: number };

export interface Proven {
  readonly proof: Proof;
  readonly constraints: number;
  /** The arithmetic that it was made with: doubles with fused multiply-add, or 64-bit integers. */
  readonly kernel: 'fused' | 'integer';
  readonly threads: number;
  /** False: there is one thread because the page may not share memory between threads. */
  readonly sharesMemory: boolean;
  /** Seconds from request to checked proof. */
  readonly seconds: number;
}

export interface Prover {
  prove(request: ProofRequest, onProgress?: (progress: ProofProgress) => void): Promise<Result<Proven, ProofFailure>>;
}
