import { describe, expect, it } from 'vitest';
import type { Ledger } from '../consensus/ledger.ts';
import { createWalletSigner } from '../identity/wallet-signer.ts';
import { fromHex } from '../protocol/bytes.ts';
import { headId, type Details } from '../protocol/heads.ts';
import type { DetailsId } from '../protocol/ids.ts';
import { fail } from '../protocol/result.ts';
import { deriveShardKey } from '../protocol/shard-key.ts';
import { taskId } from '../protocol/terms.ts';
import { boxKeyHash, openWrappedKey } from '../protocol/wrapped-key.ts';
import { MemoryShardStore } from '../storage/memory-shard-store.ts';
import { claimTask } from './claim-task.ts';
import { grantKey } from './grant-key.ts';
import { postTask } from './post-task.ts';
import { publishedHeads } from './published-heads.ts';
import { OWNER, REQUESTER, expectOk, publishAs, stageMarket } from './staged-market.ts';

/** A volunteer who holds unit 1 of the staged task, which reads shard 0. */
async function claimant() {
  const stage = await stageMarket(new MemoryShardStore());
  const signer = await createWalletSigner(`0x${'11'.repeat(32)}`);
  const { ledger, posted } = stage;
  const claim = (task: typeof posted, unit: number) =>
    claimTask({ ledger, signer }, { chainId: 31337, market: ledger.market, task: task.id, terms: task.terms, unit }, 0);
  expectOk(await claim(posted, 1));
  const request = { task: posted.id, unit: 1, boxKey: await signer.boxPublicKey() };
  return { ...stage, signer, claim, request };
}

const refused = (code: string) => ({ ok: false, failure: { code } });

