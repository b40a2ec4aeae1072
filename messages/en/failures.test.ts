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

/** What a person reads first, for each kind. */
const headlines: { readonly [Kind in JobFailure['kind']]: string } = {
  stopped: 'Stopped',
  'no-work': 'There is no work right now',
  'lease-lost': 'The claim on this unit ran out',
  'already-settled': 'This unit was paid already',
  'chain-down': 'The chain does not answer',
  reverted: 'The contract did not accept the proof',
  'sponsor-refused': 'The sponsor did not pay for this transaction',
  'custodian-unreachable': 'The custodian stopped answering',
  'key-refused': 'The custodian refused the key to this shard',
  'key-unusable': 'The key to this shard does not open',
  'not-found': 'Nobody who can be reached has the sealed shard',
  mismatch: 'The proving key that arrived is not the one the chain names',
  quota: 'This browser has no room left',
  'storage-unavailable': 'This browser does not let the page store anything',
  'wrong-data': 'The shard does not hold the rows that the task names',
  'model-unsupported': 'This task uses a model that this tab cannot run',
  runtime: 'This tab stopped in the middle of its work',
  unsatisfied: 'What the model computed does not satisfy the circuit',
  'bad-key': 'The proving key of this task cannot be trusted',
  'proof-rejected': 'The proof did not pass its own check',
  'prover-crashed': 'Proving stopped unexpectedly',
  'bad-task': 'This task does not add up',
};

describe.each(Object.values(everyFailure))('words for $kind', (failure) => {
  it('say what happened, what was kept and what to do', () => {
    const said = failureWords(failure);
    expect(said.happened).toBe(headlines[failure.kind]);
    for (const line of [said.happened, said.kept, said.todo]) {
      expect(line.length).toBeGreaterThan(5);
      expect(line).not.toMatch(/undefined|\[object|!/);
    }
  });

  it('name the particulars', () => {
    const { happened, kept, todo } = failureWords(failure);
    if ('detail' in failure && failure.kind !== 'wrong-data') expect(todo).toContain(failure.detail);
    if ('what' in failure) expect(`${happened}${kept}`).toContain(failure.what === 'shard' ? 'sealed shard' : 'proving key');
  });
});

it('name how much room is missing', () => {
  expect(failureWords(everyFailure.quota).kept).toContain('38.4 MB are needed and 1.0 MB are free');
});

it('say of a unit that was paid already that nothing is to be done', () => {
  expect(failureWords({ kind: 'already-settled' })).toEqual({
    tone: 'news',
    happened: 'This unit was paid already',
    kept: 'A unit is paid once. Your receipts are untouched.',
    todo: 'Nothing to do: this tab takes the next unit.',
  });
});

it('say why the contract refused, that nothing was paid, and what to do, with the error and its arguments', () => {
  expect(failureWords({ kind: 'reverted', error: 'NotOpen', args: ['1800000600'] })).toEqual({
    tone: 'fault',
    happened: 'This unit is not open: someone else claimed it first, or its task is closing',
    kept: 'No payment was made. The contract changed nothing.',
    todo: 'Press Contribute to try another unit. (NotOpen: 1800000600)',
  });
  expect(failureWords({ kind: 'reverted', error: 'AlreadySettled', args: [] })).toMatchObject({
    happened: 'This unit was paid already',
    todo: 'Press Contribute to try another unit. (AlreadySettled)',
  });
});

it('say of a key that anyone can forge with why it is left alone', () => {
  expect(failureWords({ kind: 'bad-task', detail: 'forgeable-key' })).toEqual({
    tone: 'fault',
    happened: 'Anyone can forge proofs of this task',
    kept: 'Its key lets anyone forge (gamma = ±delta, or delta = ±generator), so a payment for it would prove nothing. This tab leaves it alone.',
    todo: 'Press Contribute to take another task. (forgeable-key)',
  });
});

it.each([
  ['not-claimant', 'The custodian sees no live claim of yours. Press Contribute to claim again. (not-claimant)'],
  ['not-granted', 'The owner has not granted this data to you. Press Contribute to take another unit. (not-granted)'],
  ['budget-spent', 'The owner’s budget is used up. Press Contribute to take another unit. (budget-spent)'],
  ['busy', 'The custodian is busy. Press Contribute in a minute. (busy)'],
  ['bad-request', 'Press Contribute to take another unit. (bad-request)'],
])('say what to do about a custodian that refuses with %s', (code, todo) => {
  expect(failureWords({ kind: 'key-refused', code }).todo).toBe(todo);
});

it('say which rows are wrong, and show what they do not know as it is', () => {
  expect(failureWords({ kind: 'wrong-data', detail: 'seal' }).todo).toBe('Press Contribute to take another unit. (its seal does not open)');
  expect(failureWords({ kind: 'wrong-data', detail: 'node' }).todo).toContain('(its rows are not the ones that their owner committed to)');
  expect(failureWords({ kind: 'wrong-data', detail: 'length' }).todo).toContain('(its rows have another length)');
  expect(failureWords({ kind: 'wrong-data', detail: 'odd' }).todo).toContain('(odd)');
});

it.each(['chain-down', 'sponsor-refused', 'storage-unavailable', 'model-unsupported', 'runtime', 'bad-key', 'prover-crashed'] as const)(
  'put the codes in %s into words',
  (kind) => {
    expect(failureWords({ kind, detail: 'worker-silent' }).todo).toContain('(no sign of life for minutes)');
  },
);

it('name who sent a false file, where that is known', () => {
  expect(failureWords({ kind: 'mismatch', what: 'shard', from: 'heron' }).todo).toContain('(sent by heron)');
  expect(failureWords({ kind: 'mismatch', what: 'shard', from: '' }).todo).toBe('Press Contribute to fetch it from someone else.');
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
