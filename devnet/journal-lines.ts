/** One readable terminal line for each thing that happens on the market: posted, claimed, proven, paid, refunded, with gas. */
import { marketLines as words } from '../messages/en/terminal.ts';
import type { LedgerEvent } from '../src/consensus/ledger.ts';
import { unpackAnswers } from '../src/protocol/answers.ts';

/** Rows of one unit in this network; the event carries their answers packed in one word. */
export interface LineContext {
  readonly rowsPerUnit: number;
  /** Of the event's transaction; null where the chain did not say. */
  readonly gas: bigint | null;
}

const LABEL_WIDTH = 9;

/**
 * @example
 * linesFor({ event: 'refunded', task: `0x9a31${'00'.repeat(30)}`, amount: 10n ** 18n, at: { tx: '0x', block: 1, log: 0 } }, { rowsPerUnit: 4, gas: 50_000n })[0]
 * // 'refunded  1 credit of task 0x9a31…0000 went back to the requester  (50,000 gas)'
 */
export function linesFor(event: LedgerEvent, { rowsPerUnit, gas }: LineContext): readonly string[] {
  const cost = gas === null ? '' : words.cost(Number(gas));
  const line = ([label, text]: readonly [string, string], end = cost) => `${label.padEnd(LABEL_WIDTH)} ${text}${end}`;
  const task = words.task(event.task);
  switch (event.event) {
    case 'posted':
      return [line(words.posted(task, event.terms.units, event.terms.price))];
    case 'claimed':
      return [line(words.claimed(task, event.unit, event.claimant))];
    case 'settled': {
      const answers = unpackAnswers(event.values[1] ?? 0n, rowsPerUnit);
      return [line(words.proven(task, event.unit)), line(words.paid(event.paid, event.beneficiary, answers), '')];
    }
    case 'refunded':
      return [line(words.refunded(task, event.amount))];
  }
}
