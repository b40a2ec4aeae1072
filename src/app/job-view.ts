/** What a page shows of one unit of work: a pure state machine fed by the job's reports. */
import type { JobFailure, JobReport, JobStep, WaitingOn } from '../protocol/job-report.ts';
import { JOB_STEPS } from '../protocol/job-report.ts';

export type StepState = 'todo' | 'now' | 'done' | 'waiting' | 'failed';

export interface StepView {
  readonly step: JobStep;
  readonly state: StepState;
  /** Measured work, 0 to 1. */
  readonly part: number;
  readonly seconds: number | null;
  readonly waitingOn: WaitingOn | null;
}

export type ReportOf<Kind extends JobReport['report']> = Extract<JobReport, { report: Kind }>;

export type JobPhase = 'idle' | 'running' | 'waiting' | 'paid' | 'failed' | 'stopped';

export interface JobView {
  readonly phase: JobPhase;
  readonly task: ReportOf<'task'> | null;
  readonly steps: readonly StepView[];
  readonly claimed: ReportOf<'claimed'> | null;
  readonly fetched: readonly ReportOf<'fetched'>[];
  readonly sent: readonly ReportOf<'sent'>[];
  readonly answered: ReportOf<'answered'> | null;
  readonly proven: ReportOf<'proven'> | null;
  readonly paid: ReportOf<'paid'> | null;
  readonly failure: JobFailure | null;
}

const blankSteps: readonly StepView[] = JOB_STEPS.map((step) => ({ step, state: 'todo', part: 0, seconds: null, waitingOn: null }));

/** Before anyone pressed Contribute. */
export const idleJob: JobView = {
  phase: 'idle',
  task: null,
  steps: blankSteps,
  claimed: null,
  fetched: [],
  sent: [],
  answered: null,
  proven: null,
  paid: null,
  failure: null,
};

/** A job that was started and has reported nothing yet. */
export const startedJob: JobView = { ...idleJob, phase: 'running' };

export function withReport(view: JobView, report: JobReport): JobView {
  switch (report.report) {
    case 'task':
      return { ...startedJob, task: report, claimed: sameUnit(view, report) ? view.claimed : null, steps: firstStepNow() };
    case 'step':
      return { ...view, phase: 'running', steps: view.steps.map((row) => stepAfter(row, report)) };
    case 'waiting':
      return {
        ...view,
        phase: 'waiting',
        steps: view.steps.map((row) => (row.step === report.step ? { ...row, state: 'waiting', waitingOn: report.on } : row)),
      };
    case 'claimed':
      return { ...view, phase: 'running', claimed: report };
    case 'fetched':
      return { ...view, fetched: [...view.fetched, report] };
    case 'sent':
      return { ...view, sent: [...view.sent, report] };
    case 'answered':
      return { ...view, answered: report };
    case 'proven':
      return { ...view, proven: report };
    case 'paid':
      return { ...view, phase: 'paid', paid: report, steps: view.steps.map((row) => ({ ...row, state: 'done', part: 1, waitingOn: null })) };
  }
}

/** The job ended without payment: the step at work is where it failed; Stop leaves it as it was. */
export function withFailure(view: JobView, failure: JobFailure): JobView {
  const stopped = failure.kind === 'stopped';
  const ended = view.steps.map((row): StepView => {
    if (row.state !== 'now' && row.state !== 'waiting') return row;
    return { ...row, state: stopped ? 'todo' : 'failed', waitingOn: null };
  });
  return { ...view, phase: stopped ? 'stopped' : 'failed', steps: ended, failure };
}

/** The step at work, waited for or failed; null when there is none. */
export function currentStep(view: JobView): StepView | null {
  return view.steps.find((row) => row.state === 'now' || row.state === 'waiting' || row.state === 'failed') ?? null;
}

/**
 * Whether a finished job leaves something to do at once: another unit, where this one went to someone else.
 * @example
 * goesOn({ kind: 'already-settled' }) // true
 */
export function goesOn(failure: JobFailure): boolean {
  return failure.kind === 'already-settled' || failure.kind === 'lease-lost';
}

const firstStepNow = (): readonly StepView[] => blankSteps.map((row) => (row.step === 'claim' ? { ...row, state: 'now' } : row));

function sameUnit(view: JobView, report: ReportOf<'task'>): boolean {
  return view.task?.task === report.task && view.task.unit === report.unit;
}

/** A step that is reported makes those before it done; a step never goes back from done, since a resumed job repeats reports. */
function stepAfter(row: StepView, report: ReportOf<'step'>): StepView {
  const position = JOB_STEPS.indexOf(row.step) - JOB_STEPS.indexOf(report.step);
  if (position < 0) return row.state === 'done' ? row : { ...row, state: 'done', part: 1, waitingOn: null };
  if (position > 0 || (row.state === 'done' && report.state === 'now')) return row;
  return { ...row, state: report.state, part: report.state === 'done' ? 1 : report.part, seconds: report.seconds ?? row.seconds, waitingOn: null };
}
