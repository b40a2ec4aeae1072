/** snarkjs's threads: kept while somebody uses them, ended after the last one, so that no process or tab is held up by idle workers. */
import { curves } from 'snarkjs';

let users = 0;

/** @param work is told how many threads there are */
export async function withCurveThreads<Value>(work: (threads: number) => Promise<Value>): Promise<Value> {
  users++;
  const curve = await curves.getCurveFromName('bn128');
  try {
    return await work(curve.tm.concurrency);
  } finally {
    if (--users === 0) await curve.terminate();
  }
}
