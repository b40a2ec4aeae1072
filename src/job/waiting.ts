/** Waiting that ends at once when someone presses Stop, and retrying with backoff until a door answers again. */

export interface Timer {
  /** Milliseconds since 1970. */
  now(): number;
  /** Resolves after so many milliseconds, or as soon as the signal aborts. */
  after(milliseconds: number, signal: AbortSignal): Promise<void>;
}

export const systemTimer: Timer = {
  now: () => Date.now(),
  after: (milliseconds, signal) =>
    new Promise((resolve) => {
      const done = () => {
        clearTimeout(timeout);
        signal.removeEventListener('abort', done);
        resolve();
      };
      const timeout = setTimeout(done, milliseconds);
      signal.addEventListener('abort', done);
      if (signal.aborted) done();
    }),
};

/** Thrown through a job's steps by Stop, and caught by the job alone. */
export class Stopped extends Error {
  override readonly name = 'Stopped';
}

/**
 * The promise's outcome, or a {@link Stopped} the moment the signal aborts. The work behind the promise may run on: what
 * it changes must be safe to repeat.
 */
export function unlessStopped<Value>(signal: AbortSignal, promise: Promise<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(new Stopped());
    signal.addEventListener('abort', stop, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
    if (signal.aborted) stop();
  });
}

const FIRST_WAIT = 500;
const LONGEST_WAIT = 5_000;

/**
 * Milliseconds before attempt n + 1: doubling, and never more than five seconds, so that a network that returns is noticed soon.
 * @example
 * backoff(0) // 500
 * @example
 * backoff(20) // 5000
 */
export function backoff(attempt: number): number {
  return Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** attempt);
}
