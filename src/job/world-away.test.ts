import { describe, expect, it } from 'vitest';
import { createWalletSigner } from '../identity/wallet-signer.ts';
import { expectOk } from '../marketplace/staged-market.ts';
import { MemoryRecordStore } from '../storage/memory-record-store.ts';
import { MemoryShardStore } from '../storage/memory-shard-store.ts';
import { readJournals } from './journal.ts';
import { mortalDoors } from './mortal-doors.ts';
import { expectPaidOnce, rehearsals, settlesOf, waitedOn } from './rehearsal.ts';

const rehearse = rehearsals(async () => ({
  signer: await createWalletSigner(`0x${'11'.repeat(32)}`),
  shards: new MemoryShardStore(),
  records: new MemoryRecordStore(),
  custodianStore: new MemoryShardStore(),
}));

describe('while the world is away', () => {
  it('waits for the chain, whatever was being asked, and goes on', async () => {
    const counted = await rehearse([2]);
    const whole = mortalDoors(counted.doors, null);
    expectOk(await counted.run({}, whole.doors));
    const ledgerCalls = whole.calls.filter((name) => name.startsWith('ledger.')).length;
    for (let at = 0; at < ledgerCalls; at++) {
      const rehearsal = await rehearse([2]);
      const { ledger, doors, reports } = rehearsal;
      let calls = 0;
      const flaky = new Proxy(ledger, {
        get: (target, property) => {
          if ((property === 'read' || property === 'send') && calls++ === at) ledger.outage = { kind: 'chain-down', detail: 'away' };
          const member: unknown = Reflect.get(target, property, target);
          return typeof member === 'function' ? (...given: unknown[]): unknown => Reflect.apply(member, target, given) : member;
        },
      });
      doors.timer.onWait = () => {
        ledger.outage = null;
      };
      expectOk(await rehearsal.run({}, { ...doors, ledger: flaky }));
      expect(waitedOn(reports), `ledger call ${at}`).toEqual(['chain']);
      await expectPaidOnce(rehearsal);
    }
  });

  it('waits for the sponsor, before the claim and before the payment', async () => {
    const rehearsal = await rehearse([2]);
    const { ledger, doors, reports } = rehearsal;
    let refusals = 0;
    ledger.onSend = () => (refusals++ % 3 === 2 ? null : { kind: 'sponsor-refused', detail: 'no coins left' });
    expectOk(await rehearsal.run());
    expect(waitedOn(reports)).toEqual(['sponsor', 'sponsor']);
    expect(doors.timer.waits).toBe(4);
    await expectPaidOnce(rehearsal);
  });

  it('knows a sponsor that is silent from a chain that is: the chain still answers', async () => {
    const rehearsal = await rehearse([2]);
    const { ledger, doors, reports } = rehearsal;
    ledger.onSend = () => ({ kind: 'chain-down', detail: 'sponsor-silent' });
    doors.timer.onWait = () => {
      ledger.onSend = () => null;
    };
    expectOk(await rehearsal.run());
    expect(waitedOn(reports)).toEqual(['sponsor']);
    await expectPaidOnce(rehearsal);
  });

  it('says that the sponsor refuses once the task has closed', async () => {
    const rehearsal = await rehearse([2]);
    rehearsal.ledger.onSend = ({ send }) => (send === 'settle' ? { kind: 'sponsor-refused', detail: 'no coins left' } : null);
    expect(await rehearsal.run()).toMatchObject({ ok: false });
    expect(waitedOn(rehearsal.reports)).toContain('sponsor');
    expect(settlesOf(rehearsal)).toBe(0);
  });

  it('waits for peers, or for the relay where that is what is missing', async () => {
    for (const [relay, on] of [
      ['up', 'peers'],
      ['down', 'relay'],
    ] as const) {
      const rehearsal = await rehearse([2]);
      const { network, doors, reports } = rehearsal;
      const [source] = [...network.sources];
      network.sources.clear();
      network.relay = relay;
      doors.timer.onWait = (waits) => {
        if (waits === 4) network.sources.set(...source);
      };
      expectOk(await rehearsal.run());
      expect(waitedOn(reports)).toEqual([on]);
    }
  });

  it('waits for a custodian that vanished, and goes on when it returns', async () => {
    const rehearsal = await rehearse([2]);
    const { network, doors, reports } = rehearsal;
    const { custodian } = network;
    network.custodian = null;
    doors.timer.onWait = (waits) => {
      if (waits === 5) network.custodian = custodian;
    };
    expectOk(await rehearsal.run());
    expect(waitedOn(reports)).toEqual(['custodian']);
    const waiting = reports.findIndex(({ report }) => report === 'waiting');
    expect(reports.slice(waiting).find(({ report }) => report === 'step')).toMatchObject({ step: 'fetch', state: 'now' });
  });

  it('gives up on a custodian that stays away when the lease ends, and keeps nothing of the unit', async () => {
    const rehearsal = await rehearse([2]);
    const until = rehearsal.ledger.time + 600;
    rehearsal.network.custodian = null;
    expect(await rehearsal.run()).toEqual({ ok: false, failure: { kind: 'lease-lost', until } });
    expect(await readJournals(rehearsal.doors.records)).toEqual([]);
    expect(rehearsal.ledger.time).toBeGreaterThanOrEqual(until);
  });

  it('asks a busy custodian again, and one that has not seen the claim yet', async () => {
    for (const code of ['busy', 'not-claimant'] as const) {
      const rehearsal = await rehearse([2]);
      const { network, reports } = rehearsal;
      const { custodian } = network;
      let asked = 0;
      network.custodian = async (request) => (asked++ < 3 ? { ok: false, failure: { code } } : custodian!(request));
      expectOk(await rehearsal.run());
      expect(waitedOn(reports)).toEqual(['custodian']);
    }
  });
});
