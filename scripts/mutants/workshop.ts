/** A copy of the repository where one check at a time is taken out and the tests that should notice are run. */
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { mutantName, type Mutant } from './mutant.ts';
import type { TestPlan } from './test-plan.ts';

export type Verdict =
  | { readonly verdict: 'caught'; readonly by: string }
  | { readonly verdict: 'survived'; readonly ran: readonly string[] }
  /** The mutant does not compile: nothing was learnt. */
  | { readonly verdict: 'invalid'; readonly detail: string };

interface Ran {
  readonly passed: boolean;
  readonly output: string;
}

const LEFT_OUT = new Set(['node_modules', '.git', '.prooftab', 'dist', 'test-results', 'playwright-report']);
/** A mutant that makes its tests wait for ever counts as caught. */
const LIMIT_MS = 240_000;

export class Workshop {
  readonly #root: string;
  readonly #folder: string;
  /** Whether each command passes with nothing taken out. */
  readonly #whole = new Map<string, boolean>();
  /** Ends what runs now, with everything that it started. */
  #kill: () => void = () => undefined;

  constructor(root: string, folder: string) {
    this.#root = root;
    this.#folder = folder;
    mkdirSync(path.join(folder, '.prooftab'), { recursive: true });
    cpSync(root, folder, { recursive: true, force: true, filter: (source) => !LEFT_OUT.has(path.relative(root, source).split(path.sep)[0] ?? '') });
    // What is compiled already: solc takes a minute for everything, and seconds for one changed file.
    for (const compiled of ['.prooftab/forge', '.prooftab/contracts'])
      if (existsSync(path.join(root, compiled))) cpSync(path.join(root, compiled), path.join(folder, compiled), { recursive: true });
    const modules = path.join(folder, 'node_modules');
    if (!existsSync(modules)) symlinkSync(path.join(root, 'node_modules'), modules);
  }

  /** Runs each step of the plan until one notices. A step that fails with nothing taken out notices everything, so it counts for nothing. */
  async doubt(mutant: Mutant, plan: TestPlan): Promise<Verdict> {
    const file = path.join(this.#folder, mutant.file);
    const whole = readFileSync(file, 'utf8');
    for (const { name, command } of plan) {
      if (mutant.text !== null) writeFileSync(file, mutant.text);
      const ran = await this.#run(command, mutant.env).finally(() => writeFileSync(file, whole));
      if (/Compiler run failed/.test(ran.output)) return { verdict: 'invalid', detail: ran.output.slice(-400) };
      if (!ran.passed && (await this.#passesWhole(command))) return { verdict: 'caught', by: name };
    }
    return { verdict: 'survived', ran: plan.map(({ name }) => name) };
  }

  async #passesWhole(command: TestPlan[number]['command']): Promise<boolean> {
    const key = command.join(' ');
    const known = this.#whole.get(key);
    if (known !== undefined) return known;
    const { passed, output } = await this.#run(command);
    this.#whole.set(key, passed);
    if (!passed) console.error(`fails with nothing taken out, and is not asked: ${key}\n${output.slice(-1000)}`);
    return passed;
  }

  close(): void {
    this.#kill();
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }

  #run([program, ...args]: readonly [string, ...string[]], env: Readonly<Record<string, string>> = {}): Promise<Ran> {
    const child = spawn(path.resolve(this.#root, 'node_modules/.bin', program), args, {
      cwd: this.#folder,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
      env: { ...process.env, PROOFTAB_KEYS: process.env['PROOFTAB_KEYS'] ?? path.join(this.#root, '.prooftab/keys'), ...env },
    });
    let output = '';
    const keep = (chunk: Buffer): void => {
      output = (output + chunk.toString()).slice(-20_000);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    this.#kill = () => {
      try {
        if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
      } catch {
        // Already gone.
      }
    };
    return new Promise((resolve, reject) => {
      const limit = setTimeout(this.#kill, LIMIT_MS);
      child.on('error', reject);
      child.on('close', (code) => {
        clearTimeout(limit);
        this.#kill();
        resolve({ passed: code === 0, output });
      });
    });
  }
}

export function verdictLine(mutant: Mutant, verdict: Verdict): string {
  const mark = { caught: '✓', survived: '✗ SURVIVED', invalid: '? does not compile' }[verdict.verdict];
  return `${mark}  ${mutantName(mutant)}${verdict.verdict === 'caught' ? `  (${verdict.by})` : ''}`;
}
