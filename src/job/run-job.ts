/** The main journey: one unit of work, from an open task to a paid receipt. */
import type { JobFailure, JobReport } from '../protocol/job-report.ts';
import { fail, ok, type Result } from '../protocol/result.ts';
import { deliverUnit } from './deliver-unit.ts';
import { fetchUnit } from './fetch-unit.ts';
import { finishUnit, type Paid } from './finish-unit.ts';
import type { HeldUnit } from './held-unit.ts';
import { holdUnit } from './hold-unit.ts';
import { skipStep, type Job, type JobDoors } from './job-context.ts';
import { isHopeless, isOver, thrownFailure } from './job-failure.ts';
import { withJobLock } from './job-lock.ts';
import { appendEntry, closeJournal } from './journal.ts';
import { proveUnit, statementFor, type ProvenUnit } from './prove-unit.ts';
import { Stopped } from './waiting.ts';

export interface JobOptions {
  /** Ends the job at once; its journal stays, and the next run goes on from it. */
  readonly signal?: AbortSignal;
  readonly onReport: (report: JobReport) => void;
  /** Whether to wait where there is no work, the default, or to end with `no-work`. */
  readonly whenNoWork?: 'wait' | 'end';
}

/**
 * Claims, fetches, runs, proves and delivers one unit, or goes on with the one that a closed tab left behind. While the chain,
 * the relay, a custodian or another tab is in the way it reports what it waits for, and goes on by itself.
 */
export async function runJob(
  doors: JobDoors,
  { signal = new AbortController().signal, onReport, whenNoWork = 'wait' }: JobOptions,
): Promise<Result<Paid, JobFailure>> {
  const job: Job = { doors, signal, report: onReport, waitsForWork: whenNoWork === 'wait' };
  try {
    return await withJobLock(
      doors.locks,
      signal,
      () => onReport({ report: 'waiting', step: 'claim', on: 'other-tab' }),
      () => workOneUnit(job),
    );
  } catch (thrown) {
    if (thrown instanceof Stopped) return fail({ kind: 'stopped' });
    const failure = thrownFailure(thrown);
    if (!failure) throw thrown;
    return fail(failure);
  }
}

async function workOneUnit(job: Job): Promise<Result<Paid, JobFailure>> {
  const held = await holdUnit(job);
  if (!held.ok) return held;
  const proven = provenBefore(job, held.value) ?? (await fetchAndProve(job, held.value));
  if (!proven.ok) return leave(job, held.value, proven.failure);
  const settled = await deliverUnit(job, held.value, proven.value);
  if (!settled.ok) return leave(job, held.value, settled.failure);
  return ok(await finishUnit(job, held.value, proven.value, settled.value));
}

async function fetchAndProve(job: Job, held: HeldUnit): Promise<Result<ProvenUnit, JobFailure>> {
  const fetched = await fetchUnit(job, held);
  return fetched.ok ? proveUnit(job, held, fetched.value) : fetched;
}

/** A proof in the journal is never made twice. */
function provenBefore(job: Job, held: HeldUnit): Result<ProvenUnit, never> | null {
  const { proven } = held.progress;
  if (!proven) return null;
  for (const step of ['fetch', 'open', 'read', 'prove'] as const) skipStep(job, step);
  return ok({ statement: statementFor(held, proven.values), proof: proven.proof });
}

/** Keeps the journal wherever there is something to come back to. */
async function leave({ doors }: Job, { work: { task, unit } }: HeldUnit, failure: JobFailure): Promise<Result<never, JobFailure>> {
  if (isOver(failure)) await closeJournal(doors.records, task, unit);
  else if (isHopeless(failure)) await appendEntry(doors.records, task, unit, { entry: 'abandoned', why: failure.kind });
  return fail(failure);
}
