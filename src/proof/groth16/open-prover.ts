/** A Groth16 proving key, opened for any number of proofs: threads, memory and converted points stay until it is closed. */
import { SCALAR_ORDER } from '../../protocol/field.ts';
import { ok, type Result } from '../../protocol/result.ts';
import { compileKernel, exactArithmetic, type Arithmetic } from '../bn254/kernel.ts';
import { KernelMemory } from '../bn254/kernel-memory.ts';
import { threadsOver, type ProverEnvironment } from '../bn254/kernel-threads.ts';
import type { ByteSource } from './byte-source.ts';
import { loadKey, wipeWitness, type LoadedKey } from './loaded-key.ts';
import { prove, type ProofOutcome, type ProofStage, type ProveFailure } from './prove.ts';
import { openProvingKey, type KeyFileFailure, type ProvingKeyFile } from './proving-key.ts';

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
  /** When the whole key is in, and the file is not read any more; rejected when it cannot be read. Proofs may be asked for before. */
  readonly loaded: Promise<unknown>;
  /** One after the other: a call waits for the one before it. */
  prove(witness: Uint8Array, onProgress?: ProveProgress): Promise<Result<ProofOutcome, ProveFailure>>;
  /** Ends its threads. A proof under way is rejected. */
  readonly close: () => void;
}

export type ProveProgress = (stage: 'key' | ProofStage, done: number, of: number) => void;

/** More threads than this wait for each other. */
const MOST_THREADS = 16;

/** Resolves before the whole key is in: what is asked for then waits for the parts that it needs. */
export async function openProver(
  source: ByteSource,
  environment: ProverEnvironment,
  { threads: cap, arithmetic, signal }: ProverOptions = {},
  onProgress: ProveProgress = () => undefined,
): Promise<Result<OpenProver, KeyFileFailure>> {
  const { sharesMemory } = environment;
  const threads = sharesMemory ? Math.max(1, Math.min(cap ?? MOST_THREADS, environment.cores, MOST_THREADS)) : 1;
  // Opened first: they start while the kernel is written and the key's header is read.
  const ports = sharesMemory ? Array.from({ length: threads }, () => environment.openThread()) : [];
  const end = () => ports.forEach((port) => port.end());
  signal?.addEventListener('abort', end, { once: true });
  try {
    const file = await openProvingKey(source);
    const kernel = await compileKernel(arithmetic ?? (await exactArithmetic()), sharesMemory);
    signal?.throwIfAborted();
    if (!file.ok) {
      end();
      return file;
    }
    const memory = new KernelMemory(sharesMemory);
    const opened = await threadsOver(memory, kernel, ports);
    signal?.addEventListener('abort', opened.end, { once: true });
    const key = await loadKey(file.value, memory, opened, (done, of) => onProgress('key', done, of));
    if (!key.ok) return key;
    return ok(openedProver(key.value, { kernel: kernel.arithmetic, threads, sharesMemory }));
  } catch (error) {
    end();
    throw error;
  }
}

function openedProver(key: LoadedKey, metadata: ProverMetadata): OpenProver {
  let last: Promise<unknown> = Promise.resolve();
  let isLoaded = false;
  void key.loaded.then(
    () => (isLoaded = true),
    () => undefined,
  );
  return {
    file: key.file,
    metadata,
    loaded: key.loaded,
    prove(witness, onProgress) {
      // While the key comes in, that is what is told.
      const tell: ProveProgress = (...progress) => isLoaded && onProgress?.(...progress);
      const proving = last.then(() => prove(key, witness, randomScalar, tell));
      // The witness, and all that was made of it, stays in no memory once there is a proof.
      last = proving.then(
        () => wipeWitness(key),
        () => undefined,
      );
      return proving;
    },
    close: () => key.threads.end(),
  };
}

/** 2^512 is so much larger than r that no residue is likelier than another by more than 2^−258. */
function randomScalar(): bigint {
  return crypto.getRandomValues(new BigUint64Array(8)).reduce((value, word) => (value << 64n) + word, 0n) % SCALAR_ORDER;
}
