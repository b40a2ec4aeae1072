/** A run of steps ends with the truth: what failed, what never ran because of it, and what hung. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { recordsOf, slowest } from './run-tests.ts';
import { runSteps, type Step, type StepOutcome } from './steps.ts';

const node = (code: string): readonly [string, ...string[]] => [process.execPath, '-e', code];
const quiet = { started: () => undefined, ended: () => undefined };
const step = (name: string, command: readonly [string, ...string[]], more: Partial<Step> = {}): Step => ({
  name,
  command,
  cores: 1,
  limitSeconds: 30,
  ...more,
});

describe('steps', () => {
  let logs = '';
  beforeEach(() => {
    logs = mkdtempSync(path.join(tmpdir(), 'prooftab-steps-'));
  });
  afterEach(() => rmSync(logs, { recursive: true, force: true }));

  it('keeps what each step printed', async () => {
    const [outcome] = await runSteps([step('speak', node("console.log('out'); console.error('err')"))], logs, quiet);
    expect(outcome).toMatchObject({ name: 'speak', passed: true });
    expect(outcome?.log).toContain('out');
    expect(outcome?.log).toContain('err');
  });

  it('does not run what needs a failed step, and counts it as failed', async () => {
    const outcomes = await runSteps([step('build', node('process.exit(3)')), step('browser', node(''), { after: ['build'] })], logs, quiet);
    expect(outcomes).toMatchObject([
      { name: 'build', passed: false, reason: 'ended with 3' },
      { name: 'browser', passed: false, reason: 'needs build, which did not pass' },
    ]);
  });

  it('runs what only has to come later than a failed step', async () => {
    const outcomes = await runSteps([step('unit', node('process.exit(1)')), step('build', node(''), { behind: ['unit'] })], logs, quiet);
    expect(outcomes).toMatchObject([{ passed: false }, { name: 'build', passed: true }]);
  });

  it('never keeps more than two cores busy', async () => {
    const alive = new Set<string>();
    let most = 0;
    const watcher = {
      started: ({ name, cores }: Step) => {
        alive.add(name);
        most = Math.max(most, cores === 2 ? alive.size * 2 : alive.size);
      },
      ended: ({ name }: StepOutcome) => alive.delete(name),
    };
    await runSteps([step('a', node('')), step('b', node('')), step('c', node(''), { cores: 2 }), step('d', node(''))], logs, watcher);
    expect(most).toBe(2);
  });

  it('ends a step that hangs, with everything it started', async () => {
    const [outcome] = await runSteps([step('hang', ['bash', '-c', 'sleep 600 & wait'], { limitSeconds: 0.5 })], logs, quiet);
    expect(outcome).toMatchObject({ passed: false, reason: 'took more than 0.5 s' });
  });

  it('says so when a program is missing', async () => {
    const [outcome] = await runSteps([step('gone', ['no-such-program'])], logs, quiet);
    expect(outcome?.reason).toContain('could not start');
  });

  it('refuses steps that wait for each other', async () => {
    await expect(runSteps([step('a', node(''), { after: ['b'] }), step('b', node(''), { after: ['a'] })], logs, quiet)).rejects.toThrow(
      'wait for each other',
    );
  });

  it('counts a crash that left no report, and a report with no test in it', () => {
    const report = path.join(logs, 'report.json');
    const reported = { ...step('unit', node('')), report: { file: report, read: (json: string) => JSON.parse(json) as [] } };
    const outcome: StepOutcome = { name: 'unit', passed: false, seconds: 1, log: '', reason: 'ended with 1' };
    expect(recordsOf(outcome, [reported])).toMatchObject([{ name: 'unit', passed: false }]);
    writeFileSync(report, '[{ half');
    expect(recordsOf(outcome, [reported])).toMatchObject([{ name: 'unit', passed: false }]);
    writeFileSync(report, '[]');
    expect(recordsOf({ ...outcome, passed: true }, [reported])).toMatchObject([{ name: 'unit', passed: false }]);
  });

  it('names the slowest tests, not the slowest checks', () => {
    const record = (runner: string, milliseconds: number) => ({ runner, name: `${runner} ${milliseconds}`, passed: true, milliseconds });
    expect(slowest([record('check', 9), record('vitest', 1), record('forge', 5)], 1)).toEqual([record('forge', 5)]);
  });
});
