/** The storage door for bytes named by hash: sealed shards by their tree, models and keys by SHA-256. What it returns matches its id. */
import type { BlobId, ShardId } from '../protocol/ids.ts';
import type { Result } from '../protocol/result.ts';

/** How to check the bytes: plain SHA-256, or the RFC 9162 tree over 1 KiB leaves. */
export type Content = { readonly kind: 'blob'; readonly id: BlobId } | { readonly kind: 'shard'; readonly id: ShardId };

export type StorageFailure =
  | { readonly kind: 'missing' }
  /** The stored bytes no longer match their id; they were deleted, fetch them again. */
  | { readonly kind: 'corrupt' }
  /** Bytes offered for storing do not match the id they were offered under. */
  | { readonly kind: 'mismatch' }
  | { readonly kind: 'quota'; readonly needed: number; readonly available: number }
  | { readonly kind: 'storage-unavailable'; readonly detail: string };

export interface ShardStore {
  get(content: Content): Promise<Result<Uint8Array<ArrayBuffer>, StorageFailure>>;
  /** Stores after checking hash and quota. Storing the same content twice is one copy. */
  put(content: Content, bytes: Uint8Array<ArrayBuffer>): Promise<Result<void, StorageFailure>>;
  /** Whether `bytes` more would fit: asked before a download starts. */
  room(bytes: number): Promise<Result<void, StorageFailure>>;
  /** Sealed shards held here, which this tab can offer to others. */
  shards(): Promise<readonly ShardId[]>;
  remove(content: Content): Promise<void>;
}
