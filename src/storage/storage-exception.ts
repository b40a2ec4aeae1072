/** What a browser's storage exceptions mean, as the failures of the storage doors. */
import type { StorageFailure } from './shard-store.ts';

/**
 * @param needed bytes that were being written, for the words "free up …"
 * @returns null for anything that storage does not throw: it is a broken invariant and should be thrown on
 * @example
 * storageFailure(new DOMException('full', 'QuotaExceededError'), 40) // { kind: 'quota', needed: 40, available: 0 }
 */
export function storageFailure(thrown: unknown, needed: number): StorageFailure | null {
  if (!(thrown instanceof DOMException)) return null;
  if (thrown.name === 'QuotaExceededError') return { kind: 'quota', needed, available: 0 };
  return { kind: 'storage-unavailable', detail: `${thrown.name}: ${thrown.message}` };
}
