/** Bytes by hash in memory: for Node actors and tests. Holds what it is given until the process ends. */
import type { ShardId } from '../protocol/ids.ts';
import { fail, ok, type Result } from '../protocol/result.ts';
import { contentKey, matchesContent, shardOfKey } from './content-check.ts';
import type { Content, ShardStore, StorageFailure } from './shard-store.ts';

export class MemoryShardStore implements ShardStore {
  readonly #held: Map<string, Uint8Array<ArrayBuffer>>;
  readonly #capacity: number;

  /**
   * @param capacity bytes in all; more is refused as 'quota'
   * @param held where the bytes lie: two stores over one map are two openings of the same store
   */
  constructor(capacity = Number.POSITIVE_INFINITY, held = new Map<string, Uint8Array<ArrayBuffer>>()) {
    this.#capacity = capacity;
    this.#held = held;
  }

  async get(content: Content): Promise<Result<Uint8Array<ArrayBuffer>, StorageFailure>> {
    const bytes = this.#held.get(contentKey(content));
    if (!bytes) return fail({ kind: 'missing' });
    if (await matchesContent(content, bytes)) return ok(bytes.slice());
    this.#held.delete(contentKey(content));
    return fail({ kind: 'corrupt' });
  }

  async put(content: Content, bytes: Uint8Array<ArrayBuffer>): Promise<Result<void, StorageFailure>> {
    if (!(await matchesContent(content, bytes))) return fail({ kind: 'mismatch' });
    if (!this.#held.has(contentKey(content))) {
      const room = await this.room(bytes.length);
      if (!room.ok) return room;
    }
    this.#held.set(contentKey(content), bytes.slice());
    return ok(undefined);
  }

  async room(bytes: number): Promise<Result<void, StorageFailure>> {
    const used = [...this.#held.values()].reduce((sum, held) => sum + held.length, 0);
    const available = Math.max(0, this.#capacity - used);
    return bytes <= available ? ok(undefined) : fail({ kind: 'quota', needed: bytes, available });
  }

  async shards(): Promise<readonly ShardId[]> {
    return [...this.#held.keys()].map(shardOfKey).filter((id) => id !== null);
  }

  async remove(content: Content): Promise<void> {
    this.#held.delete(contentKey(content));
  }
}
