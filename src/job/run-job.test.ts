import { describe, expect, it, vi } from 'vitest';
import { claimTask } from '../marketplace/claim-task.ts';
import { STRANGER, expectOk } from '../marketplace/staged-market.ts';
import { createWalletSigner } from '../identity/wallet-signer.ts';
import { fromHex } from '../protocol/bytes.ts';
import { digestOf } from '../protocol/domain.ts';
import { fromHex32 } from '../protocol/field.ts';
import type { JobReport } from '../protocol/job-report.ts';
import { receiptId } from '../protocol/receipt.ts';
import { boxKeyHash } from '../protocol/wrapped-key.ts';
import { contentKey } from '../storage/content-check.ts';
import { readJournals, type JournalEntry } from './journal.ts';
import { Killed, mortalDoors } from './mortal-doors.ts';
import { listReceipts } from './receipts.ts';
import { rehearse, type Rehearsal } from './rehearsal.ts';

const waitedOn = (reports: readonly JobReport[]) => reports.flatMap((report) => (report.report === 'waiting' ? [report.on] : []));
const settlesOf = ({ ledger }: Rehearsal) => ledger.sentActions.filter(({ send }) => send === 'settle').length;
const claimsOf = ({ ledger }: Rehearsal) => ledger.sentActions.filter(({ send }) => send === 'claim').length;

async function expectPaidOnce(rehearsal: Rehearsal): Promise<void> {
  const { ledger, doors } = rehearsal;
  expect(settlesOf(rehearsal)).toBe(1);
  expect(expectOk(await ledger.read({ read: 'balance', of: await doors.signer.address() }))).toBe(1_000n);
  expect(await listReceipts(doors.records)).toHaveLength(1);
  expect(await readJournals(doors.records)).toEqual([]);
}

/** What the journal says of the one unit, at the moment. */
async function lastEntries({ doors }: Rehearsal): Promise<readonly JournalEntry['entry'][]> {
  const [journal] = await readJournals(doors.records);
  return Object.keys(journal?.progress ?? {}) as JournalEntry['entry'][];
}

