/** snarkjs's calls for Groth16, with the same arguments in the same order, over any way of opening a circuit. */
import { groth16Words } from '../../../messages/en/groth16-words.ts';
import type { SnarkjsProof } from '../../protocol/groth16-proof.ts';
import type { Arithmetic } from '../bn254/kernel.ts';
import type { CircomInput } from './circom-witness.ts';
import type { CircuitFailure, CircuitProof, ProofMetadata } from './open-circuit.ts';

/** A file: its bytes, as snarkjs's `{ type: 'mem', data }` too, a Blob, or where it is: a path in Node, a URL in browsers. */
export type FileLike = string | Uint8Array | Blob | { readonly type: 'mem'; readonly data: Uint8Array };

export interface Groth16Options {
  /** At most so many threads. All cores if not given; one where the page is not cross-origin isolated. */
  readonly threads?: number;
  /** As snarkjs has it: one thread. */
  readonly singleThread?: boolean;
  /** Another arithmetic than the fastest one that is exact on this engine: the proof is the same. */
  readonly kernel?: Arithmetic;
  /** The circuit's .r1cs file: with it, a witness that breaks a constraint is refused before proving, and the constraint named. */
  readonly r1cs?: FileLike;
  /** Ends the proof within milliseconds, and rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Groth16Progress) => void;
}

/** What it is at, and how much of that is done. */
export interface Groth16Progress {
  readonly stage: 'key' | 'rows' | 'transforms' | 'sums' | 'check';
  readonly done: number;
  readonly of: number;
}

/** As snarkjs answers, with what the proof was made with beside it. */
export interface Groth16Proof {
  readonly proof: SnarkjsProof;
  readonly publicSignals: string[];
  readonly metadata: ProofMetadata;
}

/** Something is wrong with a file or an input; the message says what to do, `failure` says it to programs. */
export class Groth16Error extends Error {
  override readonly name = 'Groth16Error';
  readonly failure: CircuitFailure;

  constructor(failure: CircuitFailure) {
    super(groth16Words(failure));
    this.failure = failure;
  }
}

export interface Groth16 {
  /**
   * Proves with a finished witness. As `snarkjs.groth16.prove`.
   * @param logger taken, and not used: progress is told to `options.onProgress`
   * @throws Groth16Error when a file cannot be used or the proof would not verify
   */
  prove(zkey: FileLike, witness: FileLike, logger?: unknown, options?: Groth16Options): Promise<Groth16Proof>;
  /**
   * Computes the witness by circom's program, and proves. As `snarkjs.groth16.fullProve`.
   * @param witnessOptions taken, and not used
   * @throws Groth16Error when a file or an input cannot be used
   */
  fullProve(
    input: CircomInput,
    program: FileLike,
    zkey: FileLike,
    logger?: unknown,
    witnessOptions?: unknown,
    options?: Groth16Options,
  ): Promise<Groth16Proof>;
  /** Opens a key for many proofs: its points are converted once, and its threads stay until it is closed. */
  open(zkey: FileLike, options?: Groth16Options): Promise<Groth16Circuit>;
}

export interface Groth16Circuit {
  prove(witness: FileLike, options?: ProofOptions): Promise<Groth16Proof>;
  fullProve(input: CircomInput, program: FileLike, options?: ProofOptions): Promise<Groth16Proof>;
  readonly close: () => void;
}

export type ProofOptions = Pick<Groth16Options, 'r1cs' | 'signal' | 'onProgress'>;

/** Opens a key for one use, and closes it: the use may begin before the whole key is in. */
export type WithCircuit = <Value>(zkey: FileLike, options: Groth16Options, use: (circuit: Groth16Circuit) => Promise<Value>) => Promise<Value>;

/** One-shot calls beside an `open`. */
export function snarkjsCalls(open: Groth16['open'], once: WithCircuit): Groth16 {
  return {
    open,
    prove: (zkey, witness, _logger, options = {}) => once(zkey, options, (circuit) => circuit.prove(witness, options)),
    fullProve: (input, program, zkey, _logger, _witnessOptions, options = {}) =>
      once(zkey, options, (circuit) => circuit.fullProve(input, program, options)),
  };
}

export function groth16Proof({ proof, publicSignals, metadata }: CircuitProof): Groth16Proof {
  return { proof, publicSignals: [...publicSignals], metadata };
}

/** How many threads at most: undefined for as many as there are. */
export function threadCap({ threads, singleThread }: Groth16Options): number | undefined {
  return singleThread === true ? 1 : threads;
}
