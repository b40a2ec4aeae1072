/** A receipt's check as a page shows it: the same parts, words and answers that the command prints. */
import { demonstrationWords } from '../../messages/en/demonstration-words.ts';
import { answersOf, partWords, receiptWords } from '../../messages/en/receipt-words.ts';
import { isOffChain } from '../protocol/demonstration.ts';
import { receiptToJson } from '../protocol/receipt-view.ts';
import type { Receipt } from '../protocol/receipt.ts';
import type { CheckedFile } from './receipt-check.ts';

/** The app knows a check by the words that are made of it, and not by what stands behind the door of proofs. */
type Check = Parameters<typeof partWords>[0];

export function checkedFile(name: string, size: number, check: Check): CheckedFile {
  return {
    name,
    size,
    receipt: check.receipt,
    print: check.id.slice(2),
    isDemonstration: isOffChain(check.receipt.statement),
    parts: isOffChain(check.receipt.statement) ? demonstrationWords(check) : partWords(check),
    holds: check.holds,
    twoStories: check.twoStories,
    developmentKey: check.circuit.insecure,
    ...receiptWords(check),
    answers: answersOf(check),
    json: receiptText(check.receipt),
  };
}

/** The JSON view as it is saved and shown. */
export function receiptText(receipt: Receipt): string {
  return `${JSON.stringify(receiptToJson(receipt), null, 2)}\n`;
}
