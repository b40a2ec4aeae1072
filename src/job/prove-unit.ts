/** The third to fifth steps: open the shard, run the model on its rows, prove what came out. Rows stay in memory and end with the step. */
import type { Execution } from '../execution/executor.ts';
import { answersFit, packAnswers } from '../protocol/answers.ts';
import { fromHex } from '../protocol/bytes.ts';
import { digestOf } from '../protocol/domain.ts';
import { fromHex32 } from '../protocol/field.ts';
import type { JobFailure } from '../protocol/job-report.ts';
import type { Proof, Statement } from '../protocol/receipt.ts';
import { fail, ok, type Result } from '../protocol/result.ts';
import { fetchKey, type FetchedUnit } from './fetch-unit.ts';
import { record, type HeldUnit } from './held-unit.ts';
import { beginStep, type Job, type Step } from './job-context.ts';
import { unlessStopped } from './waiting.ts';

export interface ProvenUnit {
  readonly statement: Statement;
  readonly proof: Proof;
}

export async function proveUnit(job: Job, held: HeldUnit, fetched: FetchedUnit): Promise<Result<ProvenUnit, JobFailure>> {
  const executed = await openAndRead(job, held, fetched);
  if (!executed.ok) return executed;
  const execution = executed.value;
  const classes = execution.outputs.length / execution.rowCount;
  if (!answersFit(execution.rowCount, classes))
    return fail({ kind: 'model-unsupported', detail: `${execution.rowCount} answers among ${classes} classes do not fit one value` });
  const statement = statementFor(held, [fromHex32(held.work.input), packAnswers([...execution.answers])]);
  await record(job, held, { entry: 'executed', values: statement.values });
  job.report({ report: 'answered', answers: execution.answers, engine: execution.engine, threads: execution.threads });
  return prove(job, held, fetched, execution, statement);
}

/** Bound to the task, unit, chain, contract and payee, so that a copied proof pays nobody. */
export function statementFor({ work, claimant }: HeldUnit, values: readonly bigint[]): Statement {
  return {
    t: 'prooftab/statement/1',
    circuit: work.terms.circuit,
    chain: work.chainId,
    contract: work.market,
    subject: work.task,
    unit: work.unit,
    beneficiary: claimant,
    values,
    digest: digestOf([...values]),
  };
}

async function openAndRead(job: Job, held: HeldUnit, fetched: FetchedUnit): Promise<Result<Execution, JobFailure>> {
  const open = beginStep(job, 'open');
  const first = await execute(job, held, fetched, open);
  // A kept key may have been wrapped for an earlier claim: a fresh one is asked for once.
  if (first.ok || first.failure.kind !== 'key-unusable' || !held.progress.fetched) return first;
  const wrappedKey = await fetchKey(job, open, held);
  return wrappedKey.ok ? execute(job, held, { ...fetched, wrappedKey: wrappedKey.value }, open) : wrappedKey;
}

async function execute(job: Job, held: HeldUnit, { onnx, sealed, wrappedKey }: FetchedUnit, open: Step): Promise<Result<Execution, JobFailure>> {
  const { work, claimant } = held;
  const boxKey = await unlessStopped(job.signal, job.doors.signer.boxKey());
  let read: Step | null = null;
  const reading = () => {
    if (!read) open.done();
    return (read ??= beginStep(job, 'read'));
  };
  const request = {
    onnx,
    dataset: work.dataset,
    shard: work.shard,
    shardIndex: work.shardIndex,
    sealed,
    input: work.input,
    wrappedKey,
    boxKey,
    task: work.task,
    unit: work.unit,
    claimant,
  };
  const executed = await crashAs(
    'runtime',
    job,
    job.doors.executor.execute(request, ({ step, done, of }) => (step === 'open' ? open : reading()).part(done / of)),
  );
  if (executed.ok) reading().done();
  return executed;
}

async function prove(
  job: Job,
  held: HeldUnit,
  { onnx, provingKey }: FetchedUnit,
  execution: Execution,
  statement: Statement,
): Promise<Result<ProvenUnit, JobFailure>> {
  const step = beginStep(job, 'prove');
  const request = { circuit: held.work.circuit, statement, execution, onnx, provingKey, verificationKey: fromHex(held.work.key) };
  const proven = await crashAs(
    'prover-crashed',
    job,
    job.doors.prover.prove(request, ({ done, of }) => step.part(done / of)),
  );
  if (!proven.ok) return proven;
  const { proof, constraints, seconds, threads, sharesMemory } = proven.value;
  await record(job, held, { entry: 'proven', values: statement.values, proof });
  job.report({ report: 'proven', constraints, seconds, threads, sharesMemory });
  step.done();
  return ok({ statement, proof });
}

/** A worker that dies rejects its call: an expected failure, and never a reason to lose the journal. */
async function crashAs<Value, Failure>(
  kind: 'runtime' | 'prover-crashed',
  { signal }: Job,
  call: Promise<Result<Value, Failure>>,
): Promise<Result<Value, Failure | { readonly kind: 'runtime' | 'prover-crashed'; readonly detail: string }>> {
  return unlessStopped(
    signal,
    call.catch((thrown: unknown) => fail({ kind, detail: thrown instanceof Error ? thrown.message : String(thrown) })),
  );
}
