/** snarkjs's threads: shared while somebody uses them, ended after the last one, so that no process or tab is held up by idle workers. */
import { curves, type Curve } from 'snarkjs';

let users = 0;
let shared: Promise<Curve> | undefined;

/** @param work is told how many threads there are */
export async function withCurveThreads<Value>(work: (threads: number) => Promise<Value>): Promise<Value> {
  users++;
  // One promise for all: two callers at once must not start two sets of threads.
  const starting = (shared ??= curves.getCurveFromName('bn128'));
  try {
    const curve = await starting;
    return await work(curve.tm.concurrency);
  } finally {
    if (--users === 0) {
      shared = undefined;
      // Not waited for: whoever comes next starts a fresh set. Threads that never started have nothing to end.
      void starting.then(
        (curve) => curve.terminate(),
        () => undefined,
      );
    }
  }
}
