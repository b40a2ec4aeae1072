/** A receipt as this device lists it: what the file says, with what the device saw when it was paid. */
import { unpackAnswers } from '../protocol/answers.ts';
import type { Receipt } from '../protocol/receipt.ts';
import type { ReceiptId } from '../protocol/ids.ts';
import type { KeptReceipt } from './worksite.ts';

/** Stored beside the receipt, since a receipt tells neither the amount nor how long it took. */
export interface PaymentSeen {
  readonly amount: bigint;
  readonly seconds: number | null;
}

export function keptReceipt(id: ReceiptId, receipt: Receipt, seen: PaymentSeen | null): KeptReceipt {
  const { statement, material, anchors } = receipt;
  const rows = 2 ** Math.max(0, material.dataset.depth - material.path.siblings.length);
  const [anchor] = anchors;
  return {
    id,
    receipt,
    amount: seen?.amount ?? null,
    tx: anchor?.tx ?? '0x',
    rows,
    answers: unpackAnswers(statement.values[1] ?? 0n, Math.min(rows, 62)),
    seconds: seen?.seconds ?? null,
    time: anchor?.time ?? 0,
  };
}

/** Storage is an edge: what is not a payment that was seen counts as none. */
export function paymentSeen(value: unknown): PaymentSeen | null {
  if (typeof value !== 'object' || value === null || !('amount' in value) || typeof value.amount !== 'bigint') return null;
  const seconds = 'seconds' in value && typeof value.seconds === 'number' ? value.seconds : null;
  return { amount: value.amount, seconds };
}
