/** A run's last line is believed: what counts as explained, what as stale, and whom a mutant is shown to. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findingKey, Findings, reckon } from './findings.ts';
import { guardMutants } from './guards.ts';
import type { Mutant } from './mutant.ts';
import { TestPlanner } from './test-plan.ts';

const mutant = (check: string, file = 'src/a/b.ts'): Mutant => ({ group: 'edges', file, check, line: 1, text: check });

let root = '';
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'prooftab-findings-'));
  mkdirSync(path.join(root, 'src/a'), { recursive: true });
  mkdirSync(path.join(root, 'src/z'), { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true, force: true }));
const write = (file: string, text: string): void => writeFileSync(path.join(root, file), text);

describe('the reckoning', () => {
  const [kept, caught] = [mutant('kept'), mutant('caught')];

  it('leaves unexplained what no line explains', () => {
    expect(reckon([kept], [kept, caught], [kept, caught], [])).toEqual({ unexplained: [kept], explained: [], stale: [] });
  });

  it('calls an explanation stale when its mutant is caught, or is no more', () => {
    const explanations = ['src/a/b.ts: kept', 'src/a/b.ts: caught', 'src/a/b.ts: gone'].map((name) => ({ mutant: name, reason: 'because' }));
    const { unexplained, explained, stale } = reckon([kept], [kept, caught], [kept, caught], explanations);
    expect(unexplained).toEqual([]);
    expect(explained.map((line) => line.mutant)).toEqual(['src/a/b.ts: kept']);
    expect(stale.map((line) => line.mutant)).toEqual(['src/a/b.ts: caught', 'src/a/b.ts: gone']);
  });

  it('does not call stale what this run did not look at', () => {
    expect(reckon([], [], [kept], [{ mutant: 'src/a/b.ts: kept', reason: 'because' }]).stale).toEqual([]);
  });
});

describe('the plan', () => {
  it('asks the test beside the file, then its neighbours, then one by one those further away', () => {
    write('src/a/b.ts', '');
    write('src/a/b.test.ts', "import './b.ts';");
    write('src/a/c.test.ts', "import './b.ts';");
    write('src/z/user.ts', "import '../a/b.ts';");
    write('src/z/user.test.ts', "import { user } from './user.ts';");
    const names = new TestPlanner(root, ['src']).planFor(mutant('x')).map(({ name }) => name);
    expect(names).toEqual(['src/a/b.test.ts', 'src/a/c.test.ts', 'src/z/user.test.ts']);
  });

  it('asks a test that starts a program for all that the program imports', () => {
    write('src/a/b.ts', '');
    write('src/a/run.js', "await import('./b.ts');");
    write('src/a/run.test.ts', "const program = path.resolve(import.meta.dirname, 'run.js');");
    expect(new TestPlanner(root, ['src']).planFor(mutant('x')).map(({ name }) => name)).toEqual(['src/a/run.test.ts']);
  });

  it('asks nobody where no test reaches the file: the mutant survives', () => {
    write('src/a/b.ts', '');
    expect(new TestPlanner(root, ['src']).planFor(mutant('x'))).toEqual([]);
  });
});

describe('what an earlier run found', () => {
  it('is kept, and forgotten once a test that was asked has changed', () => {
    write('src/a/b.ts', '');
    write('src/a/b.test.ts', "import './b.ts';");
    const plan = new TestPlanner(root, ['src']).planFor(mutant('x'));
    const key = findingKey(root, mutant('x'), plan);
    new Findings(path.join(root, 'found.json')).keep(key, { verdict: 'caught', by: 'b.test.ts' });
    expect(new Findings(path.join(root, 'found.json')).get(key)).toEqual({ verdict: 'caught', by: 'b.test.ts' });
    write('src/a/b.test.ts', "import './b.ts'; // changed");
    expect(findingKey(root, mutant('x'), plan)).not.toBe(key);
  });
});

describe('guards', () => {
  it('has one mutant a guard, and says so when the recorder changed', () => {
    const mutants = guardMutants('a;\nif (guard === this.#omitted) return;\nb;');
    expect(new Set(mutants.map(({ text }) => text)).size).toBe(mutants.length);
    expect(mutants.length).toBeGreaterThan(10);
    expect(() => guardMutants('something else')).toThrow('no longer says');
  });
});
