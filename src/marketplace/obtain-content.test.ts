import { describe, expect, it } from 'vitest';
import { utf8 } from '../protocol/bytes.ts';
import type { BlobId } from '../protocol/ids.ts';
import { sha256 } from '../protocol/sha256.ts';
import { shardId } from '../protocol/shard-tree.ts';
import { contentKey } from '../storage/content-check.ts';
import { MemoryShardStore } from '../storage/memory-shard-store.ts';
import type { Content } from '../storage/shard-store.ts';
import { obtainContent } from './obtain-content.ts';
import { StubNetwork } from './stub-network.ts';

const model = utf8('a model');
const blob: Content = { kind: 'blob', id: sha256(model) as BlobId };
const sealed = new Uint8Array(1_500).fill(5);
const shard: Content = { kind: 'shard', id: shardId(sealed) };

async function place(capacity?: number) {
  const held = new Map<string, Uint8Array<ArrayBuffer>>();
  const shards = new MemoryShardStore(capacity, held);
  const network = new StubNetwork();
  const peer = new MemoryShardStore();
  await peer.put(blob, model);
  await peer.put(shard, sealed);
  network.sources.set('peer', peer);
  return { held, shards, network };
}

describe('obtainContent', () => {
  it('fetches once, keeps it, and asks nobody the next time', async () => {
    const { shards, network } = await place();
    const parts: number[] = [];
    expect(await obtainContent({ shards, network }, blob, 7, (received) => parts.push(received))).toEqual({
      ok: true,
      value: { bytes: model, fetched: { bytes: model, from: 'peer', direct: true } },
    });
    expect(await obtainContent({ shards, network }, blob, 7)).toEqual({ ok: true, value: { bytes: model, fetched: null } });
    expect([network.fetchedContent, parts]).toEqual([[blob], [7]]);
  });

  it('offers a sealed shard to others, and never a blob', async () => {
    const { shards, network } = await place();
    await obtainContent({ shards, network }, blob, 7);
    expect(network.announced).toEqual([]);
    await obtainContent({ shards, network }, shard, 1_500);
    expect(network.announced).toEqual([shardId(sealed)]);
  });

  it('fetches again what was damaged or evicted on this device', async () => {
    const { held, shards, network } = await place();
    await obtainContent({ shards, network }, shard, 1_500);
    held.set(contentKey(shard), new Uint8Array(1_500));
    expect(await obtainContent({ shards, network }, shard, 1_500)).toMatchObject({ ok: true, value: { bytes: sealed } });
    held.clear();
    expect(await obtainContent({ shards, network }, shard, 1_500)).toMatchObject({ ok: true, value: { fetched: { from: 'peer' } } });
    expect(network.fetchedContent).toHaveLength(3);
  });

  it('asks for room before the first byte', async () => {
    const { shards, network } = await place(1_499);
    expect(await obtainContent({ shards, network }, shard, 1_500)).toEqual({
      ok: false,
      failure: { kind: 'quota', needed: 1_500, available: 1_499 },
    });
    expect(network.fetchedContent).toEqual([]);
  });

  it('does not take false bytes from a network that let them through', async () => {
    const { shards, network } = await place();
    network.fetch = async () => ({ ok: true, value: { bytes: utf8('a modem'), from: 'liar', direct: true } });
    expect(await obtainContent({ shards, network }, blob, 7)).toEqual({ ok: false, failure: { kind: 'mismatch', from: 'liar' } });
    expect((await shards.get(blob)).ok).toBe(false);
  });

  it('hands on why nobody could serve it, or why it cannot be stored', async () => {
    const { shards, network } = await place();
    network.failure = { kind: 'not-found', asked: ['peer'] };
    expect(await obtainContent({ shards, network }, blob, 7)).toEqual({ ok: false, failure: { kind: 'not-found', asked: ['peer'] } });
    const failure = { kind: 'storage-unavailable', detail: 'private window' } as const;
    shards.get = async () => ({ ok: false, failure });
    expect(await obtainContent({ shards, network }, blob, 7)).toEqual({ ok: false, failure });
  });
});
