/** How much more this browser lets us store, asked before a download starts. */
import { fail, ok, type Result } from '../protocol/result.ts';
import type { StorageFailure } from './shard-store.ts';

/** `navigator.storage.estimate`, or a stand-in: bytes allowed and bytes used. A browser may leave either out. */
export type Estimate = () => Promise<{ readonly quota?: number; readonly usage?: number }>;

/** Kept free for the journal, the account and IndexedDB's own pages. */
export const RESERVED_BYTES = 1_048_576;

/** An estimate that is missing a figure says nothing, so it allows: the write itself still answers 'quota'. */
export async function roomFor(bytes: number, estimate: Estimate): Promise<Result<void, StorageFailure>> {
  const { quota, usage } = await estimate();
  if (quota === undefined || usage === undefined) return ok(undefined);
  const available = Math.max(0, quota - usage - RESERVED_BYTES);
  return bytes <= available ? ok(undefined) : fail({ kind: 'quota', needed: bytes, available });
}
