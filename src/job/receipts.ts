/** The receipts of this device: every unit that it was paid for, each a file that anyone can re-verify. */
import type { ReceiptId } from '../protocol/ids.ts';
import { decodeReceipt, encodeReceipt, receiptId, type Receipt } from '../protocol/receipt.ts';
import type { RecordStore } from '../storage/record-store.ts';

const PREFIX = 'receipts/';

/** Under its id: saving the same receipt twice is one copy. */
export async function saveReceipt(records: RecordStore, receipt: Receipt): Promise<ReceiptId> {
  const id = receiptId(receipt);
  await records.put(`${PREFIX}${id}`, encodeReceipt(receipt));
  return id;
}

/** Oldest first. What can no longer be read is left out. */
export async function listReceipts(records: RecordStore): Promise<readonly Receipt[]> {
  const stored = await Promise.all((await records.keys(PREFIX)).map((key) => records.get(key)));
  const receipts = stored.flatMap((bytes) => {
    const decoded = bytes instanceof Uint8Array ? decodeReceipt(bytes) : null;
    return decoded?.ok ? [decoded.value] : [];
  });
  return receipts.toSorted((a, b) => settledAt(a) - settledAt(b));
}

function settledAt({ anchors }: Receipt): number {
  return anchors[0]?.time ?? 0;
}
