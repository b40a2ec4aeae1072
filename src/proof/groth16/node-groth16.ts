/** `prooftab/groth16` in Node: a drop-in for snarkjs's `groth16.prove` and `groth16.fullProve`. */
import { open as openFile, readFile } from 'node:fs/promises';
import { nodeEnvironment } from '../bn254/node-threads.ts';
import { blobSource, bytesSource, type ByteSource } from './byte-source.ts';
import { openCircuit, type CircuitFailure, type CircuitProof, type OpenCircuit, type WitnessSource } from './open-circuit.ts';
import {
  Groth16Error,
  groth16Proof,
  snarkjsCalls,
  threadCap,
  type FileLike,
  type Groth16,
  type Groth16Circuit,
  type Groth16Options,
  type ProofOptions,
  type WithCircuit,
} from './snarkjs-calls.ts';
import type { Result } from '../../protocol/result.ts';

export { Groth16Error } from './snarkjs-calls.ts';

/** Reads of a path only what is asked for. */
async function withSource<Value>(file: FileLike, use: (source: ByteSource) => Promise<Value>): Promise<Value> {
  if (typeof file !== 'string') return use(sourceOf(file));
  const handle = await openFile(file);
  try {
    const { size } = await handle.stat();
    return await use({
      size,
      async read(offset, length, into) {
        const bytes = into?.subarray(0, length) ?? new Uint8Array(length);
        let done = 0;
        while (done < length) {
          const { bytesRead } = await handle.read(bytes, done, length - done, offset + done);
          if (bytesRead === 0) throw new Error(`${file} became shorter while it was read`);
          done += bytesRead;
        }
        return bytes;
      },
    });
  } finally {
    await handle.close();
  }
}

function sourceOf(file: Exclude<FileLike, string>): ByteSource {
  if (file instanceof Uint8Array) return bytesSource(file);
  return file instanceof Blob ? blobSource(file) : bytesSource(file.data);
}

async function bytesOf(file: FileLike): Promise<Uint8Array<ArrayBuffer>> {
  if (typeof file === 'string') return readFile(file);
  return withSource(file, async (source) => Uint8Array.from(await source.read(0, source.size)));
}

async function circuitFrom(source: ByteSource, options: Groth16Options): Promise<OpenCircuit> {
  const { kernel: arithmetic, signal } = options;
  signal?.throwIfAborted();
  const opened = await openCircuit(source, nodeEnvironment, { threads: threadCap(options), arithmetic, signal }, (stage, done, of) =>
    options.onProgress?.({ stage, done, of }),
  ).catch((error: unknown) => {
    signal?.throwIfAborted();
    throw error;
  });
  if (!opened.ok) throw new Groth16Error(opened.failure);
  return opened.value;
}

const open: Groth16['open'] = (zkey, options = {}) =>
  withSource(zkey, async (source) => {
    const circuit = await circuitFrom(source, options);
    try {
      await circuit.loaded;
    } catch (error) {
      circuit.close();
      options.signal?.throwIfAborted();
      throw error;
    }
    return callsOf(circuit);
  });

const once: WithCircuit = (zkey, options, use) =>
  withSource(zkey, async (source) => {
    const circuit = await circuitFrom(source, options);
    try {
      return await use(callsOf(circuit));
    } finally {
      circuit.close();
    }
  });

function callsOf(circuit: OpenCircuit): Groth16Circuit {
  const proveWith = async (source: WitnessSource, r1cs: ByteSource | undefined, { signal, onProgress }: ProofOptions) => {
    const proving = circuit.prove(source, r1cs, (stage, done, of) => onProgress?.({ stage, done, of }));
    return proofOr(await unlessAborted(signal, proving, circuit.close));
  };
  const prove = (source: WitnessSource, options: ProofOptions) =>
    options.r1cs === undefined ? proveWith(source, undefined, options) : withSource(options.r1cs, (r1cs) => proveWith(source, r1cs, options));
  return {
    prove: (witness, options = {}) => withSource(witness, (source) => prove({ witness: source }, options)),
    fullProve: async (input, program, options = {}) => prove({ input, program: await bytesOf(program) }, options),
    close: circuit.close,
  };
}

function proofOr(proven: Result<CircuitProof, CircuitFailure>) {
  if (!proven.ok) throw new Groth16Error(proven.failure);
  return groth16Proof(proven.value);
}

/** @param end what stops the work: threads that are ended answer nothing */
async function unlessAborted<Value>(signal: AbortSignal | undefined, work: Promise<Value>, end: () => void): Promise<Value> {
  if (!signal) return work;
  return new Promise((resolve, reject) => {
    const abort = () => {
      end();
      reject(signal.reason as Error);
    };
    void work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
    signal.addEventListener('abort', abort, { once: true });
    if (signal.aborted) abort();
  });
}

export const groth16 = snarkjsCalls(open, once);
