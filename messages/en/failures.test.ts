import { describe, expect, it } from 'vitest';
import { JOB_STEPS, type JobFailure, type WaitingOn } from '../../src/protocol/job-report.ts';
import { failedIn, failureWords, startFailureWords, waitingWords } from './failures.ts';

/** One of each kind; the type makes a new kind a compile error here until it is listed. */
const everyFailure: { readonly [Kind in JobFailure['kind']]: Extract<JobFailure, { kind: Kind }> } = {
  stopped: { kind: 'stopped' },
  'no-work': { kind: 'no-work' },
  'lease-lost': { kind: 'lease-lost', until: 1_800_000_000 },
  'already-settled': { kind: 'already-settled' },
  'chain-down': { kind: 'chain-down', detail: 'ECONNREFUSED' },
  reverted: { kind: 'reverted', error: 'ProofRejected', args: [] },
  'sponsor-refused': { kind: 'sponsor-refused', detail: 'rate' },
  'custodian-unreachable': { kind: 'custodian-unreachable' },
  'key-refused': { kind: 'key-refused', code: 'not-claimant' },
  'key-unusable': { kind: 'key-unusable' },
  'not-found': { kind: 'not-found', what: 'shard' },
  mismatch: { kind: 'mismatch', what: 'proving-key', from: 'heron' },
  quota: { kind: 'quota', needed: 38_400_000, available: 1_000_000 },
  'storage-unavailable': { kind: 'storage-unavailable', detail: 'SecurityError' },
  'wrong-data': { kind: 'wrong-data', detail: 'node' },
  'model-unsupported': { kind: 'model-unsupported', detail: 'Softmax' },
  runtime: { kind: 'runtime', detail: 'abort' },
  unsatisfied: { kind: 'unsatisfied', constraint: 'relu 3' },
  'bad-key': { kind: 'bad-key', detail: 'gamma = delta' },
  'proof-rejected': { kind: 'proof-rejected' },
  'prover-crashed': { kind: 'prover-crashed', detail: 'out of memory' },
  'bad-task': { kind: 'bad-task', detail: 'unknown circuit' },
};
const everyWait: Readonly<Record<WaitingOn, true>> = {
  chain: true,
  relay: true,
  custodian: true,
  peers: true,
  'other-tab': true,
  work: true,
  sponsor: true,
};

describe.each(Object.values(everyFailure))('words for $kind', (failure) => {
  it('say what happened, what was kept and what to do', () => {
    const said = failureWords(failure);
    for (const line of [said.happened, said.kept, said.todo]) {
      expect(line.length).toBeGreaterThan(5);
      expect(line).not.toMatch(/undefined|\[object|!/);
    }
  });

  it('name the particulars', () => {
    const { happened, kept, todo } = failureWords(failure);
    if ('detail' in failure) expect(todo).toContain(failure.detail);
    if ('what' in failure) expect(`${happened}${kept}`).toContain(failure.what === 'shard' ? 'sealed shard' : 'proving key');
  });
});

it('name how much room is missing', () => {
  expect(failureWords(everyFailure.quota).kept).toContain('38.4 MB are needed and 1.0 MB are free');
});

it('say in plain words why the contract refused, and give an unknown error by name', () => {
  expect(failureWords(everyFailure.reverted).happened).toBe('The contract did not accept the proof');
  expect(failureWords({ kind: 'reverted', error: 'Odd', args: ['7'] })).toMatchObject({ happened: 'The contract refused: Odd' });
});

it.each(Object.keys(everyWait) as WaitingOn[])('words for waiting on %s', (on) => {
  const said = waitingWords(on);
  expect(`${said.title}${said.detail}${said.kept}`).not.toMatch(/undefined|!/);
  expect(said.title).not.toBe('');
});

it('every step and every start failure has words', () => {
  expect(Object.keys(failedIn)).toEqual([...JOB_STEPS]);
  for (const said of Object.values(startFailureWords)) expect(said.todo).not.toBe('');
});
