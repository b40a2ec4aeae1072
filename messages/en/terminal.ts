/** Lines of the terminal: what `npm start` and `npm run demo` say while a network comes up, runs and ends, and why one did not start. */
import { countText, creditsCount, plural, shortAddress } from './figures.ts';

export const terminalWords = {
  building: 'building the app…',
  makingKeys: 'making development keys, once (some seconds)…',
  portTaken: (part: string, wanted: number, chosen: number) => `port ${wanted} is taken: the ${part} uses ${chosen}`,
  ready: (seconds: number) =>
    `ready in ${seconds.toFixed(1)} s. Development keys: anyone could forge these proofs, and the credits are worth nothing.`,
  at: (url: string) => `\n  ${url}\n`,
  stopping: '\nstopping…',
  didNotStart: (why: string) => `Prooftab did not start: ${why}`,
  requester: (why: string) => `requester: ${why}`,
};

/** Why a network did not start: each ends in what to do where something can be done. */
export const startFaults = {
  noPayer: (chainId: number) =>
    `Chain ${chainId} is not the embedded one: set PROOFTAB_KEY to the private key (0x and 64 digits) of an account with coins there.`,
  developmentKeyRefused:
    'The registry refuses this circuit: its key is a development key, whose secret is public, so anyone could forge proofs and take the escrow. On any chain but the embedded one (id 31337) a circuit needs a key from a ceremony.',
  notDeployed: (why: string) => `the contracts could not be deployed: ${why}`,
  noProvingKey: (place: string) => `${place} holds no proving key for three public signals; delete it and start again`,
  noOwnerSecret: (file: string, home: string) =>
    `${file} holds no owner secret; without it the dataset cannot be opened. Delete ${home} to start over.`,
  datasetNotPublished: (why: string) => `the dataset was not published: ${why}`,
  noDataset: (home: string) => `the custodian left no dataset in ${home}`,
  chainSilent: (why: string) => `the chain does not answer: ${why}`,
  chainEnded: (lastWords: string) => `anvil ended before it was ready: ${lastWords || 'it said nothing'}`,
  chainNotReady: (url: string, seconds: number) => `anvil did not answer at ${url} within ${seconds} s`,
  chainPortTaken: (port: number, host: string) => `port ${port} on ${host} is taken: stop what listens there, or choose another`,
  partEnded: (part: string, lastWords: string) => `${part} did not start: ${lastWords || 'it said nothing'}`,
  notARelayAddress: (given: string) => `expected wss://… or a multiaddr, got ${given}`,
};

type Line = readonly [label: string, text: string];

/** What happens on the market, a label and a text for each line. */
export const marketLines = {
  cost: (gas: number) => `  (${countText(gas)} gas)`,
  task: (id: string) => `task ${shortAddress(id)}`,
  posted: (task: string, units: number, price: bigint): Line => [
    'posted',
    `${plural(units, 'unit', 'units')} at ${creditsCount(price)} each, ${task}`,
  ],
  claimed: (task: string, unit: number, claimant: string): Line => ['claimed', `unit ${unit} of ${task} by ${shortAddress(claimant)}`],
  proven: (task: string, unit: number): Line => ['proven', `unit ${unit} of ${task}: the contract checked the proof`],
  paid: (amount: bigint, beneficiary: string, answers: readonly number[]): Line => [
    'paid',
    `${creditsCount(amount)} to ${shortAddress(beneficiary)} for the answers ${answers.join(', ')}`,
  ],
  refunded: (task: string, amount: bigint): Line => ['refunded', `${creditsCount(amount)} of ${task} went back to the requester`],
};

export const demoWords = {
  ready: (seconds: number, url: string) => `the network is ready after ${seconds} s; a headless browser opens ${url}`,
  changedCopy: (passes: boolean) => `a copy with one changed answer ${passes ? 'PASSED' : 'fails both, as it must'}`,
  verdict: (name: string, holds: boolean) => `${name}: ${holds ? 'holds' : 'broken'}`,
  otherwise: (name: string, said: string) => `${name} says otherwise:\n${said}`,
  badTasks: (given: string) => `--tasks wants a whole number from 1, got ${given}`,
};
