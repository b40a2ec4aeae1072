/** `prooftab/groth16` in browsers: a drop-in for snarkjs's `groth16.prove` and `groth16.fullProve` that never holds up the page. */
import type { CircomFiles, ProverReply, ProverRequest } from './serve-groth16.ts';
import {
  Groth16Error,
  groth16Proof,
  snarkjsCalls,
  threadCap,
  type FileLike,
  type Groth16Circuit,
  type Groth16Options,
  type WithCircuit,
} from './snarkjs-calls.ts';
import type { CircuitProof } from './open-circuit.ts';

export { Groth16Error } from './snarkjs-calls.ts';

/** Numbers calls of all circuits: an answer that comes late is nobody's. */
let calls = 0;
/** Milliseconds for which a worker with nothing to do waits for another circuit. */
const REST = 60_000;
let resting: { readonly worker: Worker; readonly timer: ReturnType<typeof setTimeout> } | null = null;

/** A worker for a whole circuit, which opens the threads: ending it ends everything, whatever it is at. */
function takeWorker(): Worker {
  if (resting === null) return new Worker(new URL('../../../workers/groth16.js', import.meta.url), { type: 'module' });
  const { worker, timer } = resting;
  clearTimeout(timer);
  resting = null;
  return worker;
}

function giveBack(worker: Worker): void {
  if (resting !== null) {
    worker.terminate();
    return;
  }
  worker.postMessage('close');
  const timer = setTimeout(() => {
    worker.terminate();
    resting = null;
  }, REST);
  resting = { worker, timer };
}

/** @param whole whether to wait for the whole key */
async function circuitFrom(zkey: FileLike, options: Groth16Options, whole: boolean): Promise<Groth16Circuit> {
  const worker = takeWorker();
  const waiting = new Map<number, (reply: ProverReply) => void>();
  const hear = ({ data }: MessageEvent<ProverReply>) => waiting.get(data.call)?.(data);
  const fail = (event: ErrorEvent) => {
    for (const [call, answer] of waiting) answer({ call, error: event.message || 'the prover did not load: is its worker served?' });
  };
  worker.addEventListener('message', hear);
  worker.addEventListener('error', fail);
  let isOpen = true;
  const leave = (then: (worker: Worker) => void) => {
    if (!isOpen) return;
    isOpen = false;
    worker.removeEventListener('message', hear);
    worker.removeEventListener('error', fail);
    then(worker);
  };
  const end = () => leave(() => worker.terminate());
  const ask = (request: ProverRequest, { signal, onProgress }: Pick<Groth16Options, 'signal' | 'onProgress'>) =>
    new Promise<CircuitProof | null>((resolve, reject) => {
      const call = calls++;
      const settled = (settle: () => void) => {
        waiting.delete(call);
        signal?.removeEventListener('abort', abort);
        settle();
      };
      const abort = () => {
        end();
        settled(() => reject(signal?.reason as Error));
      };
      signal?.addEventListener('abort', abort, { once: true });
      waiting.set(call, (reply) => {
        if ('progress' in reply) onProgress?.(reply.progress);
        else if ('failure' in reply) settled(() => reject(new Groth16Error(reply.failure)));
        else if ('error' in reply) settled(() => reject(new Error(reply.error)));
        else settled(() => resolve(reply.proof));
      });
      if (signal?.aborted) abort();
      else worker.postMessage({ call, request });
    });
  const prove = async (files: CircomFiles, proofOptions: Pick<Groth16Options, 'r1cs' | 'signal' | 'onProgress'>) => {
    const r1cs = proofOptions.r1cs === undefined ? undefined : transferable(proofOptions.r1cs);
    const proof = await ask({ kind: 'prove', files, r1cs }, proofOptions);
    if (proof === null) throw new Error('the prover answered without a proof');
    return groth16Proof(proof);
  };
  try {
    await ask({ kind: 'open', zkey: transferable(zkey), threads: threadCap(options), arithmetic: options.kernel, whole }, options);
  } catch (error) {
    end();
    throw error;
  }
  return {
    prove: (witness, proofOptions = {}) => prove({ witness: transferable(witness) }, proofOptions),
    fullProve: (input, program, proofOptions = {}) => prove({ input, program: transferable(program) }, proofOptions),
    // What is under way must be stopped; a worker at rest may serve the next circuit.
    close: () => (waiting.size > 0 ? end() : leave(giveBack)),
  };
}

const once: WithCircuit = async (zkey, options, use) => {
  const circuit = await circuitFrom(zkey, options, false);
  try {
    return await use(circuit);
  } finally {
    circuit.close();
  }
};

/** Relative URLs are the page's, not the worker's; bytes go over as a Blob, of which the worker reads section by section. */
function transferable(file: FileLike): string | Blob {
  if (typeof file === 'string') return new URL(file, location.href).href;
  if (file instanceof Blob) return file;
  return new Blob([(file instanceof Uint8Array ? file : file.data) as Uint8Array<ArrayBuffer>]);
}

export const groth16 = snarkjsCalls((zkey, options = {}) => circuitFrom(zkey, options, true), once);
