import { expect, it } from 'vitest';
import type { LedgerEvent, Position } from '../src/consensus/ledger.ts';
import { packAnswers } from '../src/protocol/answers.ts';
import type { CircuitId, DetailsId, TaskId } from '../src/protocol/ids.ts';
import { linesFor } from './journal-lines.ts';

const task = `0x9a31${'00'.repeat(28)}beef` as TaskId;
const volunteer = `0x71b0${'00'.repeat(16)}e42c` as const;
const at: Position = { tx: '0x01', block: 7, log: 0 };
const lines = (event: LedgerEvent, gas: bigint | null = 61_020n) => linesFor(event, { rowsPerUnit: 4, gas });

const terms = {
  requester: volunteer,
  circuit: `0x${'c1'.repeat(32)}` as CircuitId,
  inputs: `0x${'c2'.repeat(32)}`,
  units: 8,
  price: 40_000_000_000_000_000n,
  owner: volunteer,
  ownerPrice: 0n,
  gate: volunteer,
  judge: volunteer,
  closes: 0,
  lease: 300,
  tariff: 0,
  details: `0x${'c3'.repeat(32)}` as DetailsId,
} as const;

it('tells each event in words, with gas', () => {
  expect(lines({ event: 'posted', task, terms, at })).toEqual(['posted    8 units at 0.04 credits each, task 0x9a31…beef  (61,020 gas)']);
  expect(lines({ event: 'posted', task, terms: { ...terms, units: 1, price: 10n ** 18n }, at }, null)).toEqual([
    'posted    1 unit at 1 credit each, task 0x9a31…beef',
  ]);
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
    'refunded  1 credit of task 0x9a31…beef went back to the requester',
  ]);
});
