import { expect, it } from 'vitest';
import type { LedgerEvent, Position } from '../src/consensus/ledger.ts';
import { packAnswers } from '../src/protocol/answers.ts';
import type { TaskId } from '../src/protocol/ids.ts';
import { linesFor } from './journal-lines.ts';

const task = `0x9a31${'00'.repeat(28)}beef` as TaskId;
const volunteer = `0x71b0${'00'.repeat(16)}e42c` as const;
const at: Position = { tx: '0x01', block: 7, log: 0 };
const lines = (event: LedgerEvent, gas: bigint | null = 61_020n) => linesFor(event, { rowsPerUnit: 4, gas });

it('tells each event in words, with gas', () => {
  expect(lines({ event: 'claimed', task, unit: 3, claimant: volunteer, until: 0, boxKey: '0x', at })).toEqual([
    'claimed   unit 3 of task 0x9a31…beef by 0x71b0…e42c  (61,020 gas)',
  ]);
  expect(
    lines(
      { event: 'settled', task, unit: 3, beneficiary: volunteer, paid: 40_000_000_000_000_000n, values: [1n, packAnswers([7, 2, 1, 0])], at },
      283_000n,
    ),
  ).toEqual([
    'proven    unit 3 of task 0x9a31…beef: the contract checked the proof  (283,000 gas)',
    'paid      0.04 credits to 0x71b0…e42c for the answers 7, 2, 1, 0',
  ]);
  expect(lines({ event: 'refunded', task, amount: 10n ** 18n, at }, null)).toEqual([
    'refunded  1 credits of task 0x9a31…beef went back to the requester',
  ]);
});
