/** A receipt's check as text for a terminal, and as JSON for a program. */
import { answersOf, partWords, receiptWords } from '../messages/en/receipt-words.ts';
import { commandWords } from '../messages/en/command-words.ts';
import { plainText } from '../src/proof/receipt-check/plain-text.ts';
import type { ReceiptCheck } from '../src/proof/receipt-check/findings.ts';

const MARKS = { holds: '✓', broken: '✗', unknown: '·' } as const;

export function printedCheck(file: string, check: ReceiptCheck): string {
  const words = receiptWords(check);
  const parts = partWords(check).map(({ part, state, word, detail }) => `${MARKS[state]} ${part.padEnd(12)}${word.padEnd(16)}${detail}`);
  const section = (title: string, lines: readonly string[]): string => `${title}\n${lines.map((line) => `  ${line}`).join('\n')}`;
  return [
    `${plainText(file)}: ${commandWords.verdict(check)}`,
    `${commandWords.receipt} ${check.id}`,
    '',
    ...parts,
    '',
    section(commandWords.shows, words.shows),
    section(commandWords.doesNotShow, words.doesNotShow),
    section(commandWords.assumes, words.assumes),
  ].join('\n');
}

export function jsonCheck(check: ReceiptCheck): string {
  const { id, holds, mathematics, circuit, data, chain, twoStories } = check;
  return JSON.stringify(
    { receipt: id, holds, mathematics, circuit, data, chain, twoStories, answers: answersOf(check), words: receiptWords(check) },
    bigintsAsText,
    2,
  );
}

function bigintsAsText(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value;
}
