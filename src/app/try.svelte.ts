/** The state behind the Try page: a drawing, what the model answers, the proof while it is made, its receipt, and what somebody changed in it. */
import { DEMONSTRATION_STEPS, type DemonstrationProgress, type DemonstrationStep } from '../protocol/demonstration-progress.ts';
import type { Receipt } from '../protocol/receipt.ts';
import type { Change, DemonstrationDesk, Sealed, TryFailure } from './demonstration-desk.ts';
import { howSure } from './how-sure.ts';
import { rasterise, type Stroke } from './rasterise.ts';
import type { CheckedFile } from './receipt-check.ts';
import { SAMPLE_COUNT, sampleDrawing } from './sample-drawings.ts';

export interface Reading {
  readonly answer: number;
  /** One share a class, 1 together. */
  readonly sure: readonly number[];
  readonly milliseconds: number;
}

export interface StepView {
  readonly step: DemonstrationStep;
  readonly state: 'todo' | 'now' | 'done';
  readonly part: number;
  readonly seconds: number | null;
}

/** A receipt with its check: the one that was made, or a copy that somebody changed. */
export interface Shown {
  readonly receipt: Receipt;
  readonly file: CheckedFile;
  readonly seconds: number;
}

const SHOW_EVERY = 100;
/** When each step began, in milliseconds of `performance.now()`. */
type Began = Partial<Record<DemonstrationStep, number>>;
const freshSteps = (): readonly StepView[] => DEMONSTRATION_STEPS.map((step) => ({ step, state: 'todo', part: 0, seconds: null }));

export class Try {
  strokes = $state.raw<readonly Stroke[]>(sampleDrawing(0));
  readonly pixels = $derived(rasterise(this.strokes));
  reading = $state.raw<Reading | null>(null);
  phase = $state<'drawing' | 'proving' | 'sealed'>('drawing');
  steps = $state.raw<readonly StepView[]>(freshSteps());
  sealed = $state.raw<Sealed | null>(null);
  /** The receipt as it was made. */
  original = $state.raw<Shown | null>(null);
  change = $state<Change | null>(null);
  /** The changed copy, while there is one. */
  changed = $state.raw<Shown | null>(null);
  failure = $state.raw<TryFailure | null>(null);
  stopped = $state(false);
  /** Milliseconds of `performance.now()` at which proving began. */
  began = $state<number | null>(null);
  keyBytes = $state<number | null>(null);

  readonly #desk: () => Promise<DemonstrationDesk>;
  #sample = 0;
  /** What is under way; another thing begun meanwhile makes its end count for nothing. */
  #turn = 0;
  #shownAt = 0;

  constructor(desk: () => Promise<DemonstrationDesk>) {
    this.#desk = desk;
  }

  get shown(): Shown | null {
    return this.changed ?? this.original;
  }

  draw(strokes: readonly Stroke[]): void {
    this.strokes = strokes;
    this.#back();
  }

  anotherSample(): void {
    this.#sample = (this.#sample + 1) % SAMPLE_COUNT;
    this.draw(sampleDrawing(this.#sample));
    void this.read();
  }

  clear(): void {
    this.draw([]);
    this.reading = null;
  }

  /** As the pen lifts. */
  async read(): Promise<void> {
    const turn = ++this.#turn;
    const { pixels } = this;
    if (pixels === null) return;
    const desk = await this.#desk();
    this.keyBytes = desk.keyBytes;
    const began = performance.now();
    const read = await desk.read(pixels);
    if (turn !== this.#turn) return;
    this.failure = read.ok ? null : read.failure;
    this.reading = read.ok ? { answer: read.value.answer, sure: howSure(read.value.outputs), milliseconds: performance.now() - began } : null;
  }

  async prove(): Promise<void> {
    const { pixels } = this;
    if (pixels === null || this.phase === 'proving') return;
    const turn = ++this.#turn;
    this.phase = 'proving';
    this.began = performance.now();
    this.failure = null;
    this.stopped = false;
    this.steps = freshSteps();
    const desk = await this.#desk();
    const began: Began = {};
    const proven = await desk.prove(pixels, (progress) => turn === this.#turn && this.#note(progress, began));
    if (turn !== this.#turn) return;
    if (!proven.ok) {
      this.phase = 'drawing';
      this.failure = proven.failure;
      return;
    }
    this.#note({ step: 'check', part: 0 }, began);
    const original = await this.#checked(desk, proven.value.receipt);
    if (turn !== this.#turn) return;
    if (original === null) {
      this.phase = 'drawing';
      return;
    }
    this.sealed = proven.value;
    this.original = original;
    this.steps = this.steps.map((row) => ({ ...row, state: 'done', part: 1 }));
    this.phase = 'sealed';
  }

  /** At once: threads are ended, and the drawing stays. */
  stop(): void {
    if (this.phase !== 'proving') return;
    this.#turn++;
    this.phase = 'drawing';
    this.stopped = true;
    void this.#desk().then((desk) => desk.halt());
  }

  async tamper(what: Change): Promise<void> {
    const { sealed } = this;
    if (sealed === null) return;
    const turn = ++this.#turn;
    this.change = what;
    const desk = await this.#desk();
    const changed = await this.#checked(desk, await desk.change(sealed, what));
    if (turn === this.#turn) this.changed = changed;
  }

  putBack(): void {
    this.#turn++;
    this.change = null;
    this.changed = null;
  }

  async link(): Promise<string> {
    if (this.original === null) throw new Error('there is no receipt to link to');
    return (await this.#desk()).link(this.original.receipt);
  }

  #back(): void {
    this.#turn++;
    this.putBack();
    this.phase = 'drawing';
    this.sealed = null;
    this.original = null;
    this.failure = null;
    this.stopped = false;
  }

  /** Null where the check broke off, which is told: nothing is known of the receipt then. */
  async #checked(desk: DemonstrationDesk, receipt: Receipt): Promise<Shown | null> {
    const began = performance.now();
    try {
      const file = await desk.check(receipt);
      return { receipt, file, seconds: (performance.now() - began) / 1000 };
    } catch (thrown) {
      this.failure = { kind: 'runtime', detail: thrown instanceof Error ? thrown.message : String(thrown) };
      return null;
    }
  }

  #note({ step, part }: DemonstrationProgress, began: Began): void {
    const now = performance.now();
    const isNew = began[step] === undefined;
    began[step] ??= now;
    // At most ten a second are shown; a step's first is never left out.
    if (!isNew && now - this.#shownAt < SHOW_EVERY) return;
    this.#shownAt = now;
    const at = DEMONSTRATION_STEPS.indexOf(step);
    this.steps = this.steps.map((row, i) => {
      if (i > at) return row;
      if (i === at) return { ...row, state: 'now', part };
      const [from, to] = [began[row.step] ?? now, began[DEMONSTRATION_STEPS[i + 1]] ?? now];
      return { ...row, state: 'done', part: 1, seconds: (to - from) / 1000 };
    });
  }
}
