import { describe, expect, it } from 'vitest';
import { STRANGER, expectOk, stageMarket } from '../marketplace/staged-market.ts';
import { MemoryShardStore } from '../storage/memory-shard-store.ts';
import { readOutlook } from './outlook.ts';

const ME = `0x${'0a'.repeat(20)}` as const;
const BOX_KEY = `0x${'0b'.repeat(32)}` as const;

describe('what the market offers', () => {
  it('counts the units that can be claimed now, and names the best price', async () => {
    const { ledger, posted } = await stageMarket(new MemoryShardStore());
    expect(await readOutlook(ledger, ME)).toEqual({ openUnits: 3, price: 1_000n, balance: 0n });
    ledger.units.set(`${posted.id}/0`, { status: 'claimed', claimant: STRANGER, until: ledger.time, boxKey: BOX_KEY });
    ledger.units.set(`${posted.id}/1`, { status: 'claimed', claimant: STRANGER, until: ledger.time - 1, boxKey: BOX_KEY });
    expect(await readOutlook(ledger, ME)).toMatchObject({ openUnits: 2 });
    ledger.units.set(`${posted.id}/2`, { status: 'settled', claimant: STRANGER });
    expect(await readOutlook(ledger, ME)).toMatchObject({ openUnits: 1 });
    ledger.time = posted.terms.closes - posted.terms.lease + 1;
    expect(await readOutlook(ledger, ME)).toEqual({ openUnits: 0, price: null, balance: 0n });
  });

  it('is not hidden or inflated by tasks that nobody can do, which cost nothing to post', async () => {
    const { ledger, posted } = await stageMarket(new MemoryShardStore());
    for (let closes = posted.terms.closes; closes < posted.terms.closes + 10; closes++)
      for (const nonsense of [{ units: 2 ** 32 - 1 }, { lease: 59 }])
        expectOk(await ledger.send({ send: 'post', terms: { ...posted.terms, price: 0n, closes, ...nonsense } }));
    expect(await readOutlook(ledger, ME)).toMatchObject({ openUnits: 3, price: 1_000n });
  });

  it('is unknown while the chain is away', async () => {
    const { ledger } = await stageMarket(new MemoryShardStore());
    ledger.outage = { kind: 'chain-down', detail: 'away' };
    expect(await readOutlook(ledger, ME)).toBeNull();
  });
});
