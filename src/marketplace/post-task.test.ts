import { describe, expect, it } from 'vitest';
import { inputsRoot } from '../protocol/input-tree.ts';
import { fromHex32 } from '../protocol/field.ts';
import { taskId } from '../protocol/terms.ts';
import { MemoryShardStore } from '../storage/memory-shard-store.ts';
import { postTask } from './post-task.ts';
import { publishedHeads } from './published-heads.ts';
import { OWNER, REQUESTER, expectOk, stageMarket } from './staged-market.ts';

describe('postTask', () => {
  it('publishes what the task names before the task itself', async () => {
    const { ledger, posted, dataset, circuit } = await stageMarket(new MemoryShardStore());
    const { terms } = posted;
    expect(ledger.sentActions.slice(-3).map(({ send }) => send)).toEqual(['publish', 'publish', 'post']);
    const nodes = [2, 0, 3].map((shard) => dataset.list.nodes[shard]);
    expect(terms).toMatchObject({
      requester: REQUESTER,
      circuit,
      owner: OWNER,
      units: 3,
      price: 1_000n,
      ownerPrice: 100n,
      judge: ledger.registry,
      tariff: 0,
      lease: 600,
    });
    expect(terms.inputs).toBe(inputsRoot(nodes.map(fromHex32)));
    expect(posted.id).toBe(taskId(31337, ledger.market, terms));
    const [details] = expectOk(await publishedHeads(ledger, 'prooftab/details/1'));
    expect(details).toMatchObject({ id: terms.details, head: { dataset: dataset.id, grade: 2, text: 'Which digit is on each image?' } });
    const [inputs] = expectOk(await publishedHeads(ledger, 'prooftab/inputs/1'));
    expect(inputs?.head.units).toEqual([2, 0, 3].map((shard, unit) => ({ shard, input: nodes[unit] })));
  });

  it('asks for equal work again as another task', async () => {
    const { ledger, posted, order } = await stageMarket(new MemoryShardStore());
    expect(expectOk(await postTask(ledger, { ...order, nonce: `0x${'08'.repeat(16)}` })).id).not.toBe(posted.id);
  });

  it('refuses an order that nobody could fulfil, and publishes nothing of it', async () => {
    const { ledger, order } = await stageMarket(new MemoryShardStore());
    const before = ledger.sentActions.length;
    const refused = async (change: Partial<typeof order>) => postTask(ledger, { ...order, ...change });
    const bad = (detail: string) => ({ ok: false, failure: { kind: 'bad-order', detail } });
    expect(await refused({ shards: [] })).toEqual(bad('no-units'));
    expect(await refused({ shards: [0, 4] })).toEqual(bad('unknown-shard'));
    expect(await refused({ lease: 59 })).toEqual(bad('lease'));
    expect(await refused({ lease: 601 })).toEqual(bad('lease'));
    expect(await refused({ closes: ledger.time + 599 })).toEqual(bad('closes-too-soon'));
    expect(ledger.sentActions).toHaveLength(before);
  });

  it('hands on what the chain says, and posts nothing when a head could not be published', async () => {
    const { ledger, order } = await stageMarket(new MemoryShardStore());
    ledger.onSend = ({ send }) => (send === 'publish' ? { kind: 'chain-down', detail: 'away' } : null);
    expect(await postTask(ledger, order)).toEqual({ ok: false, failure: { kind: 'chain-down', detail: 'away' } });
    expect(ledger.tasks).toHaveLength(1);
    ledger.onSend = ({ send }) => (send === 'post' ? { kind: 'reverted', error: 'BadTerms', args: [] } : null);
    expect(await postTask(ledger, order)).toEqual({ ok: false, failure: { kind: 'reverted', error: 'BadTerms', args: [] } });
  });
});
