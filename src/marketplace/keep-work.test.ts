import { describe, expect, it } from 'vitest';
import { MemoryShardStore } from '../storage/memory-shard-store.ts';
import { keepWork, type KeepOptions } from './keep-work.ts';
import { REQUESTER, STRANGER, expectOk, stageMarket } from './staged-market.ts';

/** A market of four shards with one staged task of three units, and a keeper that wants four open units in tasks of four. */
async function kept(work: KeepOptions['work'] = { units: 4, leastOpen: 4 }) {
  const stage = await stageMarket(new MemoryShardStore());
  const { ledger, dataset, circuit } = stage;
  const options: KeepOptions = {
    ledger,
    address: REQUESTER,
    circuit,
    dataset,
    text: 'Read them',
    now: () => ledger.time,
    onTrouble: (failure) => expect(failure).toBeNull(),
    ...(work && { work }),
  };
  const settle = (task: number, units: number) => {
    for (let unit = 0; unit < units; unit++) ledger.units.set(`${ledger.tasks[task].id}/${unit}`, { status: 'settled', claimant: STRANGER });
  };
  return { ...stage, options, settle };
}

describe('keepWork', () => {
  it('posts at once where fewer units are open than it keeps, and not again while they are', async () => {
    const { options, ledger } = await kept();
    const keeper = expectOk(await keepWork(options));
    expect(ledger.tasks).toHaveLength(2);
    expect(ledger.tasks[1]?.terms).toMatchObject({ requester: REQUESTER, units: 4, closes: ledger.time + 86_400 });
    expectOk(await keeper.tend());
    expect(ledger.tasks).toHaveLength(2);
    await keeper.stop();
  });

  it('posts nothing where enough is open already', async () => {
    const { options, ledger } = await kept({ units: 4, leastOpen: 3 });
    const keeper = expectOk(await keepWork(options));
    expect(ledger.tasks).toHaveLength(1);
    await keeper.stop();
  });

  it('posts another once units run low, and one more where it is asked to', async () => {
    const { options, ledger, settle } = await kept();
    const keeper = expectOk(await keepWork(options));
    settle(1, 4);
    expectOk(await keeper.tend());
    expect(ledger.tasks).toHaveLength(3);
    expect(expectOk(await keeper.post([1, 1])).terms.units).toBe(2);
    await keeper.stop();
  });

  it('takes back what a closed task did not spend, once', async () => {
    const { options, ledger, posted } = await kept();
    const keeper = expectOk(await keepWork(options));
    ledger.time = posted.terms.closes + 1;
    expectOk(await keeper.tend());
    expectOk(await keeper.tend());
    expect(ledger.sentActions.filter(({ send }) => send === 'refund')).toEqual([{ send: 'refund', terms: posted.terms }]);
    await keeper.stop();
  });

  it('does not count tasks of others', async () => {
    const { options, ledger } = await kept({ units: 2, leastOpen: 1 });
    const keeper = expectOk(await keepWork({ ...options, address: STRANGER }));
    expect(ledger.tasks).toHaveLength(2);
    await keeper.stop();
  });

  it('says when the chain is away, at the start and later, and does nothing once it was stopped', async () => {
    const { options, ledger } = await kept();
    ledger.outage = { kind: 'chain-down', detail: 'away' };
    expect(await keepWork(options)).toEqual({ ok: false, failure: ledger.outage });
    ledger.outage = null;
    const keeper = expectOk(await keepWork(options));
    ledger.outage = { kind: 'chain-down', detail: 'away again' };
    expect(await keeper.tend()).toEqual({ ok: false, failure: ledger.outage });
    expect(await keeper.post()).toEqual({ ok: false, failure: ledger.outage });
    await keeper.stop();
    expect(await keeper.tend()).toEqual({ ok: true, value: undefined });
  });
});
