/** The page and the command are two ways to one check: whoever is handed a forged receipt must hear the same from both. */
import { describe, expect, it } from 'vitest';
import { jsonCheck, printedCheck } from '../../bin/printed-check.ts';
import { checkReceiptFile, type CheckContext } from '../proof/check-receipt.ts';
import { forgedReceipt, OTHER_TRAPDOOR, pairingVerifier as verifier } from '../proof/receipt-check/forged-receipt.ts';
import { chainOf } from '../proof/receipt-check/staged-chain.ts';
import { utf8 } from '../protocol/bytes.ts';
import { encodeReceipt, type Receipt } from '../protocol/receipt.ts';
import { receiptToJson } from '../protocol/receipt-view.ts';
import { checkedFile } from './checked-file.ts';

const honest = forgedReceipt();
const { receipt, terms, details } = honest;
const own = forgedReceipt({ trapdoor: OTHER_TRAPDOOR, flags: 0, statement: { subject: receipt.statement.subject } }).receipt;
const json = (text: (view: string) => string): Uint8Array => utf8(text(JSON.stringify(receiptToJson(receipt))));
const withDataset = (changes: Partial<Receipt['material']['dataset']>): Uint8Array =>
  encodeReceipt({ ...receipt, material: { ...receipt.material, dataset: { ...receipt.material.dataset, ...changes } } });
const withStatement = (changes: Partial<Receipt['statement']>): Uint8Array =>
  encodeReceipt({ ...receipt, statement: { ...receipt.statement, ...changes } });

interface Case {
  readonly name: string;
  readonly file: Uint8Array;
  readonly asked?: Omit<CheckContext, 'verifier'>;
  readonly holds: boolean;
  readonly answers: readonly number[];
}

const cases: readonly Case[] = [
  { name: 'an honest one', file: encodeReceipt(receipt), holds: true, answers: [7, 2, 1, 0] },
  { name: 'an honest one, with the chain asked', file: encodeReceipt(receipt), asked: { ledger: chainOf(honest) }, holds: true, answers: [7, 2, 1] },
  {
    name: 'another circuit, with the chain asked',
    file: encodeReceipt(own),
    asked: { ledger: chainOf({ receipt: own, terms, details }) },
    holds: false,
    answers: [],
  },
  { name: 'another circuit, with the task at hand', file: encodeReceipt(own), asked: { task: honest }, holds: false, answers: [] },
  { name: 'one level more', file: withDataset({ depth: 4, shardRows: 8, rows: 16 }), holds: false, answers: [] },
  { name: 'more rows', file: withDataset({ rows: 8 }), holds: true, answers: [7, 2, 1, 0] },
  { name: 'fewer rows', file: withDataset({ rows: 5 }), holds: true, answers: [7, 2, 1, 0] },
  { name: 'other answers', file: withStatement({ values: [receipt.statement.values[0] ?? 0n, 1n] }), holds: false, answers: [] },
  {
    name: 'no answers among its values',
    file: encodeReceipt(forgedReceipt({ circuit: { values: 1 }, statement: { values: receipt.statement.values.slice(0, 1) } }).receipt),
    holds: false,
    answers: [],
  },
  { name: 'a kind that nobody knows', file: encodeReceipt(forgedReceipt({ circuit: { kind: 5 } }).receipt), holds: true, answers: [] },
  {
    name: 'a unit that the task lacks',
    file: encodeReceipt(forgedReceipt({ statement: { subject: receipt.statement.subject, unit: terms.units } }).receipt),
    asked: { task: honest },
    holds: false,
    answers: [],
  },
  {
    name: 'two places for one payment',
    file: encodeReceipt({ ...receipt, anchors: receipt.anchors.flatMap((anchor) => [anchor, { ...anchor, block: 42 }]) }),
    holds: false,
    answers: [7, 2, 1, 0],
  },
  { name: 'another id beside it', file: json((view) => view.replace(/"id":"0x../, '"id":"0x00')), holds: false, answers: [] },
  { name: 'a key that stands twice', file: json((view) => view.replace('"unit":', '"unit":99,"unit":')), holds: false, answers: [] },
];

describe('a receipt file is the same to the page and to the command', () => {
  it.each(cases)('$name', async ({ file, asked, holds, answers }) => {
    const checked = await checkReceiptFile(file, { verifier, ...asked });
    if (!checked.ok) throw new Error(checked.failure.kind);
    const page = checkedFile('receipt', file.length, checked.value);
    const printed = printedCheck('receipt', checked.value);
    const answered = JSON.parse(jsonCheck(checked.value)) as { holds: boolean; answers: unknown; words: unknown };

    expect(page).toMatchObject({ holds, answers });
    expect(answered).toMatchObject({ holds, answers, words: { shows: page.shows, doesNotShow: page.doesNotShow, assumes: page.assumes } });
    expect(printed.split('\n')[0]).toBe(
      `receipt: ${holds ? 'holds.' : 'BROKEN.'}${page.developmentKey ? ' INSECURE: made with a development key, anyone could forge it.' : ''}`,
    );
    const lines = printed.split('\n').map((line) => line.replaceAll(/ +/g, ' ').trim());
    for (const { state, part, word, detail } of page.parts)
      expect(lines).toContain(`${{ holds: '✓', broken: '✗', unknown: '·' }[state]} ${part} ${word} ${detail}`);
    for (const line of [...page.shows, ...page.doesNotShow, ...page.assumes]) expect(lines).toContain(line);
  });
});
