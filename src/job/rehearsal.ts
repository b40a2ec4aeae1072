/** A volunteer's tab for tests of the job: real roles, stores, keys and seals; time, threads and the world outside are played. */
import { inspect } from 'node:util';
import type { Execution, ExecutionRequest, Executor } from '../execution/executor.ts';
import type { Signer } from '../identity/signer.ts';
import { expectOk, forkStage, stageMarket, type Stage } from '../marketplace/staged-market.ts';
import type { Prover } from '../proof/prover.ts';
import { fromHex } from '../protocol/bytes.ts';
import { toHex32 } from '../protocol/field.ts';
import type { JobFailure, JobReport, WaitingOn } from '../protocol/job-report.ts';
import { fail, ok, type Result } from '../protocol/result.ts';
import { packRow, rowLeaf } from '../protocol/row-leaf.ts';
import { rowSalt } from '../protocol/row-salts.ts';
import { nodeOver } from '../protocol/row-tree.ts';
import { openShard } from '../protocol/sealed-shard.ts';
import { openWrappedKey } from '../protocol/wrapped-key.ts';
import type { RecordStore } from '../storage/record-store.ts';
import type { ShardStore } from '../storage/shard-store.ts';
import type { Paid } from './finish-unit.ts';
import type { JobDoors } from './job-context.ts';
import { readJournals } from './journal.ts';
import { MemoryLocks } from './memory-locks.ts';
import { listReceipts } from './receipts.ts';
import { runJob, type JobOptions } from './run-job.ts';
import type { Timer } from './waiting.ts';

/** Time passes only while a job waits, and then at once. */
export class StageTimer implements Timer {
  waits = 0;
  /** What happens in the world during each wait. */
  onWait: (waits: number) => void = () => {};
  readonly #stage: Stage;
  #milliseconds: number;

  constructor(stage: Stage) {
    this.#stage = stage;
    this.#milliseconds = stage.ledger.time * 1000;
  }

  now(): number {
    return this.#milliseconds;
  }

  pass(seconds: number): void {
    this.#milliseconds += seconds * 1000;
    this.#stage.ledger.time = Math.floor(this.#milliseconds / 1000);
  }

