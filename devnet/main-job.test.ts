import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createTestClient, http } from 'viem';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LedgerAction } from '../src/consensus/ledger.ts';
import { runJob } from '../src/job/run-job.ts';
import { claimTask } from '../src/marketplace/claim-task.ts';
import { checkReceipt } from '../src/proof/check-receipt.ts';
import { snarkjsVerifier } from '../src/proof/groth16/snarkjs-verifier.ts';
import { packAnswers, unpackAnswers } from '../src/protocol/answers.ts';
import { fromHex, toHex, type Hex } from '../src/protocol/bytes.ts';
import { BASE_ORDER, SCALAR_ORDER, fromHex32, toBytes32 } from '../src/protocol/field.ts';
import type { JobReport } from '../src/protocol/job-report.ts';
import type { Receipt } from '../src/protocol/receipt.ts';
import { fail } from '../src/protocol/result.ts';
import { heldOutDigits } from '../fixtures/digits.ts';
import { keysFolder } from './network-keys.ts';
import { startNetwork, type Network } from './network.ts';
import { joinAsNode, type NodeVolunteer } from './node-volunteer.ts';

type Settle = Extract<LedgerAction, { send: 'settle' }>;

const PRICE = 40_000_000_000_000_000n;

let home: string;
let network: Network;
let volunteers = 0;
const present: NodeVolunteer[] = [];

beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'prooftab-main-job-'));
  // Tests post what they need themselves.
  network = await startNetwork({ home, keys: keysFolder(), app: home, ports: 'free', work: { units: 8, leastOpen: 0 }, tell: () => {} });
}, 180_000);

afterAll(async () => {
  for (const volunteer of present) await volunteer.leave();
  await network.stop();
  await rm(home, { recursive: true });
});

async function arrives(): Promise<NodeVolunteer> {
  const volunteer = await joinAsNode(network.deployment, path.join(home, `volunteer-${++volunteers}.json`));
  present.push(volunteer);
  return volunteer;
}

async function balanceOf(address: Hex): Promise<bigint> {
  const balance = await network.ledger.read({ read: 'balance', of: address });
  if (!balance.ok) throw new Error(JSON.stringify(balance.failure));
  return balance.value;
}

/** Does all of the job but deliver: hands out the settlement that it would have sent. */
async function provesWithoutDelivering(volunteer: NodeVolunteer): Promise<Settle> {
  const caught: Settle[] = [];
  const ledger = {
    ...volunteer.doors.ledger,
    send: async (action: LedgerAction) => {
      if (action.send !== 'settle') return volunteer.doors.ledger.send(action);
      caught.push(action);
      return fail({ kind: 'reverted', error: 'ProofRejected', args: [] } as const);
    },
  };
  await runJob({ ...volunteer.doors, ledger }, { onReport: () => {}, whenNoWork: 'end' });
  const [action] = caught;
  if (!action) throw new Error('the job delivered nothing');
  return action;
}

