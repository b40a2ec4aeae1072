import 'fake-indexeddb/auto';
import { afterEach, expect, it, vi } from 'vitest';
import { utf8 } from '../protocol/bytes.ts';
import type { BlobId } from '../protocol/ids.ts';
import { sha256 } from '../protocol/sha256.ts';
import { contentKey } from './content-check.ts';
import { Database } from './database.ts';
import { IndexedDbShardStore } from './indexed-db-shard-store.ts';
import { RESERVED_BYTES } from './room.ts';
import { shardStoreSuite } from './shard-store-suite.ts';
import type { Content } from './shard-store.ts';

const bytes = utf8('a model');
const content: Content = { kind: 'blob', id: sha256(bytes) as BlobId };
const plenty = async () => ({ quota: 10 ** 9, usage: 0 });
let opened = 0;

const freshDatabase = () => new Database(`shards-${opened++}`);

afterEach(() => {
  vi.restoreAllMocks();
});

shardStoreSuite('IndexedDbShardStore', async () => {
  const database = freshDatabase();
  let available = 10 ** 9;
  const estimate = async () => ({ quota: available + RESERVED_BYTES, usage: 0 });
  return {
    store: new IndexedDbShardStore(database, estimate),
    reopen: () => new IndexedDbShardStore(database, estimate),
    async tamper(which, changed) {
      const connection = await database.connect();
      if (changed) await connection.put('content', { bytes: changed }, contentKey(which));
      else await connection.delete('content', contentKey(which));
    },
    leave(room) {
      available = room;
    },
  };
});

it('maps the browser’s own QuotaExceededError to quota, whatever the estimate promised', async () => {
  const store = new IndexedDbShardStore(freshDatabase(), plenty);
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
    throw new DOMException('the disk is full', 'QuotaExceededError');
  });
  expect(await store.put(content, bytes)).toEqual({ ok: false, failure: { kind: 'quota', needed: bytes.length, available: 10 ** 9 } });
});

it('says that storage is unavailable where IndexedDB cannot be opened, and works once it can', async () => {
  const store = new IndexedDbShardStore(freshDatabase(), plenty);
  const open = vi.spyOn(indexedDB, 'open').mockImplementation(() => {
    throw new DOMException('private window', 'InvalidStateError');
  });
  expect(await store.get(content)).toEqual({ ok: false, failure: { kind: 'storage-unavailable', detail: 'InvalidStateError: private window' } });
  open.mockRestore();
  expect((await store.put(content, bytes)).ok).toBe(true);
});

it('allows a download where the browser gives no estimate', async () => {
  const store = new IndexedDbShardStore(freshDatabase(), async () => ({}));
  expect((await store.room(10 ** 12)).ok).toBe(true);
});

it('opens again, empty, after the browser evicted the whole database', async () => {
  const name = `evicted-${opened++}`;
  const store = new IndexedDbShardStore(new Database(name), plenty);
  await store.put(content, bytes);
  await new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(name);
    request.onsuccess = resolve;
    request.onerror = reject;
  });
  expect(await store.get(content)).toEqual({ ok: false, failure: { kind: 'missing' } });
  expect((await store.put(content, bytes)).ok).toBe(true);
});

it('throws on what no browser says of its storage: that is a mistake of ours, and no full disk', async () => {
  const broken = freshDatabase();
  vi.spyOn(broken, 'connect').mockRejectedValue(new RangeError('no such column'));
  await expect(new IndexedDbShardStore(broken, plenty).put(content, bytes)).rejects.toThrow(RangeError);
});
