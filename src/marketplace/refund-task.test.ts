import { describe, expect, it } from 'vitest';
import { MemoryShardStore } from '../storage/memory-shard-store.ts';
import { refundTask } from './refund-task.ts';
import { STRANGER, stageMarket } from './staged-market.ts';

describe('refundTask', () => {
  it('refunds a task once nothing in it can be claimed or settled any more', async () => {
    const { ledger, posted } = await stageMarket(new MemoryShardStore());
    ledger.time = posted.terms.closes + 1;
    expect(await refundTask(ledger, posted)).toMatchObject({ ok: true });
    expect(ledger.sentActions.at(-1)).toEqual({ send: 'refund', terms: posted.terms });
  });

  it('sends nothing before the task is closed', async () => {
    const { ledger, posted } = await stageMarket(new MemoryShardStore());
    ledger.time = posted.terms.closes;
    expect(await refundTask(ledger, posted)).toEqual({ ok: false, failure: { kind: 'not-closed', closes: posted.terms.closes } });
    expect(ledger.sentActions.at(-1)?.send).toBe('post');
  });

  it('waits for a judge that still considers a unit', async () => {
    const { ledger, posted } = await stageMarket(new MemoryShardStore());
    ledger.time = posted.terms.closes + 1;
    ledger.units.set(`${posted.id}/2`, { status: 'pending', claimant: STRANGER, until: ledger.time + 50 });
    expect(await refundTask(ledger, posted)).toEqual({ ok: false, failure: { kind: 'pending', unit: 2, until: ledger.time + 50 } });
  });

  it('sends nothing where every unit was paid', async () => {
    const { ledger, posted } = await stageMarket(new MemoryShardStore());
    ledger.time = posted.terms.closes + 1;
    for (let unit = 0; unit < 3; unit++) ledger.units.set(`${posted.id}/${unit}`, { status: 'settled', claimant: STRANGER });
    expect(await refundTask(ledger, posted)).toEqual({ ok: false, failure: { kind: 'nothing-left' } });
  });

  it('says when the chain is away', async () => {
    const { ledger, posted } = await stageMarket(new MemoryShardStore());
    ledger.outage = { kind: 'chain-down', detail: 'away' };
    expect(await refundTask(ledger, posted)).toEqual({ ok: false, failure: { kind: 'chain-down', detail: 'away' } });
  });
});
