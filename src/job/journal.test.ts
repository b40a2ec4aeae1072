import { describe, expect, it } from 'vitest';
import type { TaskId } from '../protocol/ids.ts';
import { MemoryRecordStore } from '../storage/memory-record-store.ts';
import { appendEntry, closeJournal, hasUnfinished, progressOf, readJournal, readJournals, type JournalEntry } from './journal.ts';

const task = `0x${'5a'.repeat(32)}` as TaskId;
const claimed: JournalEntry = { entry: 'claimed', boxKey: `0x${'11'.repeat(32)}`, until: 1_800_000_000 };
const fetched: JournalEntry = { entry: 'fetched', wrappedKey: { enc: new Uint8Array(32), ct: new Uint8Array(48) } };
const proven: JournalEntry = { entry: 'proven', values: [5n, 7n], proof: { system: 1, bytes: new Uint8Array(256) } };

describe('the journal', () => {
  it('remembers what was done, in any number of units', async () => {
    const records = new MemoryRecordStore();
    await appendEntry(records, task, 3, claimed);
    await appendEntry(records, task, 3, fetched);
    await appendEntry(records, task, 4, claimed);
    expect(await readJournals(records)).toEqual([
      { task, unit: 3, progress: { claimed, fetched } },
      { task, unit: 4, progress: { claimed } },
    ]);
    expect(await readJournal(records, task, 3)).toEqual({ task, unit: 3, progress: { claimed, fetched } });
  });

  it('takes the last of two entries of a kind: a unit claimed again has a new lease, and keeps its proof', async () => {
    const records = new MemoryRecordStore();
    const again: JournalEntry = { ...claimed, until: 1_900_000_000 };
    for (const entry of [claimed, proven, again]) await appendEntry(records, task, 3, entry);
    expect((await readJournal(records, task, 3)).progress).toEqual({ claimed: again, proven });
  });

  it('forgets a closed unit and no other', async () => {
    const records = new MemoryRecordStore();
    await appendEntry(records, task, 3, claimed);
    await appendEntry(records, task, 33, claimed);
    await closeJournal(records, task, 3);
    expect((await readJournals(records)).map((journal) => journal.unit)).toEqual([33]);
  });

  it('knows whether there is something to come back to', async () => {
    const records = new MemoryRecordStore();
    expect(await hasUnfinished(records)).toBe(false);
    await appendEntry(records, task, 3, claimed);
    expect(await hasUnfinished(records)).toBe(true);
    await appendEntry(records, task, 3, { entry: 'abandoned', why: 'wrong-data' });
    expect(await hasUnfinished(records)).toBe(false);
    await appendEntry(records, task, 4, claimed);
    await appendEntry(records, task, 4, { entry: 'settled', tx: '0x00' });
    expect(await hasUnfinished(records)).toBe(false);
  });

  it('passes over what stands among its keys and names no unit', async () => {
    const records = new MemoryRecordStore();
    for (const key of ['journal/', `journal/${task}`, `journal/${task}/three`, 'journal/0x12/3']) await records.append(key, claimed);
    await appendEntry(records, task, 3, claimed);
    expect((await readJournals(records)).map((journal) => journal.unit)).toEqual([3]);
  });

  it('trusts entries up to the first that it cannot read', () => {
    const damaged: unknown[] = [
      null,
      'claimed',
      {},
      { entry: 'paid' },
      { ...claimed, boxKey: '0x11' },
      { ...claimed, until: '1800000000' },
      { entry: 'fetched', wrappedKey: { enc: [1], ct: new Uint8Array(48) } },
      { entry: 'executed', values: [] },
      { ...proven, values: [-1n] },
      { ...proven, values: ['5'] },
      { ...proven, proof: { system: 1, bytes: '0x' } },
      { entry: 'sent', tx: 'tx' },
      { entry: 'abandoned' },
    ];
    for (const entry of damaged) expect(progressOf([claimed, entry, fetched])).toEqual({ claimed });
  });
});
