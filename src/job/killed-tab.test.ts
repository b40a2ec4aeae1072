import { describe, expect, it, vi } from 'vitest';
import { createWalletSigner } from '../identity/wallet-signer.ts';
import { STRANGER, expectOk } from '../marketplace/staged-market.ts';
import { MemoryRecordStore } from '../storage/memory-record-store.ts';
import { MemoryShardStore } from '../storage/memory-shard-store.ts';
import { readJournals, type JournalEntry } from './journal.ts';
import { Killed, mortalDoors } from './mortal-doors.ts';
import { claimsOf, expectPaidOnce, rehearsals, type Rehearsal } from './rehearsal.ts';

const rehearse = rehearsals(async () => ({
  signer: await createWalletSigner(`0x${'11'.repeat(32)}`),
  shards: new MemoryShardStore(),
  records: new MemoryRecordStore(),
  custodianStore: new MemoryShardStore(),
}));

/** What the journal says of the one unit, at the moment. */
async function lastEntries({ doors }: Rehearsal): Promise<readonly JournalEntry['entry'][]> {
  const [journal] = await readJournals(doors.records);
  return Object.keys(journal?.progress ?? {}) as JournalEntry['entry'][];
}

describe('a killed tab', () => {
  it('loses no work and is paid once, whichever call of the job it died before or after', async () => {
    const counted = await rehearse([2]);
    const whole = mortalDoors(counted.doors, null);
    expectOk(await counted.run({}, whole.doors));
    expect(whole.calls.length).toBeGreaterThan(40);
    for (const when of ['before', 'after'] as const) {
      for (const [call, name] of whole.calls.entries()) {
        const rehearsal = await rehearse([2]);
        const where = `${when} call ${call}, ${name}`;
        // A worker that dies alone is reported; all else that dies takes the tab with it.
        const died = await rehearsal.run({}, mortalDoors(rehearsal.doors, { call, when }).doors).catch((thrown: unknown) => thrown);
        if (!name.startsWith('executor') && !name.startsWith('prover')) expect(died, where).toBeInstanceOf(Killed);
        const wasProven = (await lastEntries(rehearsal)).includes('proven');
        const provenBefore = rehearsal.doors.prover.calls;
        const again = await rehearsal.run();
        const done = again.ok || again.failure.kind === 'no-work';
        expect(done, `${where}: ${JSON.stringify(again.ok || again.failure)}`).toBe(true);
        if (wasProven) expect(rehearsal.doors.prover.calls, where).toBe(provenBefore);
        expect(claimsOf(rehearsal), where).toBe(1);
        await expectPaidOnce(rehearsal);
      }
    }
  });

  it('goes on from every entry of the journal without doing the earlier steps again', async () => {
    const entries: readonly JournalEntry['entry'][] = ['claimed', 'fetched', 'executed', 'proven', 'sent', 'settled'];
    for (const entry of entries) {
      const rehearsal = await rehearse([2]);
      const { doors, network } = rehearsal;
      const append = doors.records.append.bind(doors.records);
      const dying = vi.spyOn(doors.records, 'append').mockImplementation(async (name, value) => {
        await append(name, value);
        if ((value as JournalEntry).entry === entry) throw new Killed();
      });
      await expect(rehearsal.run()).rejects.toBeInstanceOf(Killed);
      dying.mockRestore();
      rehearsal.reports.length = 0;
      expectOk(await rehearsal.run());
      expect(rehearsal.reports.find(({ report }) => report === 'claimed')).toMatchObject({ resumed: true });
      expect(claimsOf(rehearsal)).toBe(1);
      expect(network.keyRequests, entry).toBe(1);
      expect(doors.prover.calls, entry).toBe(1);
      await expectPaidOnce(rehearsal);
    }
  });

  it('needs no custodian once the journal holds the wrapped key', async () => {
    const rehearsal = await rehearse([2]);
    const { network, doors } = rehearsal;
    const executor = { execute: () => Promise.reject(new Killed()) };
    expect(await rehearsal.run({}, { ...doors, executor })).toMatchObject({ ok: false, failure: { kind: 'runtime' } });
    network.custodian = null;
    network.sources.clear();
    expectOk(await rehearsal.run());
  });

  it('closes a unit that somebody else was paid for, or holds now, and looks for another', async () => {
    for (const state of [
      { status: 'settled', claimant: STRANGER },
      { status: 'claimed', claimant: STRANGER, until: 2_000_000_000, boxKey: `0x${'0c'.repeat(32)}` },
    ] as const) {
      const rehearsal = await rehearse([2]);
      const { doors, ledger, posted } = rehearsal;
      const prover = { prove: () => Promise.reject(new Error('out of memory')) };
      expect(await rehearsal.run({}, { ...doors, prover })).toEqual({ ok: false, failure: { kind: 'prover-crashed', detail: 'out of memory' } });
      expect(await lastEntries(rehearsal)).toEqual(['claimed', 'fetched', 'executed']);
      ledger.units.set(`${posted.id}/0`, state);
      expect(await rehearsal.run()).toEqual({ ok: false, failure: { kind: 'no-work' } });
      expect(await readJournals(doors.records)).toEqual([]);
    }
  });

  it('discards what a lost lease left behind before there was a proof, and claims anew', async () => {
    const rehearsal = await rehearse([2]);
    const prover = { prove: () => Promise.reject(new Error('out of memory')) };
    await rehearsal.run({}, { ...rehearsal.doors, prover });
    rehearsal.doors.timer.pass(601);
    expectOk(await rehearsal.run());
    expect(claimsOf(rehearsal)).toBe(2);
    await expectPaidOnce(rehearsal);
  });

  it('claims again with the proof it has when only the lease ran out', async () => {
    const rehearsal = await rehearse([2]);
    const { doors, ledger } = rehearsal;
    ledger.onSend = ({ send }) => {
      if (send === 'settle') throw new Killed();
      return null;
    };
    await expect(rehearsal.run()).rejects.toBeInstanceOf(Killed);
    ledger.onSend = () => null;
    doors.timer.pass(601);
    expectOk(await rehearsal.run());
    expect([claimsOf(rehearsal), doors.prover.calls, doors.executor.calls]).toEqual([2, 1, 1]);
    await expectPaidOnce(rehearsal);
  });

  it('leaves the journal of a task that this chain does not know, until its lease must be over', async () => {
    const rehearsal = await rehearse([2]);
    const { doors, ledger } = rehearsal;
    await rehearsal.run({}, { ...doors, prover: { prove: () => Promise.reject(new Error('out of memory')) } });
    const [posted] = ledger.tasks.splice(0, 1);
    expect(await rehearsal.run()).toEqual({ ok: false, failure: { kind: 'no-work' } });
    expect(await readJournals(doors.records)).toHaveLength(1);
    doors.timer.pass(601);
    await rehearsal.run();
    expect(await readJournals(doors.records)).toEqual([]);
    expect(posted).toBeDefined();
  });
});

