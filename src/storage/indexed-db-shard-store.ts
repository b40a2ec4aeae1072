/** Bytes by hash in IndexedDB, checked against their id on the way in and on the way out. */
import type { ShardId } from '../protocol/ids.ts';
import { fail, ok, type Result } from '../protocol/result.ts';
import { contentKey, matchesContent, shardOfKey } from './content-check.ts';
import type { Database } from './database.ts';
import { roomFor, type Estimate } from './room.ts';
import type { Content, ShardStore, StorageFailure } from './shard-store.ts';
import { storageFailure } from './storage-exception.ts';

/** Bytes from which a download is worth a trial write, and beyond which the trial itself would be a burden on memory. */
const WORTH_TRYING = 4 * 1024 * 1024;
const MOST_TRIED = 256 * 1024 * 1024;
/** A block of noise, as large as one call gives, so that a store that compresses does not flatter itself. */
const NOISE_BYTES = 65_536;
const TRIAL_KEY = 'trial';

export class IndexedDbShardStore implements ShardStore {
  readonly #database: Database;
  readonly #estimate: Estimate;

  /** @param estimate `() => navigator.storage.estimate()` in a browser */
  constructor(database: Database, estimate: Estimate) {
    this.#database = database;
    this.#estimate = estimate;
  }

  get(content: Content): Promise<Result<Uint8Array<ArrayBuffer>, StorageFailure>> {
    return this.#guarded(0, async () => {
      const connection = await this.#database.connect();
      const stored = await connection.get('content', contentKey(content));
      if (!stored) return fail({ kind: 'missing' });
      if (await matchesContent(content, stored.bytes)) return ok(stored.bytes);
      await connection.delete('content', contentKey(content));
      return fail({ kind: 'corrupt' });
    });
  }

  put(content: Content, bytes: Uint8Array<ArrayBuffer>): Promise<Result<void, StorageFailure>> {
    return this.#guarded(bytes.length, async () => {
      if (!(await matchesContent(content, bytes))) return fail({ kind: 'mismatch' });
      const connection = await this.#database.connect();
      if ((await connection.getKey('content', contentKey(content))) === undefined) {
        const room = await this.room(bytes.length);
        if (!room.ok) return room;
      }
      await connection.put('content', { bytes }, contentKey(content));
      return ok(undefined);
    });
  }

  room(bytes: number): Promise<Result<void, StorageFailure>> {
    return this.#guarded(bytes, async () => {
      const estimated = await roomFor(bytes, this.#estimate);
      if (estimated.ok && bytes >= WORTH_TRYING && bytes <= MOST_TRIED) await this.#tryWriting(bytes);
      return estimated;
    });
  }

  /** Browsers pad their estimate for privacy, so before a large download only a write of its size tells. Throws what the browser throws. */
  async #tryWriting(bytes: number): Promise<void> {
    const connection = await this.#database.connect();
    const trial = new Uint8Array(bytes);
    const noise = crypto.getRandomValues(new Uint8Array(NOISE_BYTES));
    for (let start = 0; start < bytes; start += NOISE_BYTES) trial.set(noise.subarray(0, Math.min(NOISE_BYTES, bytes - start)), start);
    await connection.put('content', { bytes: trial }, TRIAL_KEY);
    await connection.delete('content', TRIAL_KEY);
  }

  async shards(): Promise<readonly ShardId[]> {
    const connection = await this.#database.connect();
    return (await connection.getAllKeys('content')).map(shardOfKey).filter((id) => id !== null);
  }

  async remove(content: Content): Promise<void> {
    const connection = await this.#database.connect();
    await connection.delete('content', contentKey(content));
  }

  async #guarded<Value>(needed: number, work: () => Promise<Result<Value, StorageFailure>>): Promise<Result<Value, StorageFailure>> {
    try {
      return await work();
    } catch (thrown) {
      const failure = storageFailure(thrown, needed);
      if (!failure) throw thrown;
      // The browser counts better than its estimate: say how much it thinks is left, once it has refused.
      return failure.kind === 'quota' ? this.#full(needed) : fail(failure);
    }
  }

  async #full(needed: number): Promise<Result<never, StorageFailure>> {
    const { quota = 0, usage = 0 } = await this.#estimate();
    return fail({ kind: 'quota', needed, available: Math.max(0, quota - usage) });
  }
}
