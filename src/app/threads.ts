/**
 * The only place that opens workers. A call that crashes, falls silent or is stopped becomes a failure value; stopping
 * terminates at once, and the next call opens the worker again.
 */
import { proxy, transfer, wrap, type Remote } from 'comlink';
import type { ReadingFailure, Reading, RowReader } from '../execution/row-reader.ts';
import type { Execution, ExecutionFailure, ExecutionProgress, Executor } from '../execution/executor.ts';
import type { ProofFailure, ProofProgress, Prover, Proven } from '../proof/prover.ts';
import type { Verifier } from '../proof/verifier.ts';
import { fail, type Result } from '../protocol/result.ts';

/** Milliseconds without a sign of life. The first call loads its runtime; a proof's longest silent stage takes a minute on a phone. */
const EXECUTOR_PATIENCE = 120_000;
const PROVER_PATIENCE = 300_000;
/** One row of a small model takes milliseconds: a reader that is silent for longer runs a model that does not end. */
const READER_PATIENCE = 10_000;
const CHECKER_PATIENCE = 30_000;

export interface Threads {
  readonly executor: Executor;
  readonly prover: Prover;
  readonly reader: RowReader;
  /** Ends all workers now. */
  stop(): void;
}

export function openThreads(): Threads {
  const inference = new Thread<Executor>(
    () => new Worker(new URL('../../workers/inference.ts', import.meta.url), { type: 'module' }),
    EXECUTOR_PATIENCE,
  );
  const proof = new Thread<Prover>(() => new Worker(new URL('../../workers/proof.ts', import.meta.url), { type: 'module' }), PROVER_PATIENCE);
  const reading = new Thread<RowReader>(() => new Worker(new URL('../../workers/reader.ts', import.meta.url), { type: 'module' }), READER_PATIENCE);
  return {
    reader: {
      read: (onnx, row) =>
        reading.call<Result<Reading, ReadingFailure>>(
          (remote) => remote.read(onnx, row),
          (detail) => fail({ kind: 'runtime', detail }),
        ),
    },
    executor: {
      execute: (request, onProgress) =>
        inference.call<Result<Execution, ExecutionFailure>>(
          (remote, alive) =>
            remote.execute(
              request,
              proxy((progress: ExecutionProgress) => alive(() => onProgress?.(progress))),
            ),
          (detail) => fail({ kind: 'runtime', detail }),
        ),
    },
    prover: {
      prove: (request, onProgress) =>
        proof.call<Result<Proven, ProofFailure>>(
          (remote, alive) => {
            const { rows, salts, outputs } = request.execution;
            return remote.prove(
              transfer(request, [rows.buffer, salts.buffer, outputs.buffer]),
              proxy((progress: ProofProgress) => alive(() => onProgress?.(progress))),
            );
          },
          (detail) => fail({ kind: 'prover-crashed', detail }),
        ),
    },
    stop() {
      inference.stop('stopped');
      proof.stop('stopped');
      reading.stop('stopped');
    },
  };
}

/** A thread of its own that checks proofs. A check that the thread did not finish says nothing about the proof: it is thrown, and not *false*. */
export function openVerifier(): Verifier {
  const checking = new Thread<Verifier>(() => new Worker(new URL('../../workers/checker.ts', import.meta.url), { type: 'module' }), CHECKER_PATIENCE);
  return {
    async verify(key, signals, proof) {
      const answer = await checking.call<boolean | string>(
        (remote) => remote.verify(key, signals, proof),
        (detail) => detail,
      );
      if (typeof answer === 'string') throw new Error(answer);
      return answer;
    },
  };
}

/** One worker, opened when it is first called. */
export class Thread<Api> {
  readonly #open: () => Worker;
  readonly #patience: number;
  #opened: { readonly worker: Worker; readonly remote: Remote<Api> } | null = null;
  readonly #waiting = new Set<(detail: string) => void>();

  /** @param patience milliseconds without a sign of life after which the worker counts as lost */
  constructor(open: () => Worker, patience: number) {
    this.#open = open;
    this.#patience = patience;
  }

  /** @param alive wraps what a progress callback does, and starts the patience anew */
  call<Value>(use: (remote: Remote<Api>, alive: (tell: () => void) => void) => Promise<Value>, lost: (detail: string) => Value): Promise<Value> {
    return new Promise((resolve) => {
      const silent = () => this.stop('worker-silent');
      let timer = setTimeout(silent, this.#patience);
      const end = (value: Value) => {
        clearTimeout(timer);
        this.#waiting.delete(giveUp);
        resolve(value);
      };
      const giveUp = (detail: string) => end(lost(detail));
      this.#waiting.add(giveUp);
      const alive = (tell: () => void) => {
        if (!this.#waiting.has(giveUp)) return;
        clearTimeout(timer);
        timer = setTimeout(silent, this.#patience);
        tell();
      };
      use(this.#remote(), alive).then(end, (thrown: unknown) => this.stop(thrown instanceof Error ? thrown.message : String(thrown)));
    });
  }

  /** @param detail a code that messages/ has words for, or the worker's own message: every call under way ends with it */
  stop(detail: string): void {
    this.#opened?.worker.terminate();
    this.#opened = null;
    for (const giveUp of [...this.#waiting]) giveUp(detail);
  }

  #remote(): Remote<Api> {
    if (this.#opened) return this.#opened.remote;
    const worker = this.#open();
    const isMine = () => this.#opened?.worker === worker;
    worker.addEventListener('error', (event) => {
      if (isMine()) this.stop(event.message || 'worker-not-loaded');
    });
    worker.addEventListener('messageerror', () => {
      if (isMine()) this.stop('message-unreadable');
    });
    this.#opened = { worker, remote: wrap<Api>(worker) };
    return this.#opened.remote;
  }
}
