/** The RFC 9162 tree over a sealed shard, 1 KiB leaves: strangers serve it in pieces, and every piece is checked on arrival. */
import { sha256 as hash } from '@noble/hashes/sha2.js';
import { concatBytes, fromHex, toHex, type Hex } from './bytes.ts';
import type { ShardId } from './ids.ts';

const LEAF_BYTES = 1024;
/** 256 leaves: an aligned subtree, so that a chunk is checked against one node. */
export const CHUNK_BYTES = 256 * LEAF_BYTES;

/** Root over the whole shard. */
export function shardId(bytes: Uint8Array): ShardId {
  return toHex(rootOf(leavesOf(bytes))) as ShardId;
}

/** The tree's node over each 256 KiB chunk, the last one possibly shorter. */
export function shardNodes(bytes: Uint8Array): Hex[] {
  return chunkStarts(bytes.length).map((start) => toHex(rootOf(leavesOf(bytes.subarray(start, start + CHUNK_BYTES)))));
}

/** Whether these nodes, one per chunk of a shard of `size` bytes, lead to its id. */
export function verifyNodes(id: ShardId, size: number, nodes: readonly Hex[]): boolean {
  return nodes.length === chunkStarts(size).length && toHex(rootOf(nodes.map((node) => fromHex(node)))) === id.toLowerCase();
}

/** Whether a chunk is the one that `nodes[index]` commits to. */
export function verifyChunk(nodes: readonly Hex[], index: number, chunk: Uint8Array): boolean {
  return chunk.length <= CHUNK_BYTES && toHex(rootOf(leavesOf(chunk))) === nodes[index];
}

function chunkStarts(size: number): number[] {
  return Array.from({ length: Math.max(1, Math.ceil(size / CHUNK_BYTES)) }, (_, i) => i * CHUNK_BYTES);
}

/** Leaf prefix 0. */
function leavesOf(bytes: Uint8Array): Uint8Array[] {
  const count = Math.max(1, Math.ceil(bytes.length / LEAF_BYTES));
  return Array.from({ length: count }, (_, i) => hash(concatBytes(new Uint8Array([0]), bytes.subarray(i * LEAF_BYTES, (i + 1) * LEAF_BYTES))));
}

/** Node prefix 1; the left subtree is the largest power of two below the number of leaves (RFC 9162 §2.1.1). */
function rootOf(nodes: readonly Uint8Array[]): Uint8Array {
  const [only] = nodes;
  if (only && nodes.length === 1) return only;
  let left = 1;
  while (2 * left < nodes.length) left *= 2;
  return hash(concatBytes(new Uint8Array([1]), rootOf(nodes.slice(0, left)), rootOf(nodes.slice(left))));
}
