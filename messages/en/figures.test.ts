import { expect, it } from 'vitest';
import { contributeWords } from './contribute.ts';
import { creditsCount, plural } from './figures.ts';

const CREDIT = 10n ** 18n;

it.each([
  [0n, '0 credits'],
  [CREDIT / 25n, '0.04 credits'],
  [CREDIT, '1 credit'],
  [CREDIT + 1n, '1.000000000000000001 credits'],
  [2n * CREDIT, '2 credits'],
])('%i base units are %s', (amount, words) => {
  expect(creditsCount(amount)).toBe(words);
});

it('says one unit and two units', () => {
  expect([plural(1, 'unit', 'units'), plural(2, 'unit', 'units')]).toEqual(['1 unit', '2 units']);
});

it('says one credit on the page as well', () => {
  const { paidTitle, credits, paidAs, expect: expected, receiptSays } = contributeWords;
  expect(paidTitle(CREDIT)).toBe('1 credit earned');
  expect(credits(CREDIT)).toBe('1 credit');
  expect(expected.rewardEach(CREDIT)).toBe('1 credit each');
  expect(paidAs(CREDIT, `0x${'ab'.repeat(32)}`)).toBe('1 credit, transaction 0xabab…abab');
  expect(receiptSays(4, CREDIT).strong).toBe('paid 1 credit');
});
