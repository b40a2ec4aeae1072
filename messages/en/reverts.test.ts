import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { revertText } from './reverts.ts';

const said: Readonly<Record<string, string>> = {
  NotOpen: 'This unit is not open: someone else claimed it first, or its task is closing',
  AlreadySettled: 'This unit was paid already',
  LeaseExpired: 'The claim ran out before the proof arrived',
  ProofRejected: 'The contract did not accept the proof',
  WrongInput: 'The proof is about other rows than this unit’s',
  WrongValueCount: 'The answer has the wrong shape',
  InputTooLarge: 'A value in the proof is out of range',
  BadAuth: 'The contract did not accept the signature on the claim',
  BadTerms: 'The market does not take a task with these terms',
  BadKey: 'The registry refuses this circuit’s key: it is malformed, or lets anyone forge',
  DevelopmentKey: 'The registry refuses development keys on this chain',
  UnknownTask: 'The market does not know this task',
  UnknownCircuit: 'The registry does not know this circuit',
  ModuleNotAllowed: 'The market does not allow this task’s judge or gate',
  NotPending: 'This unit waits for no verdict',
  NotEnoughGas: 'The transaction brought too little gas',
};

it.each(Object.entries(said))('%s reads: %s', (error, words) => {
  expect(revertText(error)).toBe(words);
});

it('says so where a contract gives no reason', () => {
  expect(revertText('NoReason')).toBe('The contract refused and gave no reason');
});

it('names an error that it does not know', () => {
  expect(revertText('0xdeadbeef')).toBe('The contract refused: 0xdeadbeef');
});

it('has words for every error that the market and the registry declare', () => {
  const declared = ['IMarket', 'IRegistry'].flatMap((name) => {
    const source = readFileSync(new URL(`../../contracts/interfaces/${name}.sol`, import.meta.url), 'utf8');
    return [...source.matchAll(/^ *error (\w+)\(/gm)].map(([, error = '']) => error);
  });
  expect(declared.length).toBeGreaterThan(10);
  expect([...new Set(declared)].sort()).toEqual(Object.keys(said).sort());
});
