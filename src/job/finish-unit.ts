/** The last step: the receipt, kept on this device, and the journal closed. */
import type { Settlement } from '../consensus/ledger.ts';
import type { Hex } from '../protocol/bytes.ts';
import type { ReceiptId, TaskId } from '../protocol/ids.ts';
import type { Receipt } from '../protocol/receipt.ts';
import { record, type HeldUnit } from './held-unit.ts';
import { beginStep, type Job } from './job-context.ts';
import { closeJournal } from './journal.ts';
import type { ProvenUnit } from './prove-unit.ts';
import { saveReceipt } from './receipts.ts';
import { unlessStopped } from './waiting.ts';

export interface Paid {
  readonly task: TaskId;
  readonly unit: number;
  /** Base units of the token. */
  readonly amount: bigint;
  readonly tx: Hex;
  readonly receiptId: ReceiptId;
  readonly receipt: Receipt;
}

/** Safe to repeat up to its last line: the receipt is kept under its id, and a settled unit is only closed. */
export async function finishUnit(job: Job, held: HeldUnit, proven: ProvenUnit, settlement: Settlement): Promise<Paid> {
  const step = beginStep(job, 'paid');
  const { records } = job.doors;
  const { task, unit } = held.work;
  const receipt = receiptFor(held, proven, settlement);
  const { tx } = settlement.at;
  const receiptId = await unlessStopped(job.signal, saveReceipt(records, receipt));
  await record(job, held, { entry: 'settled', tx });
  await unlessStopped(job.signal, closeJournal(records, task, unit));
  step.done();
  job.report({ report: 'paid', amount: settlement.paid, tx, receiptId, receipt });
  return { task, unit, amount: settlement.paid, tx, receiptId, receipt };
}

function receiptFor({ work }: HeldUnit, { statement, proof }: ProvenUnit, { at, time }: Settlement): Receipt {
  const { circuit, key, dataset, rowPath, model, chainId, market } = work;
  return {
    t: 'prooftab/receipt/1',
    statement,
    proof,
    material: { circuit, key, dataset, path: rowPath, model },
    anchors: [{ chain: chainId, contract: market, tx: at.tx, log: at.log, block: at.block, time }],
  };
}
