/** Threads that run the prover's tasks over one memory: as many as there are, the most urgent task first. */
import { Kernel, type CompiledKernel } from './kernel.ts';
import type { KernelMemory } from './kernel-memory.ts';
import { runTask, type KernelTask, type TaskResult } from './kernel-task.ts';

/** What a browser's worker and Node have each in their own way. */
export interface ProverEnvironment {
  /** Whether threads may share memory: in browsers, whether the page is cross-origin isolated. */
  readonly sharesMemory: boolean;
  /** Threads that the machine has. */
  readonly cores: number;
  readonly openThread: () => ThreadPort;
}

/** A thread as whoever opened it sees it. */
export interface ThreadPort {
  post(message: ThreadMessage): void;
  /** Called once: all replies go there, and whatever ends the thread before its time. */
  listen(onReply: (reply: ThreadReply) => void): void;
  /** Ends it, whatever it is at. */
  end(): void;
  /** Gives it back, with nothing to do, to be opened again or ended. */
  release(): void;
}

/** What a thread is told first, then for each task, and when its work is done. */
export type ThreadMessage =
  /** It forgets kernel and memory, and waits for others. */
  | 'rest'
  | { readonly kernel: CompiledKernel; readonly memory: WebAssembly.Memory; readonly scratch: number }
  /** `bytes` is how large the memory has become: a thread may not have heard of it yet. */
  | { readonly task: KernelTask; readonly room: number; readonly bytes: number };
/** What it says: nothing in particular when it is ready, then the result of each task, or why there is none. */
export type ThreadReply = DoneTask | { readonly error: string };

export interface DoneTask {
  readonly result: TaskResult;
  /** How long it took its thread. */
  readonly milliseconds: number;
}

export interface KernelThreads {
  readonly count: number;
  /** @param urgency lower goes first; equals go in the order in which they were asked for */
  run(task: KernelTask, urgency: number): Promise<DoneTask>;
  /** Where each thread's room is, from now on. */
  giveRooms(rooms: readonly number[]): void;
  /** Ends all threads now: tasks that are not done are rejected. */
  readonly end: () => void;
  /** Throws once they are ended, so that who feeds them stops, too. */
  readonly throwIfEnded: () => void;
}

/**
 * Hands tasks out as threads become ready for them.
 * @param ports threads that were just opened
 * @param scratches for each thread the address of its scratch
 */
function kernelThreads(
  ports: readonly ThreadPort[],
  kernel: CompiledKernel,
  memory: WebAssembly.Memory,
  scratches: readonly number[],
): KernelThreads {
  const queue = new TaskQueue();
  const idle = new Set<number>();
  const underWay = new Map<number, Waiting>();
  let rooms: readonly number[] = [];

  const next = () => {
    for (const thread of [...idle]) {
      const first = queue.take();
      if (first === null) return;
      idle.delete(thread);
      underWay.set(thread, first);
      ports[thread].post({ task: first.task, room: rooms[thread], bytes: memory.buffer.byteLength });
    }
  };
  const breakDown = (message: string) => {
    queue.close(new Error(message));
    for (const waiting of underWay.values()) waiting.reject(new Error(message));
    underWay.clear();
    // Whoever is at something must be stopped; the others may serve the next key.
    ports.forEach((port, thread) => (idle.has(thread) ? port.release() : port.end()));
    idle.clear();
  };
  ports.forEach((port, thread) => {
    port.listen((reply) => {
      if ('error' in reply) {
        breakDown(reply.error);
        return;
      }
      underWay.get(thread)?.resolve(reply);
      underWay.delete(thread);
      idle.add(thread);
      next();
    });
    port.post({ kernel, memory, scratch: scratches[thread] });
  });
  return {
    count: ports.length,
    run(task, urgency) {
      const done = queue.add(task, urgency);
      next();
      return done;
    },
    giveRooms: (given) => void (rooms = given),
    end: () => breakDown(CLOSED),
    throwIfEnded: () => queue.throwIfClosed(),
  };
}

/** No thread but the caller's, where memory cannot be shared. Between tasks the caller gets a turn. */
async function callersThread(kernel: CompiledKernel, memory: WebAssembly.Memory, scratch: number): Promise<KernelThreads> {
  const instance = await Kernel.instantiate(kernel, memory, scratch);
  const { port1, port2 } = new MessageChannel();
  const queue = new TaskQueue();
  let room = 0;
  port2.onmessage = () => {
    const first = queue.take();
    if (first === null) return;
    try {
      const started = performance.now();
      const result = runTask(instance, first.task, room);
      first.resolve({ result, milliseconds: performance.now() - started });
    } catch (error) {
      first.reject(error instanceof Error ? error : new Error(String(error)));
    }
  };
  return {
    count: 1,
    run(task, urgency) {
      const done = queue.add(task, urgency);
      port1.postMessage(null);
      return done;
    },
    giveRooms: ([given = 0]) => void (room = given),
    end() {
      queue.close(new Error(CLOSED));
      port1.close();
    },
    throwIfEnded: () => queue.throwIfClosed(),
  };
}

/**
 * Threads over a memory, with a scratch in it for each.
 * @param ports threads that were just opened: none where memory cannot be shared
 */
export async function threadsOver(memory: KernelMemory, kernel: CompiledKernel, ports: readonly ThreadPort[]): Promise<KernelThreads> {
  const scratches = Array.from({ length: Math.max(1, ports.length) }, () => memory.reserve(kernel.scratchBytes));
  return ports.length > 0 ? kernelThreads(ports, kernel, memory.memory, scratches) : callersThread(kernel, memory.memory, scratches[0]);
}

const CLOSED = 'the prover was closed';

interface Waiting {
  readonly task: KernelTask;
  readonly urgency: number;
  readonly resolve: (done: DoneTask) => void;
  readonly reject: (error: Error) => void;
}

class TaskQueue {
  readonly #waiting: Waiting[] = [];
  #closed: Error | null = null;

  add(task: KernelTask, urgency: number): Promise<DoneTask> {
    return new Promise((resolve, reject) => {
      if (this.#closed) reject(this.#closed);
      else this.#waiting.push({ task, urgency, resolve, reject });
    });
  }

  /** The most urgent task; the first of equals. */
  take(): Waiting | null {
    if (this.#waiting.length === 0) return null;
    const first = this.#waiting.reduce((least, waiting) => (waiting.urgency < least.urgency ? waiting : least));
    this.#waiting.splice(this.#waiting.indexOf(first), 1);
    return first;
  }

  throwIfClosed(): void {
    if (this.#closed) throw this.#closed;
  }

  /** Rejects what waits, and whatever is added later. */
  close(why: Error): void {
    this.#closed ??= why;
    for (const { reject } of this.#waiting.splice(0)) reject(why);
  }
}
