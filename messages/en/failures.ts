/** Words for every way a job, a deployment or an account can fail: what happened, what was kept, what to do. */
import type { JobFailure, JobStep, WaitingOn } from '../../src/protocol/job-report.ts';
import { detailText } from './details.ts';
import { bytesText, clockText, thing } from './figures.ts';
import { revertText } from './reverts.ts';
import { taskFlawWords } from './task-flaws.ts';

export interface FaultWords {
  readonly happened: string;
  readonly kept: string;
  readonly todo: string;
  readonly tone: 'news' | 'caution' | 'fault';
}

type FailureWords = { readonly [Kind in JobFailure['kind']]: (failure: Extract<JobFailure, { kind: Kind }>) => FaultWords };

const keptProof = 'Steps that were finished are kept on this device and will not be repeated.';
const nothingLost = 'Nothing was lost, and nothing of yours was sent.';

const words: FailureWords = {
  stopped: () => ({
    tone: 'news',
    happened: 'Stopped',
    kept: 'What was finished is kept. The unit stays yours until its claim runs out.',
    todo: 'Press Contribute to go on where you left off.',
  }),
  'no-work': () => ({
    tone: 'news',
    happened: 'There is no work right now',
    kept: nothingLost,
    todo: 'Leave this tab open, or come back later: new units appear as requesters post them.',
  }),
  'lease-lost': ({ until }) => ({
    tone: 'caution',
    happened: 'The claim on this unit ran out',
    kept: `It ended at ${clockText(until)}. Your receipts and your account are untouched.`,
    todo: 'Nothing to do: this tab takes the next unit.',
  }),
  'already-settled': () => ({
    tone: 'news',
    happened: 'This unit was paid already',
    kept: 'A unit is paid once. Your receipts are untouched.',
    todo: 'Nothing to do: this tab takes the next unit.',
  }),
  'chain-down': ({ detail }) => ({
    tone: 'caution',
    happened: 'The chain does not answer',
    kept: keptProof,
    todo: `Check the connection, then press Contribute. (${detailText(detail)})`,
  }),
  reverted: ({ error, args }) => ({
    tone: 'fault',
    happened: revertText(error),
    kept: 'No payment was made. The contract changed nothing.',
    todo: `Press Contribute to try another unit.${args.length ? ` (${error}: ${args.map(detailText).join(', ')})` : ` (${error})`}`,
  }),
  'sponsor-refused': ({ detail }) => ({
    tone: 'caution',
    happened: 'The sponsor did not pay for this transaction',
    kept: keptProof,
    todo: `Press Contribute to ask again. (${detailText(detail)})`,
  }),
  'custodian-unreachable': () => ({
    tone: 'caution',
    happened: 'The custodian stopped answering',
    kept: 'What has arrived is kept. Only the custodian can grant the key to this shard.',
    todo: 'Press Contribute to try again. If it stays away, the claim runs out by itself.',
  }),
  'key-refused': ({ code }) => ({
    tone: 'fault',
    happened: 'The custodian refused the key to this shard',
    kept: 'The sealed shard was not opened.',
    todo: `${refusalTodo[code] ?? 'Press Contribute to take another unit.'} (${code})`,
  }),
  'key-unusable': () => ({
    tone: 'fault',
    happened: 'The key to this shard does not open',
    kept: 'It was made for another claim. Nothing was opened.',
    todo: 'Press Contribute to ask the custodian again.',
  }),
  'not-found': ({ what }) => ({
    tone: 'caution',
    happened: `Nobody who can be reached has the ${thing(what)}`,
    kept: 'What has arrived is kept.',
    todo: 'Press Contribute to try again when more peers are here.',
  }),
  mismatch: ({ what, from }) => ({
    tone: 'fault',
    happened: `The ${thing(what)} that arrived is not the one the chain names`,
    kept: 'It was thrown away. Nothing was computed with it.',
    todo: `Press Contribute to fetch it from someone else.${from === '' ? '' : ` (sent by ${from})`}`,
  }),
  quota: ({ needed, available }) => ({
    tone: 'caution',
    happened: 'This browser has no room left',
    kept: `${bytesText(needed)} are needed and ${bytesText(available)} are free. Nothing was downloaded.`,
    todo: 'Free some space on this device, then press Contribute.',
  }),
  'storage-unavailable': ({ detail }) => ({
    tone: 'fault',
    happened: 'This browser does not let the page store anything',
    kept: 'Without storage a closed tab would lose its work, so none was started.',
    todo: `Leave private browsing, or allow site data for this page, then reload. (${detailText(detail)})`,
  }),
  'wrong-data': ({ detail }) => ({
    tone: 'fault',
    happened: 'The shard does not hold the rows that the task names',
    kept: 'Nothing was computed, and this unit is set aside.',
    todo: `Press Contribute to take another unit. (${rowFlaws[detail] ?? detail})`,
  }),
  'model-unsupported': ({ detail }) => ({
    tone: 'fault',
    happened: 'This task uses a model that this tab cannot run',
    kept: 'Nothing was computed, and this unit is set aside.',
    todo: `Press Contribute to take another unit. (${detailText(detail)})`,
  }),
  runtime: ({ detail }) => ({
    tone: 'fault',
    happened: 'This tab stopped in the middle of its work',
    kept: keptProof,
    todo: `Press Contribute to try again. If it happens again, close other tabs. (${detailText(detail)})`,
  }),
  unsatisfied: ({ constraint }) => ({
    tone: 'fault',
    happened: 'What the model computed does not satisfy the circuit',
    kept: 'No proof was made, so no false answer was sent.',
    todo: `Press Contribute to take another unit, and please report this. (${constraint})`,
  }),
  'bad-key': ({ detail }) => ({
    tone: 'fault',
    happened: 'The proving key of this task cannot be trusted',
    kept: 'It was not used.',
    todo: `Press Contribute to take another unit. (${detailText(detail)})`,
  }),
  'proof-rejected': () => ({
    tone: 'fault',
    happened: 'The proof did not pass its own check',
    kept: 'It was not sent.',
    todo: 'Press Contribute to make it again.',
  }),
  'prover-crashed': ({ detail }) => ({
    tone: 'fault',
    happened: 'Proving stopped unexpectedly',
    kept: keptProof,
    todo: `Close other tabs to free memory, then press Contribute. (${detailText(detail)})`,
  }),
  'bad-task': ({ detail }) => {
    const { happened, because } = taskFlawWords(detail);
    return { tone: 'fault', happened, kept: `${because} This tab leaves it alone.`, todo: `Press Contribute to take another task. (${detail})` };
  },
};

