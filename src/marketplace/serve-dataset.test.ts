import { describe, expect, it } from 'vitest';
import { createWalletSigner } from '../identity/wallet-signer.ts';
import type { DatasetId } from '../protocol/ids.ts';
import { MemoryShardStore } from '../storage/memory-shard-store.ts';
import { claimTask } from './claim-task.ts';
import { serveContent, serveDataset } from './serve-dataset.ts';
import { expectOk, stageMarket } from './staged-market.ts';

async function serving(dataset?: DatasetId) {
  const stage = await stageMarket(new MemoryShardStore());
  const { ledger, custodianStore: shards, posted, source, circuit } = stage;
  const custody = { ownerSecret: source.ownerSecret, circuits: [circuit], ownerPrice: 100n };
  const served = serveDataset({ ledger, shards, dataset: dataset ?? stage.dataset.id, custody, depth: 0 });
  const signer = await createWalletSigner(`0x${'11'.repeat(32)}`);
  const work = { chainId: 31337, market: ledger.market, task: posted.id, terms: posted.terms, unit: 1 };
  const request = { task: posted.id, unit: 1, boxKey: await signer.boxPublicKey() };
  return { ...stage, served, request, claim: () => claimTask({ ledger, signer }, work, 0) };
}

describe('serveDataset', () => {
  it('gives keys to live claimants alone', async () => {
    const { served, request, claim } = await serving();
    expect(await served.key?.(request, 'a peer')).toEqual({ ok: false, failure: { code: 'not-claimant' } });
    expectOk(await claim());
    expect(await served.key?.(request, 'a peer')).toMatchObject({ ok: true });
  });

  it('gives none for a dataset of others', async () => {
    const { served, request, claim } = await serving(`0x${'77'.repeat(32)}` as DatasetId);
    expectOk(await claim());
    expect(await served.key?.(request, 'a peer')).toEqual({ ok: false, failure: { code: 'not-found' } });
  });

  it('gives sealed shards and their list to anyone, and says where it holds nothing', async () => {
    const { served, dataset, custodianStore } = await serving();
    const [shard] = dataset.list.shards;
    expect(await served.blob?.({ kind: 'shard', id: shard.tree })).toHaveLength(shard.bytes);
    expect(await served.blob?.({ kind: 'blob', id: dataset.head.shards })).not.toBeNull();
    expect(await serveContent(custodianStore)({ kind: 'blob', id: dataset.head.root as never })).toBeNull();
  });
});
