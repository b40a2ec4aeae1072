/** What every shard store promises, run against each implementation. */
import { describe, expect, it } from 'vitest';
import { utf8 } from '../protocol/bytes.ts';
import type { BlobId } from '../protocol/ids.ts';
import { sha256 } from '../protocol/sha256.ts';
import { shardId } from '../protocol/shard-tree.ts';
import type { Content, ShardStore } from './shard-store.ts';

export interface OpenedShardStore {
  readonly store: ShardStore;
  /** A second opening of the same storage, as after a reload. */
  readonly reopen: () => ShardStore;
  /** Changes what is stored behind the store's back; null evicts it. */
  readonly tamper: (content: Content, bytes: Uint8Array<ArrayBuffer> | null) => Promise<void>;
  /** From now on, this many more bytes fit. */
  readonly leave: (bytes: number) => void;
}

const blobOf = (bytes: Uint8Array): Content => ({ kind: 'blob', id: sha256(bytes) as BlobId });
const shardOf = (bytes: Uint8Array): Content => ({ kind: 'shard', id: shardId(bytes) });

export function shardStoreSuite(name: string, open: () => Promise<OpenedShardStore>): void {
  describe(name, () => {
    const model = utf8('a model');
    const sealed = new Uint8Array(3_300).fill(7);

    it('returns what was put, also after a reload', async () => {
      const { store, reopen } = await open();
      expect(await store.put(blobOf(model), model)).toEqual({ ok: true, value: undefined });
      expect(await store.put(shardOf(sealed), sealed)).toEqual({ ok: true, value: undefined });
      expect(await reopen().get(blobOf(model))).toEqual({ ok: true, value: model });
      expect(await reopen().get(shardOf(sealed))).toEqual({ ok: true, value: sealed });
    });

    it('finds content whatever the case of its id', async () => {
      const { store } = await open();
      await store.put(blobOf(model), model);
      const shouting: Content = { kind: 'blob', id: `0x${sha256(model).slice(2).toUpperCase()}` as BlobId };
      expect(await store.get(shouting)).toEqual({ ok: true, value: model });
    });

    it('answers missing for content it never had, was told to remove, or that the browser evicted', async () => {
      const { store, tamper } = await open();
      expect(await store.get(blobOf(model))).toEqual({ ok: false, failure: { kind: 'missing' } });
      await store.put(blobOf(model), model);
      await store.remove(blobOf(model));
      expect(await store.get(blobOf(model))).toEqual({ ok: false, failure: { kind: 'missing' } });
      await store.put(shardOf(sealed), sealed);
      await tamper(shardOf(sealed), null);
      expect(await store.get(shardOf(sealed))).toEqual({ ok: false, failure: { kind: 'missing' } });
    });

    it('refuses bytes that do not match the id they are offered under', async () => {
      const { store } = await open();
      expect(await store.put(blobOf(model), utf8('a modem'))).toEqual({ ok: false, failure: { kind: 'mismatch' } });
      expect(await store.put(shardOf(sealed), model)).toEqual({ ok: false, failure: { kind: 'mismatch' } });
      expect(await store.get(blobOf(model))).toEqual({ ok: false, failure: { kind: 'missing' } });
    });

    it('does not take a plain hash for a tree, nor a tree for a plain hash', async () => {
      const { store } = await open();
      expect(await store.put({ kind: 'blob', id: shardId(sealed) as unknown as BlobId }, sealed)).toEqual({
        ok: false,
        failure: { kind: 'mismatch' },
      });
    });

    it('notices corruption on the way out, deletes it, and takes good bytes again', async () => {
      const { store, tamper } = await open();
      await store.put(shardOf(sealed), sealed);
      const flipped = sealed.slice();
      flipped[2_000] = 8;
      await tamper(shardOf(sealed), flipped);
      expect(await store.get(shardOf(sealed))).toEqual({ ok: false, failure: { kind: 'corrupt' } });
      expect(await store.get(shardOf(sealed))).toEqual({ ok: false, failure: { kind: 'missing' } });
      expect((await store.put(shardOf(sealed), sealed)).ok).toBe(true);
      expect(await store.get(shardOf(sealed))).toEqual({ ok: true, value: sealed });
    });

    it('says before a download whether it would fit', async () => {
      const { store, leave } = await open();
      leave(1_000);
      expect(await store.room(1_000)).toEqual({ ok: true, value: undefined });
      expect(await store.room(1_001)).toEqual({ ok: false, failure: { kind: 'quota', needed: 1_001, available: 1_000 } });
    });

    it('refuses what does not fit and keeps what it has', async () => {
      const { store, leave } = await open();
      await store.put(blobOf(model), model);
      leave(100);
      expect(await store.put(shardOf(sealed), sealed)).toEqual({ ok: false, failure: { kind: 'quota', needed: sealed.length, available: 100 } });
      expect(await store.get(blobOf(model))).toEqual({ ok: true, value: model });
      expect(await store.shards()).toEqual([]);
    });

    it('keeps one copy of the same content, which needs no room', async () => {
      const { store, leave } = await open();
      await store.put(shardOf(sealed), sealed);
      leave(0);
      expect((await store.put(shardOf(sealed), sealed)).ok).toBe(true);
      expect(await store.shards()).toEqual([shardId(sealed)]);
    });

    it('lists the sealed shards it holds, and no blobs', async () => {
      const { store } = await open();
      await store.put(blobOf(model), model);
      expect(await store.shards()).toEqual([]);
      await store.put(shardOf(sealed), sealed);
      expect(await store.shards()).toEqual([shardId(sealed)]);
    });

    it('is not changed by what a caller does with the bytes afterwards', async () => {
      const { store } = await open();
      const mine = model.slice();
      await store.put(blobOf(model), mine);
      mine.fill(0);
      const first = await store.get(blobOf(model));
      if (first.ok) first.value.fill(0);
      expect(await store.get(blobOf(model))).toEqual({ ok: true, value: model });
    });

    it('takes a blob as large as a proving key', async () => {
      const { store } = await open();
      const key = new Uint8Array(40_000_000);
      key[39_999_999] = 1;
      expect((await store.put(blobOf(key), key)).ok).toBe(true);
      const back = await store.get(blobOf(key));
      expect(back.ok && back.value.length === key.length && back.value[39_999_999] === 1).toBe(true);
    });
  });
}
