import { describe, expect, it } from 'vitest';
import type { JobFailure, JobReport } from '../protocol/job-report.ts';
import { fail, ok, type Result } from '../protocol/result.ts';
import type { JobView } from './job-view.ts';
import { CONTRIBUTING_LOCK, workUntilStopped, type TabLocks } from './work-loop.ts';

/** Locks of one browser, of which another tab may hold some. */
function browserLocks() {
  let release: () => void = () => undefined;
  let free: Promise<void> = Promise.resolve();
  let held = false;
  const locks: TabLocks = {
    async request(_name, options, work) {
      if ('ifAvailable' in options) return work(held ? null : {});
      return Promise.race([
        free.then(() => work({})),
        new Promise<never>((_, reject) => {
          const abort = () => reject(new DOMException('aborted', 'AbortError'));
          if (options.signal.aborted) abort();
          options.signal.addEventListener('abort', abort);
        }),
      ]);
    },
  };
  return {
    locks,
    otherTabHolds() {
      held = true;
      free = new Promise((resolve) => (release = resolve));
    },
    otherTabCloses: () => {
      held = false;
      release();
    },
  };
}

function staged(outcomes: readonly (Result<unknown, JobFailure> | (() => Promise<Result<unknown, JobFailure>>))[]) {
  const stop = new AbortController();
  const views: JobView[] = [];
  const told: JobReport[] = [];
  const pauses: number[] = [];
  let runs = 0;
  const browser = browserLocks();
  let sawWaiting: () => void = () => undefined;
  const waiting = new Promise<void>((resolve) => (sawWaiting = resolve));
  const work = () =>
    workUntilStopped({
      run: async ({ onReport }) => {
        const outcome = outcomes[runs++];
        onReport({ report: 'step', step: 'claim', state: 'done', part: 1, seconds: 1 });
        if (!outcome) {
          stop.abort();
          onReport({ report: 'step', step: 'prove', state: 'now', part: 0.5, seconds: null });
          return fail({ kind: 'stopped' });
        }
        return typeof outcome === 'function' ? outcome() : outcome;
      },
      locks: browser.locks,
      signal: stop.signal,
      pause: async (milliseconds) => {
        pauses.push(milliseconds);
      },
      onView: (view) => {
        views.push(view);
        if (view.phase === 'waiting') sawWaiting();
      },
      onReport: (report) => told.push(report),
    });
  return { stop, waiting, views, told, pauses, browser, work, runs: () => runs };
}

describe('working until stopped', () => {
  it('goes on unit after unit until Stop', async () => {
    const { work, runs } = staged([ok(1), ok(2)]);
    expect(await work()).toEqual({ kind: 'stopped' });
    expect(runs()).toBe(3);
  });

  it('shows nothing that is reported after Stop', async () => {
    const { work, told } = staged([]);
    await work();
    expect(told.map((report) => report.report === 'step' && report.step)).toEqual(['claim']);
  });

  it('takes the next unit where this one went to someone else', async () => {
    const { work, runs } = staged([fail({ kind: 'lease-lost', until: 5 }), fail({ kind: 'already-settled' }), ok(1)]);
    await work();
    expect(runs()).toBe(4);
  });

  it('waits for work where there is none, and says so', async () => {
    const { work, views, pauses } = staged([fail({ kind: 'no-work' }), ok(1)]);
    await work();
    expect(views.some(({ phase, steps }) => phase === 'waiting' && steps[0]?.waitingOn === 'work')).toBe(true);
    expect(pauses).toHaveLength(2);
  });

  it('ends with the failure that needs a person, at the step where it happened', async () => {
    const { work, views, runs } = staged([fail({ kind: 'bad-key', detail: 'gamma = delta' })]);
    expect(await work()).toEqual({ kind: 'bad-key', detail: 'gamma = delta' });
    expect(runs()).toBe(1);
    expect(views.at(-1)).toMatchObject({ phase: 'failed', failure: { kind: 'bad-key' } });
  });

  it('does not leave the page working when a job throws', async () => {
    const { work } = staged([() => Promise.reject(new Error('fetched fewer than three'))]);
    expect(await work()).toEqual({ kind: 'runtime', detail: 'fetched fewer than three' });
  });

  it('says that another tab works, and takes over when it closes', async () => {
    const { work, waiting, views, browser, runs } = staged([ok(1)]);
    browser.otherTabHolds();
    const working = work();
    await waiting;
    expect(views.at(-1)).toMatchObject({ phase: 'waiting' });
    expect(views.at(-1)?.steps[0]?.waitingOn).toBe('other-tab');
    expect(runs()).toBe(0);
    browser.otherTabCloses();
    expect(await working).toEqual({ kind: 'stopped' });
    expect(runs()).toBe(2);
  });

  it('can be stopped while another tab works', async () => {
    const { work, waiting, browser, stop, runs } = staged([ok(1)]);
    browser.otherTabHolds();
    const working = work();
    await waiting;
    stop.abort();
    expect(await working).toEqual({ kind: 'stopped' });
    expect(runs()).toBe(0);
  });

  it('holds a lock of its own, so that the job’s lock inside it is free', () => {
    expect(CONTRIBUTING_LOCK).not.toBe('prooftab/job');
  });
});
