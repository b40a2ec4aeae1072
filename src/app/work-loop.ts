/** Works unit after unit until someone presses Stop, a fault needs a person, or another tab of this browser is at it. */
import type { JobFailure, JobReport } from '../protocol/job-report.ts';
import { fail, type Result } from '../protocol/result.ts';
import { goesOn, startedJob, withFailure, withReport, type JobView } from './job-view.ts';
import type { RunOptions } from './worksite.ts';

/** The part of `navigator.locks` that is needed: the lock goes free when the callback's promise ends, or the tab does. */
export interface TabLocks {
  request<Value>(name: string, options: { ifAvailable: true } | { signal: AbortSignal }, work: (lock: unknown) => Promise<Value>): Promise<Value>;
}

export interface LoopOptions {
  readonly run: (options: RunOptions) => Promise<Result<unknown, JobFailure>>;
  readonly locks: TabLocks;
  readonly signal: AbortSignal;
  /** Resolves after so many milliseconds, or as soon as the signal aborts. */
  readonly pause: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  readonly onView: (view: JobView) => void;
  readonly onReport: (report: JobReport) => void;
}

/** Held from Contribute to Stop, so that two tabs do not take turns unit by unit. */
export const CONTRIBUTING_LOCK = 'prooftab/contributing';

/** Long enough to read how a unit ended before the next one begins. */
const SHOW_END = 2_500;
/** How often the market is looked at while every unit is taken. */
const LOOK_AGAIN = 4_000;

const waitingFor = (on: 'other-tab' | 'work') => withReport(startedJob, { report: 'waiting', step: 'claim', on });

/** Resolves to why it ended: 'stopped', or the failure that needs a person. */
export async function workUntilStopped(options: LoopOptions): Promise<JobFailure> {
  const { locks, signal, onView } = options;
  onView(startedJob);
  const tried = await locks.request(CONTRIBUTING_LOCK, { ifAvailable: true }, async (lock) =>
    lock ? { ended: await unitAfterUnit(options) } : null,
  );
  if (tried) return tried.ended;
  onView(waitingFor('other-tab'));
  try {
    return await locks.request(CONTRIBUTING_LOCK, { signal }, () => unitAfterUnit(options));
  } catch (thrown) {
    if (signal.aborted) return { kind: 'stopped' };
    throw thrown;
  }
}

async function unitAfterUnit({ run, signal, pause, onView, onReport }: LoopOptions): Promise<JobFailure> {
  while (!signal.aborted) {
    let view = startedJob;
    onView(view);
    const report = (told: JobReport) => {
      if (signal.aborted) return;
      view = withReport(view, told);
      onReport(told);
      onView(view);
    };
    const ended = await settled(run({ signal, onReport: report }));
    if (signal.aborted) break;
    if (ended.ok) await pause(SHOW_END, signal);
    else if (ended.failure.kind === 'no-work') {
      onView(waitingFor('work'));
      await pause(LOOK_AGAIN, signal);
    } else if (goesOn(ended.failure)) {
      onView(withFailure(view, ended.failure));
      await pause(SHOW_END, signal);
    } else {
      onView(withFailure(view, ended.failure));
      return ended.failure;
    }
  }
  return { kind: 'stopped' };
}

/** A broken invariant inside a job must not leave the page saying that work goes on. */
async function settled(running: Promise<Result<unknown, JobFailure>>): Promise<Result<unknown, JobFailure>> {
  try {
    return await running;
  } catch (thrown) {
    return fail({ kind: 'runtime', detail: thrown instanceof Error ? thrown.message : String(thrown) });
  }
}
