/** One job per browser: of two tabs one works, and the other takes over when the first ends. */
import { Stopped } from './waiting.ts';

/** The part of `navigator.locks` that a job needs. The lock goes free when the callback's promise ends, or the tab does. */
export interface Locks {
  request<Value>(
    name: string,
    options: { ifAvailable: true } | { signal: AbortSignal },
    callback: (lock: { readonly name: string } | null) => Promise<Value>,
  ): Promise<Value>;
}

export const JOB_LOCK = 'prooftab/job';

/** Runs `work` while holding the lock. Calls `onTaken` once, if another tab holds it now, and then waits for that tab to end. */
export async function withJobLock<Value>(locks: Locks, signal: AbortSignal, onTaken: () => void, work: () => Promise<Value>): Promise<Value> {
  const tried = await locks.request(JOB_LOCK, { ifAvailable: true }, async (lock) => (lock ? { value: await work() } : null));
  if (tried) return tried.value;
  onTaken();
  let granted = false;
  try {
    return await locks.request(JOB_LOCK, { signal }, () => {
      granted = true;
      return work();
    });
  } catch (thrown) {
    throw signal.aborted && !granted ? new Stopped() : thrown;
  }
}