/** What was wrong with the rows in a shard. */
const rowFlaws: Readonly<Record<string, string>> = {
  seal: 'its seal does not open',
  node: 'its rows are not the ones that their owner committed to',
  length: 'its rows have another length',
};

const refusalTodo: Readonly<Record<string, string>> = {
  'not-claimant': 'The custodian sees no live claim of yours. Press Contribute to claim again.',
  'not-granted': 'The owner has not granted this data to you. Press Contribute to take another unit.',
  'budget-spent': 'The owner’s budget is used up. Press Contribute to take another unit.',
  busy: 'The custodian is busy. Press Contribute in a minute.',
};

export function failureWords(failure: JobFailure): FaultWords {
  const say = words[failure.kind] as (failure: JobFailure) => FaultWords;
  return say(failure);
}

const waiting: Readonly<Record<WaitingOn, { readonly title: string; readonly detail: string; readonly kept: string }>> = {
  chain: {
    title: 'Waiting for the chain',
    detail: 'It does not answer; trying again.',
    kept: 'Nothing is lost: finished steps are kept on this device.',
  },
  relay: { title: 'Waiting for the relay', detail: 'It does not answer; trying again.', kept: 'Direct links to other tabs go on without it.' },
  custodian: {
    title: 'Waiting for the custodian',
    detail: 'It alone can grant the key to this shard; asking again.',
    kept: 'What has arrived is kept. If nobody answers before the claim runs out, you lose nothing but the claim.',
  },
  peers: { title: 'Waiting for a peer', detail: 'Nobody who can be reached has this yet; asking again.', kept: 'What has arrived is kept.' },
  'other-tab': {
    title: 'Another tab is working',
    detail: 'One tab of this browser works at a time. This one takes over when the other closes or stops.',
    kept: 'Nothing to do.',
  },
  work: { title: 'Waiting for work', detail: 'Every unit is taken. This tab takes the next one that appears.', kept: 'Nothing to do.' },
  sponsor: {
    title: 'Waiting for the sponsor',
    detail: 'It pays the fee of your transaction; asking again.',
    kept: 'Finished steps are kept on this device.',
  },
};

export function waitingWords(on: WaitingOn): { readonly title: string; readonly detail: string; readonly kept: string } {
  return waiting[on];
}

/** The sentence that says in which step a job ended. */
export const failedIn: Readonly<Record<JobStep, string>> = {
  claim: 'It ended while claiming a unit.',
  fetch: 'It ended while fetching.',
  open: 'It ended while opening the shard.',
  read: 'It ended while the model was reading.',
  prove: 'It ended while proving.',
  submit: 'It ended while submitting the proof.',
  paid: 'It ended while waiting for the payment.',
};

/** Failures before any job: the app itself could not start. */
export const startFailureWords = {
  'deployment-unreachable': {
    tone: 'fault',
    happened: 'This page does not know its network',
    kept: 'The file /deployment.json did not load. Receipts can still be checked.',
    todo: 'Check the connection and reload.',
  },
  'deployment-bad': {
    tone: 'fault',
    happened: 'The network’s description cannot be read',
    kept: 'The file /deployment.json is not what this app expects. Receipts can still be checked.',
    todo: 'Tell whoever runs this site.',
  },
  'account-unreadable': {
    tone: 'fault',
    happened: 'The account in this browser cannot be opened',
    kept: 'It was left as it is.',
    todo: 'To start anew with an empty account, clear this site’s data in the browser’s settings.',
  },
  'storage-full': {
    tone: 'caution',
    happened: 'This browser has no room left for an account',
    kept: 'Nothing was made, and nothing was sent.',
    todo: 'Free up space on this device, then reload.',
  },
  'storage-unavailable': {
    tone: 'fault',
    happened: 'This browser does not let the page store anything',
    kept: 'Without storage a closed tab would lose its work.',
    todo: 'Leave private browsing, or allow site data for this page, then reload.',
  },
  'app-broken': {
    tone: 'fault',
    happened: 'A part of this page did not load',
    kept: 'Finished steps are kept on this device.',
    todo: 'Reload the page.',
  },
} as const satisfies Readonly<Record<string, FaultWords>>;
