/** Content as it arrives in chunks: bounded by the caller's limit, a shard checked chunk by chunk, a blob at its end, resumable at any chunk. */
import { sha256 } from '../protocol/sha256.ts';
import { verifyChunk, verifyNodes } from '../protocol/shard-tree.ts';
import type { Content } from '../storage/shard-store.ts';
import { CHUNK } from './wire.ts';
import type { BlobHead } from './wire.ts';

/** `restart`: this source's size differs from an earlier one's; one of them is wrong, and from the first byte it shows which. */
export type HeadVerdict = 'accepted' | 'too-large' | 'mismatch' | 'restart';

export class Assembly {
  readonly content: Content;
  /** Most bytes that the caller takes. */
  readonly limit: number;
  #bytes: Uint8Array<ArrayBuffer> | null = null;
  #nodes: BlobHead['nodes'] = [];
  #received = 0;

  constructor(content: Content, limit: number) {
    this.content = content;
    this.limit = limit;
  }

  /** Bytes so far, from the first on; for a shard each was checked. */
  get received(): number {
    return this.#received;
  }

  get whole(): boolean {
    return this.#bytes !== null && this.#received === this.#bytes.length;
  }

  /** Takes what a source says of the content before its chunks. Memory is taken only here, and never beyond the limit. */
  begin({ size, nodes }: BlobHead): HeadVerdict {
    if (size > this.limit) return 'too-large';
    if (this.content.kind === 'shard' && !verifyNodes(this.content.id, size, nodes)) return 'mismatch';
    if (this.#bytes !== null && this.#bytes.length !== size && this.#received > 0) return 'restart';
    if (this.#bytes?.length !== size) this.#bytes = new Uint8Array(size);
    this.#nodes = nodes;
    return 'accepted';
  }

  /** Adds the next chunk; false when it is not the next chunk of this content. */
  accept(chunk: Uint8Array): boolean {
    if (this.#bytes === null) return false;
    const expected = Math.min(CHUNK, this.#bytes.length - this.#received);
    if (chunk.length !== expected || expected === 0) return false;
    if (this.content.kind === 'shard' && !verifyChunk(this.#nodes, this.#received / CHUNK, chunk)) return false;
    this.#bytes.set(chunk, this.#received);
    this.#received += chunk.length;
    return true;
  }

  /** The whole content, or null when it does not match its id. */
  finish(): Uint8Array<ArrayBuffer> | null {
    if (this.#bytes === null || !this.whole) return null;
    // Every chunk of a shard was checked on its way in; a blob's hash is only known at the end.
    if (this.content.kind === 'blob' && sha256(this.#bytes) !== this.content.id) return null;
    return this.#bytes;
  }

  /** Forgets everything received. */
  reset(): void {
    this.#bytes = null;
    this.#nodes = [];
    this.#received = 0;
  }
}
