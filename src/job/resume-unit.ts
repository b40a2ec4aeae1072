/** Coming back to a unit after the tab was closed: the chain is read first, and the chain wins. */
import type { PostedTask, UnitState } from '../consensus/ledger.ts';
import { sameHex } from '../protocol/same-hex.ts';
import { workOn } from '../marketplace/find-work.ts';
import type { Address } from '../protocol/ids.ts';
import type { JobFailure } from '../protocol/job-report.ts';
import { fail, ok, type Result } from '../protocol/result.ts';
import { reportTask, type HeldUnit } from './held-unit.ts';
import type { Job, Step } from './job-context.ts';
import { isHopeless, taskFailure } from './job-failure.ts';
import { appendEntry, closeJournal, readJournals, type Journal } from './journal.ts';
import { leaseFrom } from './lease.ts';
import { chainPatience, networkPatience, untilAnswered } from './until-answered.ts';
import { unlessStopped } from './waiting.ts';

/** The first unit with something to come back to, or null. Units that were settled, lost or never existed are closed on the way. */
export async function resumeUnit(job: Job, step: Step, claimant: Address): Promise<Result<HeldUnit | null, JobFailure>> {
  const journals = await unlessStopped(job.signal, readJournals(job.doors.records));
  for (const journal of journals.filter(({ progress }) => !progress.abandoned)) {
    const resumed = await resumeJournal(job, step, journal, claimant);
    if (!resumed.ok || resumed.value) return resumed;
  }
  return ok(null);
}

async function resumeJournal(job: Job, step: Step, journal: Journal, claimant: Address): Promise<Result<HeldUnit | null, JobFailure>> {
  const { ledger } = job.doors;
  const ask = <Value>(read: () => Promise<Result<Value, Parameters<typeof taskFailure>[0]>>) => untilAnswered(step, read, chainPatience);
  const clock = await ask(() => ledger.read({ read: 'clock' }));
  if (!clock.ok) return fail(taskFailure(clock.failure));
  const posted = await ask(() => ledger.read({ read: 'task', task: journal.task }));
  if (!posted.ok) return fail(taskFailure(posted.failure));
  if (!posted.value) return closeIfStale(job, journal, clock.value.time);
  const { value: task } = posted;
  const states = await ask(() => ledger.read({ read: 'units', task: task.id }));
  if (!states.ok) return fail(taskFailure(states.failure));
  const state = states.value.get(journal.unit) ?? { status: 'open' };
  if (!isWorthKeeping(journal, state, task, claimant, clock.value.time)) return close(job, journal);
  const work = await untilAnswered(
    step,
    () => workOn(job.doors, task, journal.unit),
    async (failure, repeats) => chainPatience(failure) ?? networkPatience(job, 'peers')(failure, repeats),
  );
  if (!work.ok) return giveUp(job, journal, taskFailure(work.failure));
  const until = state.status === 'claimed' ? state.until : (journal.progress.claimed?.until ?? 0);
  reportTask(job, work.value);
  job.report({ report: 'claimed', until, resumed: true });
  return ok({ work: work.value, claimant, lease: leaseFrom(job, until, clock.value.time), progress: journal.progress });
}

/**
 * A live claim of ours goes on. A finished proof survives the end of its lease as long as nobody else holds the unit, since
 * it is bound to us and the unit and not to the lease. A settlement of ours still wants its receipt.
 */
function isWorthKeeping({ progress }: Journal, state: UnitState, { terms }: PostedTask, claimant: Address, time: number): boolean {
  const proven = progress.proven !== undefined;
  switch (state.status) {
    case 'settled':
      return proven && sameHex(state.claimant, claimant);
    case 'open':
      return proven && time + terms.lease <= terms.closes;
    case 'pending':
      return proven && sameHex(state.claimant, claimant);
    case 'claimed':
      if (state.until < time) return proven && time + terms.lease <= terms.closes;
      return sameHex(state.claimant, claimant) && (proven || state.boxKey.toLowerCase() === progress.claimed?.boxKey.toLowerCase());
  }
}

/** A task that this chain does not know may be another network's: it is left alone until its lease must be over. */
function closeIfStale(job: Job, journal: Journal, time: number): Promise<Result<null, never>> {
  return (journal.progress.claimed?.until ?? 0) < time ? close(job, journal) : Promise.resolve(ok(null));
}

async function close(job: Job, { task, unit }: Journal): Promise<Result<null, never>> {
  await unlessStopped(job.signal, closeJournal(job.doors.records, task, unit));
  return ok(null);
}

async function giveUp(job: Job, { task, unit }: Journal, failure: JobFailure): Promise<Result<never, JobFailure>> {
  if (isHopeless(failure)) await unlessStopped(job.signal, appendEntry(job.doors.records, task, unit, { entry: 'abandoned', why: failure.kind }));
  return fail(failure);
}
