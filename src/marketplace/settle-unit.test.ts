import { describe, expect, it } from 'vitest';
import type { UnitState } from '../consensus/ledger.ts';
import { encodeEvidence } from '../protocol/evidence.ts';
import type { Statement } from '../protocol/receipt.ts';
import { MemoryShardStore } from '../storage/memory-shard-store.ts';
import { deliveryBytes, settleUnit, type Delivery } from './settle-unit.ts';
import { STRANGER, expectOk, stageMarket } from './staged-market.ts';

const ME = `0x${'0a'.repeat(20)}` as const;
const BOX_KEY = `0x${'0b'.repeat(32)}` as const;

async function ready() {
  const stage = await stageMarket(new MemoryShardStore());
  const { ledger, posted, circuit } = stage;
  const statement: Statement = {
    t: 'prooftab/statement/1',
    circuit,
    chain: 31337,
    contract: ledger.market,
    subject: posted.id,
    unit: 0,
    beneficiary: ME,
    values: [5n, 0x7210n],
    digest: 6n,
  };
  const proof = { system: 1, bytes: new Uint8Array(256).fill(1) };
  const delivery: Delivery = { work: { task: posted.id, terms: posted.terms, unit: 0, inputPath: [BOX_KEY] }, statement, proof };
  const hold = (state: UnitState) => ledger.units.set(`${posted.id}/0`, state);
  hold({ status: 'claimed', claimant: ME, until: ledger.time + 600, boxKey: BOX_KEY });
  return { ...stage, delivery, hold };
}

describe('settleUnit', () => {
  it('sends values, path, digest and proof, and returns the payment', async () => {
    const { ledger, delivery } = await ready();
    const sent: string[] = [];
    const settlement = expectOk(await settleUnit(ledger, delivery, async (tx) => void sent.push(tx)));
    expect(settlement).toMatchObject({ beneficiary: ME, paid: 1_000n, values: [5n, 0x7210n] });
    expect(sent).toEqual([settlement.at.tx]);
    expect(ledger.sentActions.at(-1)).toEqual({
      send: 'settle',
      terms: delivery.work.terms,
      unit: 0,
      values: [5n, 0x7210n],
      path: [BOX_KEY],
      evidence: encodeEvidence(6n, delivery.proof.bytes),
    });
    expect(deliveryBytes(delivery)).toBe(64 + 32 + 288);
  });

  it('finds its own payment instead of sending twice', async () => {
    const { ledger, delivery } = await ready();
    const first = expectOk(await settleUnit(ledger, delivery));
    expect(expectOk(await settleUnit(ledger, delivery))).toEqual(first);
    expect(ledger.sentActions.filter(({ send }) => send === 'settle')).toHaveLength(1);
  });

  it('finds its own payment when only the answer was lost', async () => {
    const { ledger, delivery } = await ready();
    ledger.afterSend = () => ({ kind: 'reverted', error: 'AlreadySettled', args: [] });
    expect(expectOk(await settleUnit(ledger, delivery)).beneficiary).toBe(ME);
  });

  it('sends nothing for a unit that was paid to somebody else', async () => {
    const { ledger, delivery, hold } = await ready();
    hold({ status: 'settled', claimant: STRANGER });
    expect(await settleUnit(ledger, delivery)).toEqual({ ok: false, failure: { kind: 'already-settled' } });
    expect(ledger.sentActions.some(({ send }) => send === 'settle')).toBe(false);
  });

  it('sends nothing while somebody else holds the unit, since whoever delivers pays the holder', async () => {
    const { ledger, delivery, hold } = await ready();
    const until = ledger.time + 100;
    hold({ status: 'claimed', claimant: STRANGER, until, boxKey: BOX_KEY });
    expect(await settleUnit(ledger, delivery)).toEqual({ ok: false, failure: { kind: 'lease-lost', until, open: false } });
    ledger.time = until + 1;
    expect(await settleUnit(ledger, delivery)).toEqual({ ok: false, failure: { kind: 'lease-lost', until, open: true } });
    hold({ status: 'open' });
    expect(await settleUnit(ledger, delivery)).toEqual({ ok: false, failure: { kind: 'lease-lost', until: 0, open: true } });
    expect(ledger.sentActions.some(({ send }) => send === 'settle')).toBe(false);
  });

  it('says that the lease is lost, and the unit open, when it ends on the way', async () => {
    const { ledger, delivery } = await ready();
    ledger.time += 601;
    expect(await settleUnit(ledger, delivery)).toEqual({ ok: false, failure: { kind: 'lease-lost', until: 0, open: true } });
  });

  it('asks again while the chain does not show what it took: no receipt without a payment', async () => {
    const { ledger, delivery, hold } = await ready();
    const unseen = { ok: false, failure: { kind: 'chain-down', detail: 'settlement-not-seen' } };
    ledger.afterSend = () => {
      hold({ status: 'claimed', claimant: ME, until: ledger.time + 600, boxKey: BOX_KEY });
      return null;
    };
    expect(await settleUnit(ledger, delivery)).toEqual(unseen);
    const sent = ledger.sentActions.length;
    ledger.settlements.clear();
    hold({ status: 'settled', claimant: ME });
    expect(await settleUnit(ledger, delivery)).toEqual(unseen);
    // It is paid, and nothing is sent again.
    expect(ledger.sentActions).toHaveLength(sent);
  });

  it('hands on any other refusal, and a chain or sponsor that is away', async () => {
    for (const failure of [
      { kind: 'reverted', error: 'ProofRejected', args: [] },
      { kind: 'chain-down', detail: 'away' },
      { kind: 'sponsor-refused', detail: 'no' },
    ] as const) {
      const { ledger, delivery } = await ready();
      ledger.onSend = () => failure;
      expect(await settleUnit(ledger, delivery)).toEqual({ ok: false, failure });
    }
  });
});