describe('grantKey', () => {
  it('wraps the shard’s key to the claimant, who alone can open it', async () => {
    const { custodian, request, signer, source, dataset } = await claimant();
    const wrapped = expectOk(await grantKey(custodian, request));
    const binding = { wrapped, task: request.task, unit: 1, claimant: await signer.address(), shard: dataset.list.shards[0].tree };
    const opened = expectOk(await openWrappedKey({ ...binding, keyPair: await signer.boxKey() }));
    expect(opened).toEqual(deriveShardKey(source.ownerSecret, source.salt, 0));
    const stranger = await createWalletSigner(`0x${'12'.repeat(32)}`);
    expect((await openWrappedKey({ ...binding, keyPair: await stranger.boxKey() })).ok).toBe(false);
    expect((await openWrappedKey({ ...binding, unit: 2, keyPair: await signer.boxKey() })).ok).toBe(false);
  });

  it('refuses everyone who does not hold the unit now', async () => {
    const { custodian, request, ledger, posted } = await claimant();
    expect(await grantKey(custodian, { ...request, unit: 0 })).toEqual(refused('not-claimant'));
    const until = ledger.time + 600;
    ledger.time = until + 1;
    expect(await grantKey(custodian, request)).toEqual(refused('not-claimant'));
    ledger.time = until;
    expect((await grantKey(custodian, request)).ok).toBe(true);
    ledger.units.set(`${posted.id}/1`, { status: 'settled', claimant: OWNER });
    expect(await grantKey(custodian, request)).toEqual(refused('not-claimant'));
  });

  it('refuses a box key other than the one that the claim put on the chain', async () => {
    const { custodian, request } = await claimant();
    const thief = await createWalletSigner(`0x${'12'.repeat(32)}`);
    expect(await grantKey(custodian, { ...request, boxKey: await thief.boxPublicKey() })).toEqual(refused('not-claimant'));
  });

  it('refuses what is no request', async () => {
    const { custodian, request } = await claimant();
    for (const change of [
      { boxKey: '0x1234' },
      { boxKey: `0x${'11'.repeat(64)}` },
      { unit: -1 },
      { unit: 0.5 },
      { task: '0x12' as typeof request.task },
    ] as const) {
      expect(await grantKey(custodian, { ...request, ...change })).toEqual(refused('bad-request'));
    }
  });

  it('does not know tasks, units and datasets that are not there, or not in its care', async () => {
    const { custodian, request } = await claimant();
    expect(await grantKey(custodian, { ...request, task: `0x${'99'.repeat(32)}` as typeof request.task })).toEqual(refused('not-found'));
    expect(await grantKey(custodian, { ...request, unit: 3 })).toEqual(refused('not-found'));
    expect(await grantKey({ ...custodian, custody: () => null }, request)).toEqual(refused('not-found'));
    expect(await grantKey({ ...custodian, shards: new MemoryShardStore() }, request)).toEqual(refused('not-found'));
  });

  it('grants only to circuits that the owner allowed, at the owner’s price', async () => {
    const { custodian, request, source, circuit } = await claimant();
    const custody = { ownerSecret: source.ownerSecret, circuits: [circuit], ownerPrice: 100n };
    expect(await grantKey({ ...custodian, custody: () => ({ ...custody, circuits: [] }) }, request)).toEqual(refused('not-granted'));
    expect(await grantKey({ ...custodian, custody: () => ({ ...custody, ownerPrice: 101n }) }, request)).toEqual(refused('not-granted'));
    expect((await grantKey({ ...custodian, custody: () => custody }, request)).ok).toBe(true);
  });

  it('refuses a task whose inputs are not under the dataset’s root', async () => {
    const { custodian, request, ledger, order, claim } = await claimant();
    const nodes = order.dataset.list.nodes.map((node, i) => (i === 0 ? order.dataset.list.nodes[1] : node));
    const swapped = expectOk(await postTask(ledger, { ...order, dataset: { ...order.dataset, list: { ...order.dataset.list, nodes } } }));
    expectOk(await claim(swapped, 1));
    expect(await grantKey(custodian, { ...request, task: swapped.id })).toEqual(refused('not-granted'));
  });

  it('gives data of grade 1 to nobody but its owner', async () => {
    const { custodian, request, ledger, order, claim } = await claimant();
    const own = expectOk(await postTask(ledger, { ...order, grade: 1 }));
    expectOk(await claim(own, 1));
    expect(await grantKey(custodian, { ...request, task: own.id })).toEqual(refused('not-granted'));
    const state = ledger.units.get(`${own.id}/1`);
    if (state?.status !== 'claimed') throw new Error('not claimed');
    ledger.units.set(`${own.id}/1`, { ...state, claimant: OWNER });
    expect((await grantKey(custodian, { ...request, task: own.id })).ok).toBe(true);
  });

  it.each(['grant', 'round'] as const)('grants nothing for a task under a %s, whose conditions it does not know', async (name) => {
    const { custodian, request, ledger, posted, claim } = await claimant();
    const published = expectOk(await publishedHeads(ledger, 'prooftab/details/1'));
    const details = published.find(({ id }) => id === posted.terms.details)?.head;
    if (details?.t !== 'prooftab/details/1') throw new Error('the task has no details');
    const under: Details = { ...details, [name]: `0x${'01'.repeat(32)}` };
    await publishAs(ledger, REQUESTER, under);
    const terms = { ...posted.terms, details: headId(under) as DetailsId };
    const task = { id: taskId(ledger.chainId, ledger.market, terms), terms };
    ledger.tasks.push(task);
    expectOk(await claim(task, 1));
    expect(await grantKey(custodian, { ...request, task: task.id })).toEqual(refused('not-granted'));
  });

  it('waits until the claim lies deep enough', async () => {
    const { custodian, request, ledger } = await claimant();
    const careful = { ...custodian, depth: 2 };
    const later = { ok: false, failure: { code: 'busy', retryAfter: 2 } };
    expect(await grantKey(careful, request)).toEqual(later);
    ledger.block += 1;
    expect(await grantKey(careful, request)).toEqual(later);
    ledger.block += 1;
    expect((await grantKey(careful, request)).ok).toBe(true);
  });

  it('is busy while the chain is away, and wraps nothing', async () => {
    const { custodian, request, ledger } = await claimant();
    ledger.outage = { kind: 'chain-down', detail: 'away' };
    expect(await grantKey(custodian, request)).toEqual({ ok: false, failure: { code: 'busy', retryAfter: 2 } });
  });

  it('is busy where the chain goes away in the middle, and wraps nothing', async () => {
    const { custodian, request, ledger } = await claimant();
    for (const away of ['units', 'circuit'] as const) {
      const flaky: Ledger = {
        read: (query) => (query.read === away ? Promise.resolve(fail({ kind: 'chain-down', detail: 'away' })) : ledger.read(query)),
        send: (action) => ledger.send(action),
        watch: (listener) => ledger.watch(listener),
      };
      expect(await grantKey({ ...custodian, ledger: flaky }, request)).toEqual({
        ok: false,
        failure: { code: 'busy', retryAfter: 2 },
      });
    }
  });

  it('refuses a box key that makes every shared secret zero', async () => {
    const { custodian, request, ledger, signer } = await claimant();
    const zero = `0x${'00'.repeat(32)}` as const;
    ledger.units.set(`${request.task}/1`, {
      status: 'claimed',
      claimant: await signer.address(),
      until: ledger.time + 9,
      boxKey: boxKeyHash(fromHex(zero)),
    });
    expect(await grantKey(custodian, { ...request, boxKey: zero })).toEqual(refused('bad-request'));
  });
});
