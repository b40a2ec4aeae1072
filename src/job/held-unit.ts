/** A unit that this account holds: the work, how long the lease runs, and how far the journal says it is. */
import type { Work } from '../marketplace/unit-work.ts';
import type { Address } from '../protocol/ids.ts';
import type { Job } from './job-context.ts';
import { appendEntry, type JournalEntry, type Progress } from './journal.ts';
import type { Lease } from './lease.ts';
import { unlessStopped } from './waiting.ts';

export interface HeldUnit {
  readonly work: Work;
  readonly claimant: Address;
  readonly lease: Lease;
  readonly progress: Progress;
}

/** Writes one entry of the held unit's journal. */
export function record({ doors, signal }: Job, { work }: { readonly work: Pick<Work, 'task' | 'unit'> }, entry: JournalEntry): Promise<void> {
  return unlessStopped(signal, appendEntry(doors.records, work.task, work.unit, entry));
}

export function reportTask({ report }: Job, { task, unit, terms, details, datasetId, dataset, firstRow }: Work): void {
  report({
    report: 'task',
    task,
    unit,
    text: details.text,
    price: terms.price,
    grade: details.grade,
    dataset: datasetId,
    owner: dataset.owner,
    firstRow,
    rows: dataset.shardRows,
  });
}