describe('post, prove, verify, pay', () => {
  let receipt: Receipt;
  const reports: JobReport[] = [];

  it('pays a volunteer without coins for answers that a contract checked', async () => {
    await network.requester.posts([0, 1, 2, 3, 4, 5, 6, 7]);
    const volunteer = await arrives();
    const paid = await runJob(volunteer.doors, { onReport: (report) => reports.push(report), whenNoWork: 'end' });
    if (!paid.ok) throw new Error(JSON.stringify(paid.failure));
    receipt = paid.value.receipt;
    expect(paid.value.amount).toBe(PRICE);
    expect(await balanceOf(volunteer.address)).toBe(PRICE);
    // The model reads 97 of 100: of four digits it may well miss one, hardly two.
    const labels = heldOutDigits()
      .slice(receipt.material.path.index * 4, receipt.material.path.index * 4 + 4)
      .map(({ label }) => label);
    const answers = unpackAnswers(receipt.statement.values[1] ?? 0n, 4);
    expect(answers.filter((answer, i) => answer === labels[i]).length).toBeGreaterThanOrEqual(3);
  });

  it('got the sealed shard from its custodian over a direct link, and everything else from a mirror', () => {
    const fetched = reports.filter((report) => report.report === 'fetched');
    expect(fetched.map(({ what }) => what).toSorted()).toEqual(['model', 'proving-key', 'shard', 'shard-key']);
    const shard = fetched.find(({ what }) => what === 'shard');
    expect(network.deployment.custodians.some((address) => address.endsWith(`/p2p/${shard?.from}`))).toBe(true);
    expect(shard?.direct).toBe(true);
  });

  it('leaves a receipt that holds, offline and against the chain', async () => {
    const verifier = snarkjsVerifier;
    expect(await checkReceipt(receipt, { verifier })).toMatchObject({ holds: true, mathematics: { state: 'holds' }, circuit: { insecure: true } });
    expect(await checkReceipt(receipt, { verifier, ledger: network.ledger })).toMatchObject({ holds: true });
  });

  const elsewhere: readonly [string, (receipt: Receipt) => Receipt][] = [
    [
      'another answer',
      (it) => ({ ...it, statement: { ...it.statement, values: [it.statement.values[0] ?? 0n, (it.statement.values[1] ?? 0n) ^ 1n] } }),
    ],
    [
      'another input',
      (it) => ({ ...it, statement: { ...it.statement, values: [(it.statement.values[0] ?? 0n) + 1n, it.statement.values[1] ?? 0n] } }),
    ],
    ['another unit', (it) => ({ ...it, statement: { ...it.statement, unit: it.statement.unit + 1 } })],
    ['another beneficiary', (it) => ({ ...it, statement: { ...it.statement, beneficiary: `0x${'11'.repeat(20)}` } })],
    ['another chain', (it) => ({ ...it, statement: { ...it.statement, chain: 1 }, anchors: [] })],
    ['another task', (it) => ({ ...it, statement: { ...it.statement, subject: `0x${'11'.repeat(32)}` } })],
    ['another proof', (it) => ({ ...it, proof: { ...it.proof, bytes: it.proof.bytes.with(255, (it.proof.bytes[255] ?? 0) ^ 1) } })],
    [
      'another place in the dataset',
      (it) => ({ ...it, material: { ...it.material, path: { ...it.material.path, index: it.material.path.index ^ 1 } } }),
    ],
  ];

  it.each(elsewhere)('breaks a copy of it with %s', async (_name, change) => {
    expect((await checkReceipt(change(receipt), { verifier: snarkjsVerifier })).holds).toBe(false);
  });
});

