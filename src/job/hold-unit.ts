/** The first step: come back to a unit that was begun, or find one and claim it. */
import { claimTask } from '../marketplace/claim-task.ts';
import { findWork, type FoundWork } from '../marketplace/find-work.ts';
import { sameHex } from '../protocol/same-hex.ts';
import { fromHex } from '../protocol/bytes.ts';
import type { TaskId } from '../protocol/ids.ts';
import type { JobFailure } from '../protocol/job-report.ts';
import { fail, ok, type Result } from '../protocol/result.ts';
import { boxKeyHash } from '../protocol/wrapped-key.ts';
import { record, reportTask, type HeldUnit } from './held-unit.ts';
import { beginStep, secondsNow, type Job, type Step } from './job-context.ts';
import { taskFailure } from './job-failure.ts';
import { readJournals, type Journal } from './journal.ts';
import { leaseFrom } from './lease.ts';
import { resumeUnit } from './resume-unit.ts';
import { chainPatience, networkPatience, sendPatience, untilAnswered } from './until-answered.ts';
import { unlessStopped } from './waiting.ts';

/** Where other volunteers are quicker this many times, there is no work for us just now. */
const QUICKER = 8;
/** How the market says that a unit was claimed, paid or refunded since we looked. */
const TAKEN: ReadonlySet<string> = new Set(['NotOpen', 'AlreadySettled', 'UnknownTask']);

type UnitName = Pick<Journal, 'task' | 'unit'>;

export async function holdUnit(job: Job): Promise<Result<HeldUnit, JobFailure>> {
  const step = beginStep(job, 'claim');
  const claimant = await unlessStopped(job.signal, job.doors.signer.address());
  const resumed = await resumeUnit(job, step, claimant);
  if (!resumed.ok) return resumed;
  const held = resumed.value ? ok(resumed.value) : await claimNew(job, step);
  if (held.ok) step.done();
  return held;
}

async function claimNew(job: Job, step: Step): Promise<Result<HeldUnit, JobFailure>> {
  const refused: UnitName[] = [];
  for (let quicker = 0; ; quicker++) {
    const found = await lookForWork(job, step, refused);
    if (!found.ok) return found;
    reportTask(job, found.value.work);
    const held = await claimFound(job, step, found.value);
    if (held.ok || held.failure.kind !== 'reverted' || !TAKEN.has(held.failure.error)) return held;
    if (quicker === QUICKER) return fail({ kind: 'no-work' });
    refused.push(found.value.work);
  }
}

/** @param refused units that the market has just refused, which are not asked for again before the next wait */
async function lookForWork(job: Job, step: Step, refused: UnitName[]): Promise<Result<FoundWork, JobFailure>> {
  const { signer, records } = job.doors;
  const [claimant, boxKey] = await unlessStopped(job.signal, Promise.all([signer.address(), signer.boxPublicKey()]));
  const abandoned = (await unlessStopped(job.signal, readJournals(records))).filter(({ progress }) => progress.abandoned);
  const avoids = (task: TaskId) => new Set([...abandoned, ...refused].filter((avoided) => sameHex(avoided.task, task)).map(({ unit }) => unit));
  const found = await untilAnswered(
    step,
    () => findWork(job.doors, { claimant, boxKey: boxKeyHash(fromHex(boxKey)), now: secondsNow(job), avoids }),
    async (failure, repeats) => {
      if (failure.kind === 'no-work') {
        refused.length = 0;
        return job.waitsForWork ? 'work' : null;
      }
      return chainPatience(failure) ?? networkPatience(job, 'peers')(failure, repeats);
    },
  );
  if (found.ok) return found;
  return fail(found.failure.kind === 'no-work' ? found.failure : taskFailure(found.failure));
}

async function claimFound(job: Job, step: Step, { work, heldUntil }: FoundWork): Promise<Result<HeldUnit, JobFailure>> {
  const claimed = heldUntil === null ? await claim(job, step, work) : ok(heldUntil);
  if (!claimed.ok) return claimed;
  const { signer, ledger } = job.doors;
  const [claimant, boxPublic] = await unlessStopped(job.signal, Promise.all([signer.address(), signer.boxPublicKey()]));
  await record(job, { work }, { entry: 'claimed', boxKey: boxKeyHash(fromHex(boxPublic)), until: claimed.value });
  const clock = await untilAnswered(step, () => ledger.read({ read: 'clock' }), chainPatience);
  if (!clock.ok) return clock;
  job.report({ report: 'claimed', until: claimed.value, resumed: heldUntil !== null });
  return ok({ work, claimant, lease: leaseFrom(job, claimed.value, clock.value.time), progress: {} });
}

/** Sends the signed claim; the end of the lease, seconds since 1970. A sponsor that is away is waited for until the task closes. */
export async function claim(job: Job, step: Step, work: HeldUnit['work']): Promise<Result<number, JobFailure>> {
  const claimed = await untilAnswered(
    step,
    () => claimTask(job.doors, work, secondsNow(job)),
    sendPatience(job),
    () => secondsNow(job) > work.terms.closes,
  );
  if (!claimed.ok) return claimed;
  job.report({ report: 'sent', what: 'claim', bytes: claimed.value.bytes });
  return ok(claimed.value.until);
}
