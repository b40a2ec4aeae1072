import { expect, it } from 'vitest';
import { accountsFor } from './accounts.ts';

it('uses the public accounts on the embedded chain only', () => {
  expect(accountsFor(31337, undefined).requester.address).toBe('0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266');
  expect(() => accountsFor(1, undefined)).toThrow('PROOFTAB_KEY');
});

it('lets one account with coins pay for everything elsewhere', () => {
  const key = `0x${'11'.repeat(32)}`;
  const { requester, sponsor, owner } = accountsFor(1, key);
  expect(new Set([requester, sponsor, owner]).size).toBe(1);
  expect(() => accountsFor(1, 'not a key')).toThrow('PROOFTAB_KEY');
});
