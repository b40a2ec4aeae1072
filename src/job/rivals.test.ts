import { describe, expect, it, vi } from 'vitest';
import { createWalletSigner } from '../identity/wallet-signer.ts';
import { claimTask } from '../marketplace/claim-task.ts';
import { STRANGER, expectOk } from '../marketplace/staged-market.ts';
import { fromHex } from '../protocol/bytes.ts';
import type { JobReport } from '../protocol/job-report.ts';
import { boxKeyHash } from '../protocol/wrapped-key.ts';
import { MemoryRecordStore } from '../storage/memory-record-store.ts';
import { MemoryShardStore } from '../storage/memory-shard-store.ts';
import { readJournals } from './journal.ts';
import { claimsOf, expectPaidOnce, rehearsals, settlesOf, waitedOn } from './rehearsal.ts';

const rehearse = rehearsals(async () => ({
  signer: await createWalletSigner(`0x${'11'.repeat(32)}`),
  shards: new MemoryShardStore(),
  records: new MemoryRecordStore(),
  custodianStore: new MemoryShardStore(),
}));

describe('other volunteers', () => {
  it('tries the next unit when somebody was quicker to claim one, or was even paid for it', async () => {
    for (const state of [
      { status: 'claimed', claimant: STRANGER, until: 2_000_000_000, boxKey: `0x${'0c'.repeat(32)}` },
      { status: 'settled', claimant: STRANGER },
    ] as const) {
      const rehearsal = await rehearse();
      const { ledger, posted } = rehearsal;
      let taken: number | null = null;
      ledger.onSend = (action) => {
        if (action.send === 'claim' && taken === null) {
          taken = action.unit;
          ledger.units.set(`${posted.id}/${taken}`, state);
        }
        return null;
      };
      const paid = expectOk(await rehearsal.run());
      expect(paid.unit).not.toBe(taken);
      expect(ledger.units.get(`${posted.id}/${paid.unit}`)).toMatchObject({ status: 'settled' });
    }
  });

  it('asks for no unit twice in a row, and finds no work when somebody is quicker every time', async () => {
    const rehearsal = await rehearse();
    const { ledger, posted } = rehearsal;
    const asked: number[] = [];
    ledger.onSend = (action) => {
      if (action.send !== 'claim') return null;
      asked.push(action.unit);
      return { kind: 'reverted', error: 'NotOpen', args: [] };
    };
    expect(await rehearsal.run()).toEqual({ ok: false, failure: { kind: 'no-work' } });
    expect(asked.sort()).toEqual(Array.from({ length: posted.terms.units }, (_, unit) => unit));
  });

  it('asks again for a unit that was refused once there is nothing else', async () => {
    const rehearsal = await rehearse([2]);
    let asked = 0;
    rehearsal.ledger.onSend = ({ send }) => (send === 'claim' && asked++ === 0 ? { kind: 'reverted', error: 'NotOpen', args: [] } : null);
    expectOk(await rehearsal.run({ whenNoWork: 'wait' }));
    expect([asked, waitedOn(rehearsal.reports)]).toEqual([2, ['work']]);
  });

  it('gives up for now where a task has more units than anyone would try', async () => {
    const rehearsal = await rehearse(Array.from({ length: 20 }, () => 2));
    let asked = 0;
    rehearsal.ledger.onSend = ({ send }) => (send === 'claim' ? (asked++, { kind: 'reverted', error: 'NotOpen', args: [] }) : null);
    expect(await rehearsal.run()).toEqual({ ok: false, failure: { kind: 'no-work' } });
    expect(asked).toBe(9);
  });

  it('delivers under a new lease when the old one ended in mid-proof and nobody came', async () => {
    const rehearsal = await rehearse([2]);
    const { doors } = rehearsal;
    const prove = doors.prover.prove.bind(doors.prover);
    vi.spyOn(doors.prover, 'prove').mockImplementation(async (...given) => {
      doors.timer.pass(700);
      return prove(...given);
    });
    expectOk(await rehearsal.run());
    expect([claimsOf(rehearsal), doors.prover.calls]).toEqual([2, 1]);
    await expectPaidOnce(rehearsal);
  });

  it('loses the unit when the lease ended in mid-proof and somebody came', async () => {
    const rehearsal = await rehearse([2]);
    const { doors, ledger, posted } = rehearsal;
    const rival = await createWalletSigner(`0x${'12'.repeat(32)}`);
    const prove = doors.prover.prove.bind(doors.prover);
    vi.spyOn(doors.prover, 'prove').mockImplementation(async (...given) => {
      doors.timer.pass(700);
      expectOk(
        await claimTask({ ledger, signer: rival }, { chainId: 31337, market: ledger.market, task: posted.id, terms: posted.terms, unit: 0 }, 0),
      );
      return prove(...given);
    });
    expect(await rehearsal.run()).toEqual({ ok: false, failure: { kind: 'lease-lost', until: ledger.time + 600 } });
    expect(settlesOf(rehearsal)).toBe(0);
    expect(await readJournals(doors.records)).toEqual([]);
    expect(boxKeyHash(fromHex(await rival.boxPublicKey()))).toBe((ledger.units.get(`${posted.id}/0`) as { boxKey: string }).boxKey);
  });

  it('says that the unit was settled when somebody else was paid in mid-proof', async () => {
    const rehearsal = await rehearse([2]);
    const { doors, ledger, posted } = rehearsal;
    const prove = doors.prover.prove.bind(doors.prover);
    vi.spyOn(doors.prover, 'prove').mockImplementation(async (...given) => {
      ledger.units.set(`${posted.id}/0`, { status: 'settled', claimant: STRANGER });
      return prove(...given);
    });
    expect(await rehearsal.run()).toEqual({ ok: false, failure: { kind: 'already-settled' } });
  });
});

describe('two tabs of one browser', () => {
  it('works in one, says so in the other, and takes over when the first is closed in mid-job', async () => {
    const rehearsal = await rehearse([2]);
    const { doors } = rehearsal;
    const controller = new AbortController();
    let reached = (): void => {};
    const proving = new Promise<void>((resolve) => (reached = resolve));
    const prover = {
      prove: () => {
        reached();
        return new Promise<never>(() => {});
      },
    };
    const first = rehearsal.run({ signal: controller.signal }, { ...doors, prover });
    await proving;
    const seen: JobReport[] = [];
    let waiting = (): void => {};
    const said = new Promise<void>((resolve) => (waiting = resolve));
    const second = rehearsal.run({
      onReport: (report) => {
        seen.push(report);
        if (report.report === 'waiting') waiting();
      },
    });
    await said;
    expect(seen).toEqual([{ report: 'waiting', step: 'claim', on: 'other-tab' }]);
    controller.abort();
    expect(await first).toEqual({ ok: false, failure: { kind: 'stopped' } });
    expectOk(await second);
    expect(claimsOf(rehearsal)).toBe(1);
    await expectPaidOnce(rehearsal);
  });
});