describe('runJob', () => {
  it('goes from an open task to a paid receipt, and says each step', async () => {
    const rehearsal = await rehearse([2]);
    const { reports, doors, source, dataset, posted, ledger } = rehearsal;
    const paid = expectOk(await rehearsal.run());
    expect(reports.flatMap((report) => (report.report === 'step' && report.state === 'done' ? [report.step] : []))).toEqual(['claim', 'fetch', 'open', 'read', 'prove', 'submit', 'paid']);
    const answers = [8, 9, 10, 11].map((row) => source.rows[row * 20]! % 10);
    expect(reports.find(({ report }) => report === 'task')).toMatchObject({ task: posted.id, unit: 0, price: 1_000n, grade: 2, dataset: dataset.id, firstRow: 8, rows: 4 });
    expect(reports.find(({ report }) => report === 'claimed')).toEqual({ report: 'claimed', until: ledger.time + 600, resumed: false });
    expect(reports.find(({ report }) => report === 'answered')).toMatchObject({ answers, engine: 'reference' });
    expect(reports.find(({ report }) => report === 'proven')).toMatchObject({ constraints: 53_600, threads: 2 });
    expect(reports.flatMap((report) => (report.report === 'fetched' ? [[report.what, report.from, report.direct]] : []))).toEqual([
      ['model', 'custodian', true],
      ['proving-key', 'custodian', true],
      ['shard', 'custodian', true],
      ['shard-key', 'custodian', false],
    ]);
    expect(reports.flatMap((report) => (report.report === 'sent' ? [report.what] : []))).toEqual(['claim', 'key-request', 'answers-and-proof']);
    expect(reports.at(-1)).toMatchObject({ report: 'paid', amount: 1_000n, receiptId: paid.receiptId });
    expect(waitedOn(reports)).toEqual([]);
    await expectPaidOnce(rehearsal);
    expect((await listReceipts(doors.records)).map(receiptId)).toEqual([paid.receiptId]);
  });

  it('binds the proof to task, unit, chain, contract and payee, and anchors the receipt in the payment', async () => {
    const rehearsal = await rehearse([2]);
    const { doors, posted, ledger, dataset, circuit, parts, key, model } = rehearsal;
    const { receipt, tx } = expectOk(await rehearsal.run());
    const { statement, material, anchors } = receipt;
    expect(statement).toMatchObject({ circuit, chain: 31337, contract: ledger.market, subject: posted.id, unit: 0, beneficiary: await doors.signer.address() });
    expect(statement.values[0]).toBe(fromHex32(dataset.list.nodes[2]!));
    expect(statement.values).toHaveLength(2);
    expect(statement.digest).toBe(digestOf(statement.values));
    expect(material).toMatchObject({ circuit: parts, key, dataset: dataset.head, path: { index: 2 }, model });
    expect(anchors).toEqual([{ chain: 31337, contract: ledger.market, tx, log: 0, block: ledger.block, time: ledger.time }]);
  });

  it('offers the sealed shard to others once it has it', async () => {
    const rehearsal = await rehearse([2]);
    await rehearsal.run();
    expect(rehearsal.network.announced).toEqual([rehearsal.dataset.list.shards[2]!.tree]);
  });

  it('keeps no row and no usable shard key in its records', async () => {
    const rehearsal = await rehearse([2]);
    const { doors, source } = rehearsal;
    const written: unknown[] = [];
    const append = doors.records.append.bind(doors.records);
    vi.spyOn(doors.records, 'append').mockImplementation(async (name, value) => {
      written.push(value);
      await append(name, value);
    });
    expectOk(await rehearsal.run());
    expect(written.map((entry) => (entry as JournalEntry).entry)).toEqual(['claimed', 'fetched', 'executed', 'proven', 'sent', 'settled']);
    const { serialize } = await import('node:v8');
    const bytes = serialize(written);
    for (let row = 8; row < 12; row++) expect(bytes.includes(Buffer.from(source.rows.slice(row * 20, row * 20 + 6)))).toBe(false);
  });

  it('works through a task unit by unit, and says when nothing is left', async () => {
    const rehearsal = await rehearse();
    for (let unit = 0; unit < 3; unit++) expectOk(await rehearsal.run());
    expect(new Set([...rehearsal.ledger.settlements.keys()]).size).toBe(3);
    expect(await rehearsal.run()).toEqual({ ok: false, failure: { kind: 'no-work' } });
    // Model and proving key were fetched for the first unit alone.
    expect(rehearsal.network.fetchedContent.filter(({ kind }) => kind === 'blob')).toHaveLength(3);
  });

  it('waits for work where it is told to', async () => {
    const rehearsal = await rehearse([2]);
    const [posted] = rehearsal.ledger.tasks.splice(0, 1);
    rehearsal.doors.timer.onWait = (waits) => {
      if (waits === 3) rehearsal.ledger.tasks.push(posted!);
    };
    expectOk(await rehearsal.run({ whenNoWork: 'wait' }));
    expect(waitedOn(rehearsal.reports)).toEqual(['work']);
  });
});

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
          return typeof member === 'function' ? member.bind(target) : member;
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

  it('says that the sponsor refuses once the task has closed', async () => {
    const rehearsal = await rehearse([2]);
    rehearsal.ledger.onSend = ({ send }) => (send === 'settle' ? { kind: 'sponsor-refused', detail: 'no coins left' } : null);
    expect(await rehearsal.run()).toMatchObject({ ok: false });
    expect(waitedOn(rehearsal.reports)).toContain('sponsor');
    expect(settlesOf(rehearsal)).toBe(0);
  });

  it('waits for peers, or for the relay where that is what is missing', async () => {
    for (const [relay, on] of [['up', 'peers'], ['down', 'relay']] as const) {
      const rehearsal = await rehearse([2]);
      const { network, doors, reports } = rehearsal;
      const [source] = [...network.sources];
      network.sources.clear();
      network.relay = relay;
      doors.timer.onWait = (waits) => {
        if (waits === 4) network.sources.set(...source!);
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

describe('bad input', () => {
  it('says why the custodian refuses, and does not come back to that unit', async () => {
    for (const code of ['not-granted', 'not-claimant', 'budget-spent'] as const) {
      const rehearsal = await rehearse([2]);
      rehearsal.network.custodian = async () => ({ ok: false, failure: { code } });
      expect(await rehearsal.run()).toEqual({ ok: false, failure: { kind: 'key-refused', code } });
      expect(await rehearsal.run()).toEqual({ ok: false, failure: { kind: 'no-work' } });
    }
  });

  it('says who sent bytes that do not match, after three tries', async () => {
    const rehearsal = await rehearse([2]);
    const { network, model, doors } = rehearsal;
    const fetch = network.fetch.bind(network);
    vi.spyOn(network, 'fetch').mockImplementation(async (content, ...rest) => (content.id === model.onnx ? { ok: false, failure: { kind: 'mismatch', from: 'liar' } } : fetch(content, ...rest)));
    expect(await rehearsal.run()).toEqual({ ok: false, failure: { kind: 'mismatch', what: 'model', from: 'liar' } });
    expect(doors.timer.waits).toBe(2);
  });

  it('asks for a fresh key when the kept one does not open, and gives up when that one does not either', async () => {
    const rehearsal = await rehearse([2]);
    const { network, doors } = rehearsal;
    const { custodian } = network;
    const spoiled = async (...[request]: Parameters<NonNullable<typeof custodian>>) => {
      const wrapped = expectOk(await custodian!(request));
      return { ok: true as const, value: { ...wrapped, ct: wrapped.ct.map((byte) => byte ^ 1) } };
    };
    network.custodian = spoiled;
    expect(await rehearsal.run({}, { ...doors, executor: { execute: () => Promise.reject(new Error('killed')) } })).toMatchObject({ failure: { kind: 'runtime' } });
    network.custodian = custodian;
    expectOk(await rehearsal.run());
    expect(network.keyRequests).toBe(2);

    const other = await rehearse([2]);
    const honest = other.network.custodian;
    other.network.custodian = async (request) => {
      const wrapped = expectOk(await honest!(request));
      return { ok: true, value: { ...wrapped, ct: wrapped.ct.map((byte) => byte ^ 1) } };
    };
    expect(await other.run()).toEqual({ ok: false, failure: { kind: 'key-unusable' } });
    expect(await other.run()).toEqual({ ok: false, failure: { kind: 'no-work' } });
  });

  it('computes nothing on rows that are not the ones the task names', async () => {
    const rehearsal = await rehearse([2]);
    const { doors } = rehearsal;
    const executor = { execute: async () => ({ ok: false as const, failure: { kind: 'wrong-data' as const, detail: 'node' as const } }) };
    expect(await rehearsal.run({}, { ...doors, executor })).toEqual({ ok: false, failure: { kind: 'wrong-data', detail: 'node' } });
    expect(doors.prover.calls).toBe(0);
    expect(await rehearsal.run()).toEqual({ ok: false, failure: { kind: 'no-work' } });
  });

  it('hands out no proof that its key rejects', async () => {
    const rehearsal = await rehearse([2]);
    const prover = { prove: async () => ({ ok: false as const, failure: { kind: 'proof-rejected' as const } }) };
    expect(await rehearsal.run({}, { ...rehearsal.doors, prover })).toEqual({ ok: false, failure: { kind: 'proof-rejected' } });
    expect(settlesOf(rehearsal)).toBe(0);
  });

  it('says what the contract answers to a proof that it refuses', async () => {
    const rehearsal = await rehearse([2]);
    rehearsal.ledger.onSend = ({ send }) => (send === 'settle' ? { kind: 'reverted', error: 'ProofRejected', args: [] } : null);
    expect(await rehearsal.run()).toEqual({ ok: false, failure: { kind: 'reverted', error: 'ProofRejected', args: [] } });
    expect(await rehearsal.run()).toEqual({ ok: false, failure: { kind: 'no-work' } });
  });

  it('says which part of a task does not add up', async () => {
    const rehearsal = await rehearse([2]);
    const { ledger } = rehearsal;
    ledger.heads.splice(ledger.heads.findIndex(({ kind }) => kind === 'prooftab/model/1'), 1);
    expect(await rehearsal.run()).toEqual({ ok: false, failure: { kind: 'bad-task', detail: 'model-missing' } });
  });
});

describe('storage', () => {
  it('fetches again what was damaged or evicted while the tab was closed', async () => {
    for (const damage of ['corrupt', 'evict'] as const) {
      const rehearsal = await rehearse([2]);
      const { doors, held, network, dataset } = rehearsal;
      await rehearsal.run({}, { ...doors, prover: { prove: () => Promise.reject(new Error('out of memory')) } });
      const before = network.fetchedContent.length;
      const name = contentKey({ kind: 'shard', id: dataset.list.shards[2]!.tree });
      if (damage === 'corrupt') held.set(name, new Uint8Array(held.get(name)!.length));
      else held.clear();
      expectOk(await rehearsal.run());
      expect(network.fetchedContent.length).toBe(before + (damage === 'corrupt' ? 1 : 4));
      await expectPaidOnce(rehearsal);
    }
  });

  it('says that there is no room before it downloads, keeps the lease, and goes on when there is', async () => {
    const rehearsal = await rehearse([2]);
    const { doors, model, network } = rehearsal;
    const room = vi.spyOn(doors.shards, 'room').mockImplementation(async (needed) => (needed > 40 && needed < 60 ? { ok: false, failure: { kind: 'quota', needed, available: 3 } } : { ok: true, value: undefined }));
    expect(await rehearsal.run()).toMatchObject({ ok: false, failure: { kind: 'quota', available: 3 } });
    expect(network.fetchedContent.some(({ id }) => id === model.onnx && id !== undefined && rehearsal.held.has(`blob:${rehearsal.artefacts.provingKey}`))).toBe(false);
    room.mockRestore();
    expectOk(await rehearsal.run());
    expect(claimsOf(rehearsal)).toBe(1);
  });

  it('says so when the browser refuses a record, and throws on what is no storage failure', async () => {
    const rehearsal = await rehearse([2]);
    const append = vi.spyOn(rehearsal.doors.records, 'append').mockRejectedValue(new DOMException('full', 'QuotaExceededError'));
    expect(await rehearsal.run()).toEqual({ ok: false, failure: { kind: 'quota', needed: 0, available: 0 } });
    append.mockRejectedValue(new DOMException('private window', 'InvalidStateError'));
    expect(await rehearsal.run()).toEqual({ ok: false, failure: { kind: 'storage-unavailable', detail: 'InvalidStateError: private window' } });
    append.mockRejectedValue(new TypeError('a bug'));
    await expect(rehearsal.run()).rejects.toThrow('a bug');
  });
});

describe('other volunteers', () => {
  it('tries the next unit when somebody was quicker', async () => {
    const rehearsal = await rehearse();
    const { ledger, posted } = rehearsal;
    const rival = await createWalletSigner(`0x${'12'.repeat(32)}`);
    let raced = false;
    ledger.onSend = (action) => {
      if (action.send !== 'claim' || raced) return null;
      raced = true;
      ledger.units.set(`${posted.id}/${action.unit}`, { status: 'claimed', claimant: STRANGER, until: ledger.time + 600, boxKey: `0x${'0c'.repeat(32)}` });
      return null;
    };
    const paid = expectOk(await rehearsal.run());
    expect(ledger.units.get(`${posted.id}/${paid.unit}`)).toMatchObject({ status: 'settled' });
    expect(rival).toBeDefined();
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
      expectOk(await claimTask({ ledger, signer: rival }, { chainId: 31337, market: ledger.market, task: posted.id, terms: posted.terms, unit: 0 }, 0));
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