describe('Stop', () => {
  it('ends the job at once in any call, and the next run goes on', async () => {
    const counted = await rehearse([2]);
    const whole = mortalDoors(counted.doors, null);
    expectOk(await counted.run({}, whole.doors));
    for (const [call, name] of whole.calls.entries()) {
      const rehearsal = await rehearse([2]);
      const controller = new AbortController();
      const { doors } = mortalDoors(rehearsal.doors, { call, when: 'hang', onHang: () => controller.abort() });
      expect(await rehearsal.run({ signal: controller.signal }, doors), name).toEqual({ ok: false, failure: { kind: 'stopped' } });
      const again = await rehearsal.run();
      expect(again.ok || again.failure.kind === 'no-work', name).toBe(true);
      await expectPaidOnce(rehearsal);
    }
  });

  it('ends a wait at once, and does not begin what is stopped already', async () => {
    const rehearsal = await rehearse([2]);
    const controller = new AbortController();
    rehearsal.ledger.outage = { kind: 'chain-down', detail: 'away' };
    rehearsal.doors.timer.onWait = () => controller.abort();
    expect(await rehearsal.run({ signal: controller.signal })).toEqual({ ok: false, failure: { kind: 'stopped' } });
    expect(rehearsal.doors.timer.waits).toBe(1);
    expect(await rehearsal.run({ signal: AbortSignal.abort() })).toEqual({ ok: false, failure: { kind: 'stopped' } });
    expect(claimsOf(rehearsal)).toBe(0);
  });
});
