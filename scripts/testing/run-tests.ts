/** A test command from start to end: run the steps, say what happened to each, name the ten slowest tests, and count. */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { TestRecord } from './reports.ts';
import { runSteps, type Step, type StepOutcome } from './steps.ts';

export interface TestStep extends Step {
  /** The file that the step's runner writes, and how to read it. A step without one counts as a single check. */
  readonly report?: { readonly file: string; readonly read: (json: string) => readonly TestRecord[] };
}

const TAIL_LINES = 60;

/** @returns whether everything passed. Logs and reports are left in `folder`. */
export async function runTests(steps: readonly TestStep[], folder: string): Promise<boolean> {
  rmSync(folder, { recursive: true, force: true });
  const began = performance.now();
  const outcomes = await runSteps(steps, folder, {
    started: ({ name }) => console.log(`▸ ${name}`),
    ended: (outcome) => console.log(outcomeLine(outcome)),
  });
  const records = outcomes.flatMap((outcome) => recordsOf(outcome, steps));

  for (const outcome of outcomes.filter(({ passed }) => !passed)) {
    console.log(`\n── ${outcome.name}: ${outcome.reason}`);
    console.log(outcome.log.trimEnd().split('\n').slice(-TAIL_LINES).join('\n'));
  }
  console.log('\nSlowest tests');
  for (const { runner, name, milliseconds } of slowest(records, 10))
    console.log(`${(milliseconds / 1000).toFixed(1).padStart(7)} s  ${runner}  ${name}`);
  const failed = records.filter(({ passed }) => !passed);
  if (failed.length > 0) console.log(`\nFailed\n${failed.map(({ runner, name }) => `  ${runner}  ${name}`).join('\n')}`);
  console.log(`\nLogs: ${path.relative(process.cwd(), folder)}; ${((performance.now() - began) / 60_000).toFixed(1)} minutes`);
  console.log(`${records.length - failed.length} passed, ${failed.length} failed`);
  return failed.length === 0;
}

/** One record a test; a step that failed with no failing test to show for it (a crash, a time-out) adds one of its own. */
export function recordsOf(outcome: StepOutcome, steps: readonly TestStep[]): readonly TestRecord[] {
  const step = steps.find(({ name }) => name === outcome.name);
  const own: TestRecord = { runner: 'check', name: outcome.name, passed: outcome.passed, milliseconds: outcome.seconds * 1000 };
  if (step?.report === undefined) return [own];
  const tests = readReport(step.report);
  const explained = outcome.passed ? tests.length > 0 : tests.some(({ passed }) => !passed);
  return explained ? tests : [...tests, { ...own, passed: false }];
}

/** No test, where the runner left nothing or half a report. */
function readReport({ file, read }: NonNullable<TestStep['report']>): readonly TestRecord[] {
  const json = existsSync(file) ? readFileSync(file, 'utf8') : '';
  try {
    return read(json);
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}

export function slowest(records: readonly TestRecord[], count: number): readonly TestRecord[] {
  return records
    .filter(({ runner }) => runner !== 'check')
    .toSorted((a, b) => b.milliseconds - a.milliseconds)
    .slice(0, count);
}

function outcomeLine({ name, passed, seconds, reason }: StepOutcome): string {
  return passed ? `✓ ${name}  ${seconds.toFixed(0)} s` : `✗ ${name}  ${seconds.toFixed(0)} s  ${reason}`;
}
