import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { shardStoreSuite } from '../src/storage/shard-store-suite.ts';
import type { Content } from '../src/storage/shard-store.ts';
import { FolderShardStore } from './folder-shard-store.ts';

const folders: string[] = [];

function newFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'prooftab-store-'));
  folders.push(folder);
  return folder;
}

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

const fileOf = (folder: string, content: Content) => path.join(folder, content.kind === 'shard' ? 'shards' : 'blobs', content.id.slice(2));

shardStoreSuite('FolderShardStore', async () => {
  const folder = newFolder();
  let free = Number.POSITIVE_INFINITY;
  return {
    store: new FolderShardStore(folder, async () => free),
    reopen: () => new FolderShardStore(folder),
    async tamper(content, bytes) {
      if (bytes) writeFileSync(fileOf(folder, content), bytes);
      else rmSync(fileOf(folder, content));
    },
    leave(bytes) {
      free = bytes;
    },
  };
});

it('leaves no half-written file for a mirror to serve', async () => {
  const folder = newFolder();
  const store = new FolderShardStore(folder);
  await store.put({ kind: 'blob', id: `0x${'00'.repeat(32)}` as never }, new Uint8Array([1]));
  expect(readdirSync(store.blobs)).toEqual([]);
});
