import { describe, expect, it, vi } from 'vitest';
import type { Executor } from '../execution/executor.ts';
import { createWalletSigner } from '../identity/wallet-signer.ts';
import { expectOk } from '../marketplace/staged-market.ts';
import { digestOf } from '../protocol/domain.ts';
import { fromHex32 } from '../protocol/field.ts';
import type { NamedContent } from '../protocol/job-report.ts';
import { receiptId } from '../protocol/receipt.ts';
import { MemoryRecordStore } from '../storage/memory-record-store.ts';
import { MemoryShardStore } from '../storage/memory-shard-store.ts';
import type { JournalEntry } from './journal.ts';
import { listReceipts } from './receipts.ts';
import { expectPaidOnce, rehearsals, settlesOf, waitedOn, type Rehearsal } from './rehearsal.ts';

const rehearse = rehearsals(async () => ({
  signer: await createWalletSigner(`0x${'11'.repeat(32)}`),
  shards: new MemoryShardStore(),
  records: new MemoryRecordStore(),
  custodianStore: new MemoryShardStore(),
}));

describe('runJob', () => {
  it('goes from an open task to a paid receipt, and says each step', async () => {
    const rehearsal = await rehearse([2]);
    const { reports, doors, source, dataset, posted, ledger } = rehearsal;
    const paid = expectOk(await rehearsal.run());
    expect(reports.flatMap((report) => (report.report === 'step' && report.state === 'done' ? [report.step] : []))).toEqual([
      'claim',
      'fetch',
      'open',
      'read',
      'prove',
      'submit',
      'paid',
    ]);
    const answers = [8, 9, 10, 11].map((row) => source.rows[row * 20] % 10);
    expect(reports.find(({ report }) => report === 'task')).toMatchObject({
      task: posted.id,
      unit: 0,
      price: 1_000n,
      grade: 2,
      dataset: dataset.id,
      firstRow: 8,
      rows: 4,
    });
    expect(reports.find(({ report }) => report === 'claimed')).toEqual({ report: 'claimed', until: ledger.time + 600, resumed: false });
    expect(reports.find(({ report }) => report === 'answered')).toMatchObject({ answers, engine: 'reference' });
    expect(reports.find(({ report }) => report === 'proven')).toMatchObject({ constraints: 53_600, threads: 2 });
    expect(reports.flatMap((report) => (report.report === 'fetched' ? [[report.what, report.from, report.direct]] : []))).toEqual([
      ['proving-key', 'custodian', true],
      ['model', 'custodian', true],
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
    expect(statement).toMatchObject({
      circuit,
      chain: 31337,
      contract: ledger.market,
      subject: posted.id,
      unit: 0,
      beneficiary: await doors.signer.address(),
    });
    expect(statement.values[0]).toBe(fromHex32(dataset.list.nodes[2]));
    expect(statement.values).toHaveLength(2);
    expect(statement.digest).toBe(digestOf(statement.values));
    expect(material).toMatchObject({ circuit: parts, key, dataset: dataset.head, path: { index: 2 }, model });
    expect(anchors).toEqual([{ chain: 31337, contract: ledger.market, tx, log: 0, block: ledger.block, time: ledger.time }]);
  });

  it('offers the sealed shard to others once it has it', async () => {
    const rehearsal = await rehearse([2]);
    await rehearsal.run();
    expect(rehearsal.network.announced).toEqual([rehearsal.dataset.list.shards[2].tree]);
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
      if (waits === 3) rehearsal.ledger.tasks.push(posted);
    };
    expectOk(await rehearsal.run({ whenNoWork: 'wait' }));
    expect(waitedOn(rehearsal.reports)).toEqual(['work']);
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

  it.each<[NamedContent, (stage: Rehearsal) => string]>([
    ['model', ({ model }) => model.onnx],
    ['proving-key', ({ artefacts }) => artefacts.provingKey],
    ['shard', ({ dataset }) => dataset.list.shards[2]?.tree ?? ''],
    ['shard-list', ({ dataset }) => dataset.head.shards],
  ])('says who sent a %s that does not match, after three tries', async (what, idOf) => {
    const rehearsal = await rehearse([2]);
    const { network, doors } = rehearsal;
    const fetch = network.fetch.bind(network);
    vi.spyOn(network, 'fetch').mockImplementation(async (content, ...rest) =>
      content.id === idOf(rehearsal) ? { ok: false, failure: { kind: 'mismatch', from: 'liar' } } : fetch(content, ...rest),
    );
    expect(await rehearsal.run()).toEqual({ ok: false, failure: { kind: 'mismatch', what, from: 'liar' } });
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
    expect(await rehearsal.run({}, { ...doors, executor: { execute: () => Promise.reject(new Error('killed')) } })).toMatchObject({
      failure: { kind: 'runtime' },
    });
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

  it('sets a unit aside whose answers do not fit one value', async () => {
    const rehearsal = await rehearse([2]);
    const { doors } = rehearsal;
    const executor: Executor = {
      execute: async (request) => {
        const done = await doors.executor.execute(request);
        return done.ok ? { ok: true, value: { ...done.value, outputs: new Int32Array(17 * done.value.rowCount) } } : done;
      },
    };
    expect(await rehearsal.run({}, { ...doors, executor })).toEqual({
      ok: false,
      failure: { kind: 'model-unsupported', detail: '4 answers among 17 classes do not fit one value' },
    });
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
    ledger.heads.splice(
      ledger.heads.findIndex(({ kind }) => kind === 'prooftab/model/1'),
      1,
    );
    expect(await rehearsal.run()).toEqual({ ok: false, failure: { kind: 'bad-task', detail: 'model-missing' } });
  });
});