  async after(milliseconds: number): Promise<void> {
    this.waits += 1;
    if (this.waits > 2_000) throw new Error('this job waits for something that never comes');
    this.pass(milliseconds / 1000);
    this.onWait(this.waits);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Test double of the executor: opens and checks the shard as every executor must; its "model" answers with a row's first byte modulo ten. */
export class StageExecutor implements Executor {
  calls = 0;

  async execute(request: ExecutionRequest, onProgress?: Parameters<Executor['execute']>[1]): ReturnType<Executor['execute']> {
    this.calls += 1;
    const { dataset, shard, shardIndex, sealed, input, task, unit, claimant, boxKey, wrappedKey } = request;
    const key = await openWrappedKey({ wrapped: wrappedKey, keyPair: boxKey, task, unit, claimant, shard: shard.tree });
    if (!key.ok) return fail({ kind: 'key-unusable' });
    const salt = fromHex(dataset.salt);
    const rows = await openShard(key.value, sealed, salt, shardIndex);
    if (!rows.ok) return fail({ kind: 'wrong-data', detail: 'seal' });
    onProgress?.({ step: 'open', done: 1, of: 1 });
    const columns = rows.value.length / dataset.shardRows;
    const rowBytes = Array.from({ length: dataset.shardRows }, (_, row) => rows.value.slice(row * columns, (row + 1) * columns));
    const leaves = rowBytes.map((row, i) => rowLeaf(rowSalt(key.value, salt, shardIndex * dataset.shardRows + i), packRow(row, 8)));
    if (toHex32(nodeOver(leaves)) !== input) return fail({ kind: 'wrong-data', detail: 'node' });
    onProgress?.({ step: 'read', done: 1, of: 1 });
    const answers = rowBytes.map((row) => (row[0] ?? 0) % 10);
    const execution: Execution = {
      rows: rows.value,
      rowCount: dataset.shardRows,
      salts: new Uint8Array(),
      outputs: new Int32Array(),
      answers,
      engine: 'reference',
      threads: 1,
    };
    return ok(execution);
  }
}

/** Test double of the prover: its proofs prove nothing, and no two are alike, as with Groth16. */
export class StageProver implements Prover {
  calls = 0;

  async prove(...[, onProgress]: Parameters<Prover['prove']>): ReturnType<Prover['prove']> {
    this.calls += 1;
    onProgress?.({ stage: 'prove', done: 1, of: 2 });
    const proof = { system: 1, bytes: new Uint8Array(256).fill(this.calls) };
    return ok({ proof, constraints: 53_600, kernel: 'fused', threads: 2, sharesMemory: true, seconds: 3.5 });
  }
}

/** What a test brings: the volunteer's own storage and keys, and the custodian's storage. */
export interface Tab {
  readonly signer: Signer;
  readonly shards: ShardStore;
  readonly records: RecordStore;
  readonly custodianStore: ShardStore;
}

export interface Rehearsal extends Stage {
  readonly doors: JobDoors & { readonly executor: StageExecutor; readonly prover: StageProver; readonly timer: StageTimer };
  readonly reports: JobReport[];
  /** Opens the tab and contributes once. */
  readonly run: (options?: Partial<JobOptions>, doors?: JobDoors) => Promise<Result<Paid, JobFailure>>;
}

/** Rehearsals of a task over the given shards, in a fresh tab each. The market is put together once and forked, which is faster. */
export function rehearsals(openTab: () => Promise<Tab>): (shards?: readonly number[]) => Promise<Rehearsal> {
  const markets = new Map<string, Promise<Stage>>();
  return async (shards) => {
    const tab = await openTab();
    const market = markets.get(String(shards)) ?? stageMarket(tab.custodianStore, shards);
    markets.set(String(shards), market);
    return rehearsalIn(tab, forkStage(await market));
  };
}

function rehearsalIn({ signer, shards, records }: Tab, stage: Stage): Rehearsal {
  const { ledger, network } = stage;
  const doors = {
    ledger,
    signer,
    network,
    shards,
    records,
    executor: new StageExecutor(),
    prover: new StageProver(),
    locks: new MemoryLocks(),
    timer: new StageTimer(stage),
  };
  const reports: JobReport[] = [];
  const run: Rehearsal['run'] = (options = {}, own = doors) =>
    runJob(own, { onReport: (report) => reports.push(report), whenNoWork: 'end', ...options });
  return { ...stage, doors, reports, run };
}

export const waitedOn = (reports: readonly JobReport[]): readonly WaitingOn[] =>
  reports.flatMap((report) => (report.report === 'waiting' ? [report.on] : []));
export const settlesOf = ({ ledger }: Stage): number => ledger.sentActions.filter(({ send }) => send === 'settle').length;
export const claimsOf = ({ ledger }: Stage): number => ledger.sentActions.filter(({ send }) => send === 'claim').length;

/** What a job owes its volunteer, however it went on the way: one settlement, one payment, one receipt, nothing left open. Throws what is not so. */
export async function expectPaidOnce(rehearsal: Rehearsal): Promise<void> {
  const { ledger, doors } = rehearsal;
  const balance = expectOk(await ledger.read({ read: 'balance', of: await doors.signer.address() }));
  const receipts = (await listReceipts(doors.records)).length;
  const open = (await readJournals(doors.records)).length;
  const owed = { settlements: settlesOf(rehearsal), balance, receipts, open };
  if (owed.settlements !== 1 || balance !== 1_000n || receipts !== 1 || open !== 0) throw new Error(`not paid exactly once: ${inspect(owed)}`);
}
