import { describe, expect, it } from 'vitest';
import type { JobReport } from '../protocol/job-report.ts';
import { currentStep, goesOn, idleJob, startedJob, withFailure, withReport } from './job-view.ts';

const step = (name: 'claim' | 'fetch' | 'prove', state: 'now' | 'done', part = 0): JobReport => ({
  report: 'step',
  step: name,
  state,
  part,
  seconds: state === 'done' ? 1.5 : null,
});
const after = (...reports: readonly JobReport[]) => reports.reduce(withReport, startedJob);
const states = (view: typeof idleJob) => view.steps.map((row) => row.state).join(' ');

describe('the view of a job', () => {
  it('is idle with seven steps to do before anyone pressed Contribute', () => {
    expect(idleJob.phase).toBe('idle');
    expect(states(idleJob)).toBe('todo todo todo todo todo todo todo');
    expect(currentStep(idleJob)).toBeNull();
  });

  it('follows measured work and keeps the seconds of what is done', () => {
    const view = after(step('claim', 'now'), step('claim', 'done'), step('fetch', 'now', 0.4));
    expect(states(view)).toBe('done now todo todo todo todo todo');
    expect(view.steps[0]).toMatchObject({ part: 1, seconds: 1.5 });
    expect(currentStep(view)).toMatchObject({ step: 'fetch', part: 0.4 });
  });

  it('closes the blades before the step that is reported: a resumed job starts in the middle', () => {
    expect(states(after(step('prove', 'now')))).toBe('done done done done now todo todo');
  });

  it('never opens a blade again', () => {
    expect(states(after(step('fetch', 'done'), step('fetch', 'now'), step('claim', 'now')))).toBe('done done todo todo todo todo todo');
  });

  it('waits and goes on', () => {
    const waiting = after(step('claim', 'done'), step('fetch', 'now', 0.3), { report: 'waiting', step: 'fetch', on: 'custodian' });
    expect(waiting.phase).toBe('waiting');
    expect(currentStep(waiting)).toMatchObject({ state: 'waiting', waitingOn: 'custodian', part: 0.3 });
    const back = withReport(waiting, step('fetch', 'now', 0.5));
    expect(back.phase).toBe('running');
    expect(currentStep(back)).toMatchObject({ state: 'now', waitingOn: null });
  });

  it('marks the step where it failed, and those before it stay done', () => {
    const view = withFailure(after(step('claim', 'done'), step('fetch', 'now')), { kind: 'custodian-unreachable' });
    expect(view.phase).toBe('failed');
    expect(states(view)).toBe('done failed todo todo todo todo todo');
    expect(view.failure).toEqual({ kind: 'custodian-unreachable' });
  });

  it('does not call Stop a failure', () => {
    const view = withFailure(after(step('claim', 'done'), step('fetch', 'now')), { kind: 'stopped' });
    expect(view.phase).toBe('stopped');
    expect(states(view)).toBe('done todo todo todo todo todo todo');
  });

  it('collects what crossed the edge', () => {
    const view = after(
      { report: 'sent', what: 'claim', bytes: 612 },
      { report: 'fetched', what: 'shard', bytes: 3_292, from: 'heron', direct: true },
      { report: 'sent', what: 'key-request', bytes: 99 },
    );
    expect(view.sent.map(({ what }) => what)).toEqual(['claim', 'key-request']);
    expect(view.fetched).toHaveLength(1);
  });

  it('goes on by itself only where this unit is lost to others', () => {
    expect(goesOn({ kind: 'lease-lost', until: 1 })).toBe(true);
    expect(goesOn({ kind: 'already-settled' })).toBe(true);
    expect(goesOn({ kind: 'prover-crashed', detail: '' })).toBe(false);
  });
});
