/** The worker's side of the library in browsers: one circuit, opened once, and its proofs. */
import type { Arithmetic } from '../bn254/kernel.ts';
import type { ProverEnvironment } from '../bn254/kernel-threads.ts';
import { blobSource } from './byte-source.ts';
import type { CircomInput } from './circom-witness.ts';
import { openCircuit, type CircuitFailure, type CircuitProof, type OpenCircuit } from './open-circuit.ts';
import type { Groth16Progress } from './snarkjs-calls.ts';

/** A URL, or the bytes. */
type File = string | Blob;
export type CircomFiles = { readonly witness: File } | { readonly input: CircomInput; readonly program: File };

export type ProverRequest =
  | {
      readonly kind: 'open';
      readonly zkey: File;
      readonly threads: number | undefined;
      readonly arithmetic: Arithmetic | undefined;
      /** Whether the answer waits for the whole key: proofs need not. */
      readonly whole: boolean;
    }
  | { readonly kind: 'prove'; readonly files: CircomFiles; readonly r1cs: File | undefined };

/** A call, or that the circuit is not used any more. */
export type ProverMessage = 'close' | { readonly call: number; readonly request: ProverRequest };

export type ProverReply = { readonly call: number } & (
  | { readonly progress: Groth16Progress }
  | { readonly failure: CircuitFailure }
  | { readonly error: string }
  /** Null where a key was opened. */
  | { readonly proof: CircuitProof | null }
);

export function serveGroth16(environment: ProverEnvironment, reply: (reply: ProverReply) => void): (message: ProverMessage) => Promise<void> {
  let circuit: OpenCircuit | null = null;
  /** The call that hears of progress: a key may still come in when a proof is asked for. */
  let telling = 0;
  const onProgress = (stage: Groth16Progress['stage'], done: number, of: number) => reply({ call: telling, progress: { stage, done, of } });
  return async (message) => {
    if (message === 'close') {
      circuit?.close();
      circuit = null;
      return;
    }
    const { call, request } = message;
    telling = call;
    try {
      if (request.kind === 'open') {
        const { threads, arithmetic } = request;
        const opened = await openCircuit(blobSource(await blobOf(request.zkey)), environment, { threads, arithmetic }, onProgress);
        if (opened.ok) circuit = opened.value;
        if (request.whole) await circuit?.loaded;
        reply(opened.ok ? { call, proof: null } : { call, failure: opened.failure });
        return;
      }
      if (circuit === null) throw new Error('a proof was asked for before its key was opened');
      const { files } = request;
      const source =
        'witness' in files
          ? { witness: blobSource(await blobOf(files.witness)) }
          : { input: files.input, program: new Uint8Array(await (await blobOf(files.program)).arrayBuffer()) };
      const r1cs = request.r1cs === undefined ? undefined : blobSource(await blobOf(request.r1cs));
      const proven = await circuit.prove(source, r1cs, onProgress);
      reply(proven.ok ? { call, proof: proven.value } : { call, failure: proven.failure });
    } catch (error) {
      reply({ call, error: error instanceof Error ? error.message : String(error) });
    }
  };
}

async function blobOf(file: File): Promise<Blob> {
  if (typeof file !== 'string') return file;
  const response = await fetch(file);
  if (!response.ok) throw new Error(`${file} answered ${response.status}`);
  return response.blob();
}
