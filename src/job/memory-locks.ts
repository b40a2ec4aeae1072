/** Locks within one process, granted in order: for Node actors, and for tests that play two tabs. */
import type { Locks } from './job-lock.ts';

export class MemoryLocks implements Locks {
  readonly #queues = new Map<string, (() => void)[]>();

  async request<Value>(
    name: string,
    options: { ifAvailable: true } | { signal: AbortSignal },
    callback: (lock: { readonly name: string } | null) => Promise<Value>,
  ): Promise<Value> {
    const queue = this.#queues.get(name);
    if (queue && 'ifAvailable' in options) return callback(null);
    if (queue && 'signal' in options) await this.#turn(queue, options.signal);
    else this.#queues.set(name, []);
    try {
      return await callback({ name });
    } finally {
      this.#release(name);
    }
  }

  #turn(queue: (() => void)[], signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const give = () => {
        signal.removeEventListener('abort', leave);
        resolve();
      };
      const leave = () => {
        queue.splice(queue.indexOf(give), 1);
        reject(new DOMException('The request was aborted.', 'AbortError'));
      };
      queue.push(give);
      signal.addEventListener('abort', leave, { once: true });
      if (signal.aborted) leave();
    });
  }

  #release(name: string): void {
    const next = this.#queues.get(name)?.shift();
    if (next) next();
    else this.#queues.delete(name);
  }
}
