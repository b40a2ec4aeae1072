/** Whether bytes are the ones that an id names: SHA-256 for blobs, the RFC 9162 tree for sealed shards. */
import { toHex } from '../protocol/bytes.ts';
import { shardId } from '../protocol/shard-tree.ts';
import type { Content } from './shard-store.ts';

/** Blobs go through WebCrypto, which hashes a 40 MB proving key off the thread in about 0.1 s; JavaScript takes four times as long, on it. */
export async function matchesContent(content: Content, bytes: Uint8Array<ArrayBuffer>): Promise<boolean> {
  const id = content.kind === 'shard' ? shardId(bytes) : toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
  return id === content.id.toLowerCase();
}

/** The name under which a store keeps this content; the two kinds never share one. */
export function contentKey(content: Content): string {
  return `${content.kind}:${content.id.toLowerCase()}`;
}

/** The sealed shard that a store's key names, or null for the key of a blob. */
export function shardOfKey(key: string): Extract<Content, { kind: 'shard' }>['id'] | null {
  return key.startsWith('shard:') ? (key.slice('shard:'.length) as Extract<Content, { kind: 'shard' }>['id']) : null;
}
