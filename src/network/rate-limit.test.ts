import { expect, it } from 'vitest';
import { RateLimit } from './rate-limit.ts';

it('admits so many of one peer in any window, and others independently', () => {
  let now = 0;
  const rate = new RateLimit(2, 1000, () => now);
  expect([rate.admits('a'), rate.admits('a'), rate.admits('a'), rate.admits('b')]).toEqual([true, true, false, true]);
  now = 999;
  expect(rate.admits('a')).toBe(false);
  now = 1000;
  expect(rate.admits('a')).toBe(true);
});

it('forgets the longest silent peers rather than grow without end', () => {
  const rate = new RateLimit(1, 1000, () => 0);
  expect(rate.admits('first')).toBe(true);
  for (let i = 0; i < 4096; i++) rate.admits(String(i));
  expect(rate.admits('first')).toBe(true);
  expect(rate.admits('4095')).toBe(false);
});
