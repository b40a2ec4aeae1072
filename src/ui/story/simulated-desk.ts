/** A desk that finds a file good, broken or no receipt by its name. Not shipped. */
import { fail, ok } from '../../protocol/result.ts';
import type { ReceiptDesk } from '../../app/worksite.ts';
import { simulatedKept } from './simulated-worksite.ts';

/** @param kept how many receipts this device holds */
export const simulatedDesk = (kept: number): ReceiptDesk => ({
  receipts: async () => Array.from({ length: kept }, (_, i) => simulatedKept(i)),
  file: (receipt, form) => ({ name: `prooftab-${receipt.statement.unit}.${form}`, type: 'application/octet-stream', bytes: new Uint8Array(8) }),
  async check(name, bytes) {
    if (name.includes('no')) return fail({ kind: 'not-a-receipt', detail: 'not canonical CBOR' });
    const broken = name.includes('tampered');
    const { id, receipt, answers } = simulatedKept(4);
    return ok({
      name,
      size: bytes.length,
      receipt,
      isDemonstration: false,
      print: id.slice(2),
      parts: [
        {
          part: 'mathematics',
          state: broken ? 'broken' : 'holds',
          word: broken ? 'fails' : 'holds',
          detail: broken ? 'The equation fails: the answers are not the ones that were proven' : 'The equation holds for these answers',
        },
        { part: 'circuit', state: broken ? 'unknown' : 'holds', word: 'insecure', detail: 'Key and relation hash to circuit 51c0…' },
        { part: 'data', state: broken ? 'unknown' : 'holds', word: 'in-dataset', detail: 'Rows 16–19 of dataset 8f12…, published by 0x3c…' },
        { part: 'chain', state: 'unknown', word: 'claimed', detail: 'Block 18,204, as the file claims' },
      ],
      holds: !broken,
      twoStories: false,
      developmentKey: !broken,
      shows: [
        'Model 241d·9dc4·5a33, run exactly on rows 16–19 of data set 7028·8715·2361, answers 7, 2, 1, 4',
        'For task db8b·db08·9842, payable to 0x71b0… only',
      ],
      doesNotShow: ['That the data is true or lawfully held', 'That the model is good', 'Who ran it', 'That nobody else saw the data'],
      assumes: ['Groth16 on BN254', 'Poseidon and SHA-256'],
      answers,
      json: JSON.stringify({ t: 'prooftab/receipt/1' }, null, 2),
    });
  },
});
