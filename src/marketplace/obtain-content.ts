/** Content by hash: from this device if it is here and whole, else from peers, kept for next time and, if it is a sealed shard, offered to others. */
import type { Fetched, NetworkFailure, Peer, PeerNetwork } from '../network/peer-network.ts';
import { ok, type Result } from '../protocol/result.ts';
import type { Content, ShardStore, StorageFailure } from '../storage/shard-store.ts';

export interface Obtained {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Where it came from just now; null when it was already here. */
  readonly fetched: Fetched | null;
}

export interface ContentDoors {
  readonly network: Pick<PeerNetwork, 'fetch' | 'announce'>;
  readonly shards: ShardStore;
}

/**
 * Room is asked for before the first byte is. Content that was evicted or damaged since is simply fetched again.
 * @param size bytes at most
 */
export async function obtainContent(
  { network, shards }: ContentDoors,
  content: Content,
  size: number,
  onProgress?: (received: number, from: Peer) => void,
): Promise<Result<Obtained, NetworkFailure | StorageFailure>> {
  const stored = await shards.get(content);
  if (stored.ok) return ok({ bytes: stored.value, fetched: null });
  if (stored.failure.kind !== 'missing' && stored.failure.kind !== 'corrupt') return stored;
  const room = await shards.room(size);
  if (!room.ok) return room;
  const fetched = await network.fetch(content, size, onProgress);
  if (!fetched.ok) return fetched;
  const put = await shards.put(content, fetched.value.bytes);
  // The store checks the hash once more: a network that let false bytes through is no reason to run on them.
  if (!put.ok) return put.failure.kind === 'mismatch' ? { ok: false, failure: { kind: 'mismatch', from: fetched.value.from } } : put;
  if (content.kind === 'shard') await network.announce(await shards.shards());
  return ok({ bytes: fetched.value.bytes, fetched: fetched.value });
}
