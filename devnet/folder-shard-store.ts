/** Bytes by hash in a folder: what the custodian and the mirror hold, kept from one start to the next. */
import { mkdirSync } from 'node:fs';
import { readFile, readdir, rename, rm, statfs, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { contentKey, matchesContent, shardOfKey } from '../src/storage/content-check.ts';
import { fail, ok, type Result } from '../src/protocol/result.ts';
import type { ShardId } from '../src/protocol/ids.ts';
import type { Content, ShardStore, StorageFailure } from '../src/storage/shard-store.ts';

export class FolderShardStore implements ShardStore {
  /** Public files, each named by the 64 hexadecimal digits of its SHA-256: what a mirror serves. */
  readonly blobs: string;
  readonly #shards: string;
  readonly #free: () => Promise<number>;

  /** @param free bytes that still fit; the disk's own answer unless given */
  constructor(folder: string, free = () => freeOnDisk(folder)) {
    this.blobs = path.join(folder, 'blobs');
    this.#shards = path.join(folder, 'shards');
    this.#free = free;
    for (const kind of [this.blobs, this.#shards]) mkdirSync(kind, { recursive: true });
  }

  async get(content: Content): Promise<Result<Uint8Array<ArrayBuffer>, StorageFailure>> {
    const read = await readFile(this.#fileOf(content)).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    });
    if (read === null) return fail({ kind: 'missing' });
    const bytes = new Uint8Array(read);
    if (await matchesContent(content, bytes)) return ok(bytes);
    await this.remove(content);
    return fail({ kind: 'corrupt' });
  }

  async put(content: Content, bytes: Uint8Array<ArrayBuffer>): Promise<Result<void, StorageFailure>> {
    if (!(await matchesContent(content, bytes))) return fail({ kind: 'mismatch' });
    if ((await this.get(content)).ok) return ok(undefined);
    const room = await this.room(bytes.length);
    if (!room.ok) return room;
    // Written beside and moved, so that a kill in between leaves no half file under a hash.
    const draft = `${this.#fileOf(content)}.${process.pid}.part`;
    await writeFile(draft, bytes);
    await rename(draft, this.#fileOf(content));
    return ok(undefined);
  }

  async room(bytes: number): Promise<Result<void, StorageFailure>> {
    const available = await this.#free();
    return bytes <= available ? ok(undefined) : fail({ kind: 'quota', needed: bytes, available });
  }

  async shards(): Promise<readonly ShardId[]> {
    const names = await readdir(this.#shards);
    return names
      .filter((name) => /^[0-9a-f]{64}$/.test(name))
      .map((name) => shardOfKey(`shard:0x${name}`))
      .filter((id) => id !== null);
  }

  async remove(content: Content): Promise<void> {
    await rm(this.#fileOf(content), { force: true });
  }

  #fileOf(content: Content): string {
    const [kind, id] = contentKey(content).split(':0x');
    return path.join(kind === 'shard' ? this.#shards : this.blobs, id ?? '');
  }
}

async function freeOnDisk(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}
