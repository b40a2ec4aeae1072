/** Threads that run the prover's tasks over one memory: as many as there are, the most urgent task first. */
import { Kernel, type CompiledKernel } from './kernel.ts';
import { runTask, type KernelTask, type TaskResult } from './kernel-task.ts';

/** What a thread is told first, and then for each task. */
export type ThreadMessage =
  | { readonly kernel: CompiledKernel; readonly memory: WebAssembly.Memory; readonly scratch: number }
  | { readonly task: KernelTask; readonly room: number };
/** What it says: nothing in particular when it is ready, then the result of each task, or why there is none. */
export type ThreadReply = DoneTask | { readonly error: string };

export interface DoneTask {
  readonly result: TaskResult;
  /** How long it took its thread. */
  readonly milliseconds: number;
}

/** A thread as whoever opened it sees it. */
export interface ThreadPort {
  post(message: ThreadMessage): void;
  /** Called once: all replies go there, and whatever ends the thread before its time. */
  listen(onReply: (reply: ThreadReply) => void): void;
  end(): void;
}

export interface KernelThreads {
  readonly count: number;
  /** @param urgency lower goes first; equals go in the order in which they were asked for */
  run(task: KernelTask, urgency: number): Promise<DoneTask>;
  /** Where each thread's room is, from now on. */
  giveRooms(rooms: readonly number[]): void;
  /** Ends all threads now. Tasks under way are never answered. */
  end(): void;
}

interface Waiting {
  readonly task: KernelTask;
  readonly urgency: number;
  readonly resolve: (done: DoneTask) => void;
  readonly reject: (error: Error) => void;
}

/** @param scratches for each thread the address of its scratch */
export async function openKernelThreads(
  open: () => ThreadPort,
  kernel: CompiledKernel,
  memory: WebAssembly.Memory,
  scratches: readonly number[],
): Promise<KernelThreads> {
  const ports = scratches.map(() => open());
  const current: (Waiting | null)[] = ports.map(() => null);
  const queue: Waiting[] = [];
  let rooms: readonly number[] = [];
  let broken: Error | null = null;

  const next = () => {
    for (const [i, port] of ports.entries()) {
      if (current[i] !== null || queue.length === 0) continue;
      const first = queue.reduce((least, waiting) => (waiting.urgency < least.urgency ? waiting : least));
      queue.splice(queue.indexOf(first), 1);
      current[i] = first;
      port.post({ task: first.task, room: rooms[i]! });
    }
  };
  const breakDown = (message: string) => {
    broken = new Error(message);
    for (const waiting of [...queue.splice(0), ...current]) waiting?.reject(broken);
    current.fill(null);
  };
  const ready = ports.map(
    (port, i) =>
      new Promise<void>((resolve, reject) => {
        port.listen((reply) => {
          if ('error' in reply) {
            breakDown(reply.error);
            reject(new Error(reply.error));
            return;
          }
          resolve();
          current[i]?.resolve(reply);
          current[i] = null;
          next();
        });
        port.post({ kernel, memory, scratch: scratches[i]! });
      }),
  );
  const end = () => ports.forEach((port) => port.end());
  try {
    await Promise.all(ready);
  } catch (error) {
    end();
    throw error;
  }
  return {
    count: ports.length,
    run: (task, urgency) =>
      new Promise((resolve, reject) => {
        if (broken) {
          reject(broken);
          return;
        }
        queue.push({ task, urgency, resolve, reject });
        next();
      }),
    giveRooms: (given) => void (rooms = given),
    end,
  };
}

/** No thread but the caller's, where memory cannot be shared. Between tasks the caller gets a turn. */
export async function callersThread(kernel: CompiledKernel, memory: WebAssembly.Memory, scratch: number): Promise<KernelThreads> {
  const instance = await Kernel.instantiate(kernel, memory, scratch);
  const { port1, port2 } = new MessageChannel();
  const queue: (Waiting & { readonly run: () => void })[] = [];
  let room = 0;
  port2.onmessage = () => {
    if (queue.length === 0) return;
    const first = queue.reduce((least, waiting) => (waiting.urgency < least.urgency ? waiting : least));
    queue.splice(queue.indexOf(first), 1);
    first.run();
  };
  return {
    count: 1,
    run: (task, urgency) =>
      new Promise((resolve, reject) => {
        const run = () => {
          try {
            const started = performance.now();
            const result = runTask(instance, task, room);
            resolve({ result, milliseconds: performance.now() - started });
          } catch (error) {
            reject(error instanceof Error ? error : new Error(String(error)));
          }
        };
        queue.push({ task, urgency, resolve, reject, run });
        port1.postMessage(null);
      }),
    giveRooms: ([given = 0]) => void (room = given),
    end: () => {
      queue.length = 0;
      port1.close();
    },
  };
}
