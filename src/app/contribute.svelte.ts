/** The state behind the Contribute page: the unit at work, what was paid since the button was pressed, and the two actions. */
import type { JobReport } from '../protocol/job-report.ts';
import { idleJob, withFailure, type JobView } from './job-view.ts';
import type { Traffic } from './traffic.svelte.ts';
import { CONTRIBUTING_LOCK, workUntilStopped } from './work-loop.ts';
import type { KeptReceipt, Outlook, StartFailure, Worksite } from './worksite.ts';
import type { Result } from '../protocol/result.ts';

/** At most ten updates a second reach the page; what is skipped is overtaken anyway. */
const SHOW_EVERY = 100;

export class Contribute {
  job = $state.raw<JobView>(idleJob);
  working = $state(false);
  /** Milliseconds of `performance.now()` at which this unit began, and at which it ended. */
  unitBegan = $state<number | null>(null);
  unitTook = $state<number | null>(null);
  payments = $state.raw<readonly KeptReceipt[]>([]);
  outlook = $state.raw<Outlook | null>(null);
  /** Whether the market was asked: without an outlook it did not answer. */
  looked = $state(false);
  startFailure = $state.raw<StartFailure | null>(null);
  unfinished = $state(false);
  site = $state.raw<Worksite | null>(null);
  /** Lent for a minute, and not until somebody presses Stop. */
  lent = $state(false);

  readonly #opening: Promise<Result<Worksite, StartFailure>>;
  readonly #traffic: Traffic;
  readonly #onReceipt: (kept: KeptReceipt) => void;
  /** The time is up: the unit at work is the last one. */
  #isLast = false;
  #stop: AbortController | null = null;
  #ended: Promise<void> = Promise.resolve();
  #pending: { readonly view: JobView; readonly timer: number } | null = null;
  #shownAt = 0;

  constructor(opening: Promise<Result<Worksite, StartFailure>>, traffic: Traffic, onReceipt: (kept: KeptReceipt) => void) {
    this.#opening = opening;
    this.#traffic = traffic;
    this.#onReceipt = onReceipt;
    void this.#arrive();
  }

  /** Works for so long, and then ends with the unit that it is at. It is not taken up again by itself after a closed tab. */
  async lend(seconds: number): Promise<void> {
    if (this.working) return;
    this.lent = true;
    const over = setTimeout(() => {
      this.#isLast = true;
      if (this.job.claimed === null || this.job.phase === 'paid') this.stop();
    }, seconds * 1000);
    await this.start();
    clearTimeout(over);
    this.#isLast = false;
    this.lent = false;
  }

  async start(): Promise<void> {
    if (this.working) return;
    this.working = true;
    this.payments = [];
    const stop = new AbortController();
    this.#stop = stop;
    await this.#ended;
    const opened = await this.#opening;
    if (stop.signal.aborted) return;
    if (!opened.ok) {
      this.working = false;
      return;
    }
    this.#ended = this.#work(opened.value, stop);
    await this.#ended;
  }

  /** Takes effect at once: the page says so before threads and network have come to rest. */
  stop(): void {
    if (!this.#stop) return;
    this.#stop.abort();
    this.#stop = null;
    this.working = false;
    this.unfinished = this.job.claimed !== null && this.job.phase !== 'paid';
    this.#show(this.job.phase === 'paid' ? this.job : withFailure(this.#pending?.view ?? this.job, { kind: 'stopped' }), true);
    this.site?.halt();
    void this.site?.rememberContributing(false);
  }

  async #arrive(): Promise<void> {
    const opened = await this.#opening;
    if (!opened.ok) {
      this.startFailure = opened.failure;
      return;
    }
    const site = opened.value;
    this.site = site;
    site.watchTraffic((traffic) => this.#traffic.network(traffic));
    void this.#look();
    this.unfinished = await site.hasUnfinished();
    // Closed while it worked, and nobody pressed Stop: it goes on, unless another tab has taken over since.
    if ((await site.wasContributing()) && !(await isHeldElsewhere())) void this.start();
  }

  async #look(): Promise<void> {
    this.outlook = (await this.site?.outlook()) ?? this.outlook;
    this.looked = true;
  }

  async #work(site: Worksite, stop: AbortController): Promise<void> {
    if (!this.lent) await site.rememberContributing(true);
    const mine = () => this.#stop === stop;
    const failure = await workUntilStopped({
      run: (options) => {
        this.unitBegan = performance.now();
        this.unitTook = null;
        return site.run(options);
      },
      locks: navigator.locks,
      signal: stop.signal,
      pause,
      onView: (view) => mine() && this.#show(view, view.phase !== this.job.phase),
      onReport: (report) => mine() && this.#note(report, site),
    });
    if (!mine()) return;
    this.#stop = null;
    this.working = false;
    this.unfinished = await site.hasUnfinished();
    site.halt();
    if (failure.kind !== 'stopped') await site.rememberContributing(false);
  }

  #note(report: JobReport, site: Worksite): void {
    this.#traffic.note(report);
    if (report.report === 'task') this.unitBegan = performance.now();
    if (report.report !== 'paid') return;
    this.unitTook = (performance.now() - (this.unitBegan ?? performance.now())) / 1000;
    const kept: KeptReceipt = {
      id: report.receiptId,
      receipt: report.receipt,
      amount: report.amount,
      tx: report.tx,
      rows: this.job.task?.rows ?? 0,
      answers: this.job.answered?.answers ?? [],
      seconds: this.job.claimed?.resumed ? null : this.unitTook,
      time: Math.floor(Date.now() / 1000),
    };
    this.payments = [kept, ...this.payments];
    this.#onReceipt(kept);
    void site.keepReceipt(kept);
    void this.#look();
    // After the page has been told that this one is paid.
    if (this.#isLast) queueMicrotask(() => this.stop());
  }

  #show(view: JobView, atOnce: boolean): void {
    if (this.#pending) clearTimeout(this.#pending.timer);
    this.#pending = null;
    const wait = this.#shownAt + SHOW_EVERY - performance.now();
    if (!atOnce && wait > 0) {
      this.#pending = { view, timer: window.setTimeout(() => this.#show(view, true), wait) };
      return;
    }
    this.#shownAt = performance.now();
    this.job = view;
  }
}

async function isHeldElsewhere(): Promise<boolean> {
  const { held = [] } = await navigator.locks.query();
  return held.some(({ name }) => name === CONTRIBUTING_LOCK);
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
