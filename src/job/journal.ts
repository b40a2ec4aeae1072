/**
 * The journal of a unit: what is done and need not be done again. It holds ids, the wrapped key, public answers and the
 * finished proof; never a row, never a key that opens one.
 */
import { isHex, type Hex } from '../protocol/bytes.ts';
import type { TaskId } from '../protocol/ids.ts';
import type { Proof } from '../protocol/receipt.ts';
import type { WrappedKey } from '../protocol/wrapped-key.ts';
import type { RecordStore } from '../storage/record-store.ts';

export type JournalEntry =
  | { readonly entry: 'claimed'; readonly boxKey: Hex; readonly until: number }
  | { readonly entry: 'fetched'; readonly wrappedKey: WrappedKey }
  | { readonly entry: 'executed'; readonly values: readonly bigint[] }
  | { readonly entry: 'proven'; readonly values: readonly bigint[]; readonly proof: Proof }
  | { readonly entry: 'sent'; readonly tx: Hex }
  | { readonly entry: 'settled'; readonly tx: Hex }
  /** This unit cannot be done here, whatever is tried: it is not looked at again. */
  | { readonly entry: 'abandoned'; readonly why: string };

/** The last entry of each kind. */
export type Progress = { readonly [Kind in JournalEntry['entry']]?: Extract<JournalEntry, { entry: Kind }> };

export interface Journal {
  readonly task: TaskId;
  readonly unit: number;
  readonly progress: Progress;
}

const PREFIX = 'journal/';

const journalKey = (task: TaskId, unit: number) => `${PREFIX}${task.toLowerCase()}/${unit}`;

export async function appendEntry(records: RecordStore, task: TaskId, unit: number, entry: JournalEntry): Promise<void> {
  await records.append(journalKey(task, unit), entry);
}

/** Forgets a unit: it was paid, or someone else has it. */
export async function closeJournal(records: RecordStore, task: TaskId, unit: number): Promise<void> {
  await records.remove(journalKey(task, unit));
}

export async function readJournal(records: RecordStore, task: TaskId, unit: number): Promise<Journal> {
  return { task, unit, progress: progressOf(await records.list(journalKey(task, unit))) };
}

/** Every unit with a journal, abandoned ones among them. */
export async function readJournals(records: RecordStore): Promise<readonly Journal[]> {
  const units = (await records.keys(PREFIX)).map(unitOfKey).filter((unit) => unit !== null);
  return Promise.all(units.map(({ task, unit }) => readJournal(records, task, unit)));
}

/** Whether there is a unit to come back to, as far as this device knows. */
export async function hasUnfinished(records: RecordStore): Promise<boolean> {
  return (await readJournals(records)).some(({ progress }) => progress.claimed && !progress.abandoned && !progress.settled);
}

/**
 * Storage is an edge: entries count up to the first that cannot be read, since each builds on those before it.
 * @example
 * progressOf([{ entry: 'sent', tx: '0x00' }, 'nonsense', { entry: 'settled', tx: '0x00' }]) // { sent: { entry: 'sent', tx: '0x00' } }
 */
export function progressOf(entries: readonly unknown[]): Progress {
  const unreadable = entries.findIndex((entry) => !isEntry(entry));
  const readable = (unreadable < 0 ? entries : entries.slice(0, unreadable)).filter(isEntry);
  return Object.fromEntries(readable.map((entry) => [entry.entry, entry]));
}

function unitOfKey(key: string): { readonly task: TaskId; readonly unit: number } | null {
  const [task, unit] = key.slice(PREFIX.length).split('/');
  return isHex(task, 32) && /^\d+$/.test(unit ?? '') ? { task: task as TaskId, unit: Number(unit) } : null;
}

function isEntry(value: unknown): value is JournalEntry {
  if (!isRecord(value)) return false;
  switch (value.entry) {
    case 'claimed':
      return isHex(value.boxKey, 32) && Number.isSafeInteger(value.until);
    case 'fetched':
      return isRecord(value.wrappedKey) && value.wrappedKey.enc instanceof Uint8Array && value.wrappedKey.ct instanceof Uint8Array;
    case 'executed':
      return areValues(value.values);
    case 'proven':
      return areValues(value.values) && isRecord(value.proof) && Number.isSafeInteger(value.proof.system) && value.proof.bytes instanceof Uint8Array;
    case 'sent':
    case 'settled':
      return isHex(value.tx);
    case 'abandoned':
      return typeof value.why === 'string';
    default:
      return false;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function areValues(values: unknown): values is readonly bigint[] {
  return Array.isArray(values) && values.length > 0 && values.every((value) => typeof value === 'bigint' && value >= 0n);
}
