/** One readable terminal line for each thing that happens on the market: posted, claimed, proven, paid, refunded, with gas. */
import { countText, creditsText, shortAddress } from '../messages/en/figures.ts';
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
 * // 'refunded  1 credits of task 0x9a31…0000 went back to the requester  (50,000 gas)'
 */
export function linesFor(event: LedgerEvent, { rowsPerUnit, gas }: LineContext): readonly string[] {
  const cost = gas === null ? '' : `  (${countText(Number(gas))} gas)`;
  const line = (label: string, text: string) => `${label.padEnd(LABEL_WIDTH)} ${text}`;
  const task = `task ${shortAddress(event.task)}`;
  switch (event.event) {
    case 'posted':
      return [line('posted', `${event.terms.units} units at ${creditsText(event.terms.price)} credits each, ${task}${cost}`)];
    case 'claimed':
      return [line('claimed', `unit ${event.unit} of ${task} by ${shortAddress(event.claimant)}${cost}`)];
    case 'settled':
      return [
        line('proven', `unit ${event.unit} of ${task}: the contract checked the proof${cost}`),
        line(
          'paid',
          `${creditsText(event.paid)} credits to ${shortAddress(event.beneficiary)} for the answers ${answersText(event.values, rowsPerUnit)}`,
        ),
      ];
    case 'refunded':
      return [line('refunded', `${creditsText(event.amount)} credits of ${task} went back to the requester${cost}`)];
  }
}

function answersText(values: readonly bigint[], rows: number): string {
  return unpackAnswers(values[1] ?? 0n, rows).join(', ');
}
