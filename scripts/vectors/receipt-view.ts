/** A receipt that holds, as its file and as its JSON view with what snarkjs needs (§8). It is forged, as anyone can with a development key. */
import { forgedReceipt } from '../../src/proof/receipt-check/forged-receipt.ts';
import { toHex } from '../../src/protocol/bytes.ts';
import { encodeReceipt } from '../../src/protocol/receipt.ts';
import { receiptToJson } from '../../src/protocol/receipt-view.ts';

export function receiptViewVector(): unknown {
  const { receipt } = forgedReceipt();
  return { cbor: toHex(encodeReceipt(receipt)), view: receiptToJson(receipt) };
}
