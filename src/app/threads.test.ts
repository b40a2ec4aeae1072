import { expose } from 'comlink';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Execution } from '../execution/executor.ts';
import type { ProofRequest, Prover } from '../proof/prover.ts';
import { fail } from '../protocol/result.ts';
import { openThreads, Thread } from './threads.ts';

interface Api {
  echo(text: string): Promise<string>;
  crash(): Promise<string>;
  hang(): Promise<string>;
}

const api: Api = {
  echo: async (text) => text,
  crash: async () => Promise.reject(new Error('out of memory')),
  hang: () => new Promise(() => undefined),
};

/** A worker's outside over a message port: what Thread uses of one. */
class PortWorker extends EventTarget {
  terminated = false;
  readonly #port: MessagePort;

  constructor(inside: object = api) {
    super();
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    port1.start();
    expose(inside, port2);
  }

  override addEventListener(type: string, listener: EventListener): void {
    if (type === 'message') this.#port.addEventListener(type, listener);
    else super.addEventListener(type, listener);
  }

  postMessage(message: unknown, moved: Transferable[] = []): void {
    this.#port.postMessage(message, moved);
  }

  terminate(): void {
    this.terminated = true;
    this.#port.close();
  }
}

const opened: PortWorker[] = [];
const threadOf = (patience = 60_000) =>
  new Thread<Api>(() => {
    const worker = new PortWorker();
    opened.push(worker);
    return worker as unknown as Worker;
  }, patience);
const lost = (detail: string) => `lost: ${detail}`;

describe('a thread', () => {
  afterEach(() => {
    for (const worker of opened.splice(0)) worker.terminate();
    vi.useRealTimers();
  });

  it('opens no worker before the first call, and one for many', async () => {
    const thread = threadOf();
    expect(opened).toHaveLength(0);
    expect(await thread.call((remote) => remote.echo('a'), lost)).toBe('a');
    expect(await thread.call((remote) => remote.echo('b'), lost)).toBe('b');
    expect(opened).toHaveLength(1);
  });

  it('turns a throw into a value, and opens a new worker for the next call', async () => {
    const thread = threadOf();
    expect(await thread.call((remote) => remote.crash(), lost)).toBe('lost: out of memory');
    expect(opened[0]?.terminated).toBe(true);
    expect(await thread.call((remote) => remote.echo('again'), lost)).toBe('again');
  });

  it('turns a worker that does not load into a value', async () => {
    const thread = threadOf();
    const call = thread.call((remote) => remote.hang(), lost);
    opened[0]?.dispatchEvent(new Event('error'));
    expect(await call).toBe('lost: the worker could not be loaded');
  });

  it('ends every call at once when stopped', async () => {
    const thread = threadOf();
    const calls = [thread.call((remote) => remote.hang(), lost), thread.call((remote) => remote.hang(), lost)];
    thread.stop('stopped');
    expect(await Promise.all(calls)).toEqual(['lost: stopped', 'lost: stopped']);
    expect(opened[0]?.terminated).toBe(true);
  });

  it('gives up on a silent worker, and not on one that tells of progress', async () => {
    vi.useFakeTimers();
    const thread = threadOf(1_000);
    let tell: (word: () => void) => void = () => undefined;
    const told: string[] = [];
    const call = thread.call((remote, alive) => {
      tell = alive;
      return remote.hang();
    }, lost);
    vi.advanceTimersByTime(900);
    tell(() => told.push('half'));
    vi.advanceTimersByTime(900);
    expect(opened[0]?.terminated).toBe(false);
    vi.advanceTimersByTime(100);
    expect(await call).toBe('lost: no sign of life for 1 s');
    tell(() => told.push('too late'));
    expect(told).toEqual(['half']);
  });
});

describe('the proof thread', () => {
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  it('is handed rows, salts and outputs, of which the page keeps none', async () => {
    const asked: Execution[] = [];
    const prover: Prover = { prove: async ({ execution }) => (asked.push(execution), fail({ kind: 'proof-rejected' })) };
    const stub = class extends PortWorker {
      constructor() {
        super(prover);
      }
    };
    vi.stubGlobal('Worker', stub);
    const own = { rows: Uint8Array.of(1, 2), salts: Uint8Array.of(3), outputs: Int32Array.of(4) };
    const threads = openThreads();
    expect(await threads.prover.prove({ execution: { ...own } } as unknown as ProofRequest)).toEqual(fail({ kind: 'proof-rejected' }));
    threads.stop();
    expect(asked).toMatchObject([{ rows: Uint8Array.of(1, 2), salts: Uint8Array.of(3), outputs: Int32Array.of(4) }]);
    expect([own.rows.length, own.salts.length, own.outputs.length]).toEqual([0, 0, 0]);
  });
});