describe('a proof pays once, for what it was made for, and nobody else', () => {
  let volunteer: NodeVolunteer;
  let good: Settle;

  const refused = async (action: LedgerAction, error: string) => {
    const before = await balanceOf(volunteer.address);
    expect(await network.ledger.send(action)).toMatchObject({ ok: false, failure: { kind: 'reverted', error } });
    expect(await balanceOf(volunteer.address)).toBe(before);
  };

  beforeAll(async () => {
    volunteer = await arrives();
    good = await provesWithoutDelivering(volunteer);
  }, 120_000);

  it('refuses a wrong proof', async () => {
    const evidence = fromHex(good.evidence);
    await refused({ ...good, evidence: toHex(evidence.with(287, (evidence[287] ?? 0) ^ 1)) }, 'ProofRejected');
    await refused({ ...good, evidence: toHex(evidence.with(31, (evidence[31] ?? 0) ^ 1)) }, 'ProofRejected');
  });

  it('refuses other answers with the same proof', async () => {
    const [input, answers] = good.values;
    const first = unpackAnswers(answers ?? 0n, 4);
    const changed = packAnswers(first.map((answer, i) => (i === 0 ? (answer + 1) % 10 : answer)));
    await refused({ ...good, values: [input ?? 0n, changed] }, 'ProofRejected');
  });

  it('refuses a value that is not below the field’s order, though it is the same number modulo it', async () => {
    const [input, answers] = good.values;
    await refused({ ...good, values: [input ?? 0n, (answers ?? 0n) + SCALAR_ORDER] }, 'InputTooLarge');
  });

  it('refuses it for another unit that the same account holds', async () => {
    const { doors } = volunteer;
    const clock = await doors.ledger.read({ read: 'clock' });
    const tasks = await doors.ledger.read({ read: 'tasks' });
    if (!clock.ok || !tasks.ok) throw new Error('the chain does not answer');
    const posted = tasks.value.find(({ terms }) => terms.inputs === good.terms.inputs);
    if (!posted) throw new Error('the task is gone');
    const taken = await doors.ledger.read({ read: 'units', task: posted.id });
    if (!taken.ok) throw new Error('the chain does not answer');
    const other = Array.from({ length: posted.terms.units }, (_, unit) => unit).find((unit) => !taken.value.has(unit)) ?? -1;
    const { chainId, market, time } = clock.value;
    expect(await claimTask(doors, { chainId, market, task: posted.id, terms: posted.terms, unit: other }, time)).toMatchObject({ ok: true });
    await refused({ ...good, unit: other }, 'WrongInput');
  });

  it('refuses it for another task over the very same shards', async () => {
    const again = await network.requester.posts([0, 1, 2, 3, 4, 5, 6, 7]);
    const clock = await network.ledger.read({ read: 'clock' });
    if (!clock.ok) throw new Error('the chain does not answer');
    const { chainId, market, time } = clock.value;
    const claimed = await claimTask(volunteer.doors, { chainId, market, task: again.id, terms: again.terms, unit: good.unit }, time);
    expect(claimed).toMatchObject({ ok: true });
    await refused({ ...good, terms: again.terms }, 'ProofRejected');
  });

  it('refuses it to an account that claims the unit after the first lease has passed', async () => {
    const clock = createTestClient({ mode: 'anvil', transport: http(network.deployment.rpcUrl) });
    const snapshot = await clock.snapshot();
    await clock.increaseTime({ seconds: good.terms.lease + 1 });
    await clock.mine({ blocks: 1 });
    await refused(good, 'LeaseExpired');
    const thief = await arrives();
    const now = await network.ledger.read({ read: 'clock' });
    const tasks = await network.ledger.read({ read: 'tasks' });
    if (!now.ok || !tasks.ok) throw new Error('the chain does not answer');
    const posted = tasks.value.find(({ terms }) => terms.details === good.terms.details);
    if (!posted) throw new Error('the task is gone');
    const { chainId, market, time } = now.value;
    expect(await claimTask(thief.doors, { chainId, market, task: posted.id, terms: posted.terms, unit: good.unit }, time)).toMatchObject({
      ok: true,
    });
    await refused(good, 'ProofRejected');
    expect(await balanceOf(thief.address)).toBe(0n);
    await clock.revert({ id: snapshot });
  });

  it('pays the claimant whoever delivers it, and only once, also in another form of the same proof', async () => {
    const before = await balanceOf(volunteer.address);
    const twin = { ...good, evidence: malleated(good.evidence) };
    expect(await network.ledger.send(twin)).toMatchObject({ ok: true });
    expect((await balanceOf(volunteer.address)) - before).toBe(PRICE);
    await refused(twin, 'AlreadySettled');
    await refused(good, 'AlreadySettled');
  });
});

/** (−A, −B, C) satisfies the same equation: e(−A, −B) = e(A, B). */
function malleated(evidence: Hex): Hex {
  const bytes = fromHex(evidence);
  const negate = (offset: number) => {
    const y = fromHex32(toHex(bytes.subarray(offset, offset + 32)));
    bytes.set(toBytes32((BASE_ORDER - y) % BASE_ORDER), offset);
  };
  const digest = 32;
  for (const y of [digest + 32, digest + 128, digest + 160]) negate(y);
  return toHex(bytes);
}
