/** Runs the steps of a test command as processes, at most two cores' worth at once, each with its own log and its own limit. */
import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export interface Step {
  readonly name: string;
  /** Program and arguments; the program is looked up in node_modules/.bin first. */
  readonly command: readonly [string, ...string[]];
  /** How many cores it keeps busy: 1 or 2. */
  readonly cores: 1 | 2;
  /** Names of steps that must have passed. Where one did not, this step counts as failed without running. */
  readonly after?: readonly string[];
  /** Names of steps that must have ended, however they ended: they would fight over the same files. */
  readonly behind?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly limitSeconds: number;
}

export interface StepOutcome {
  readonly name: string;
  readonly passed: boolean;
  readonly seconds: number;
  readonly log: string;
  /** Why it did not pass, in a phrase. */
  readonly reason: string;
}

export interface StepWatcher {
  started(step: Step): void;
  ended(outcome: StepOutcome): void;
}

const CORES = 2;

export async function runSteps(steps: readonly Step[], logs: string, watcher: StepWatcher): Promise<readonly StepOutcome[]> {
  mkdirSync(logs, { recursive: true });
  const waiting = [...steps];
  const running = new Map<Step, Promise<StepOutcome>>();
  const outcomes: StepOutcome[] = [];

  const isOver = (name: string): boolean => outcomes.some((outcome) => outcome.name === name) || !steps.some((step) => step.name === name);
  const passed = (name: string): boolean => outcomes.some((outcome) => outcome.name === name && outcome.passed);
  const isReady = (step: Step): boolean => [...(step.after ?? []), ...(step.behind ?? [])].every(isOver);
  const end = (outcome: StepOutcome): void => {
    outcomes.push(outcome);
    watcher.ended(outcome);
  };

  while (waiting.length > 0 || running.size > 0) {
    const busy = [...running.keys()].reduce((sum, step) => sum + step.cores, 0);
    const next = waiting.find((step) => isReady(step) && step.cores <= CORES - busy);
    if (next === undefined) {
      if (running.size === 0) throw new Error(`these steps wait for each other: ${waiting.map((step) => step.name).join(', ')}`);
      const [step, outcome] = await Promise.race([...running].map(async ([step, outcome]) => [step, await outcome] as const));
      running.delete(step);
      end(outcome);
      continue;
    }
    waiting.splice(waiting.indexOf(next), 1);
    const missing = (next.after ?? []).find((name) => !passed(name));
    if (missing !== undefined) {
      end({ name: next.name, passed: false, seconds: 0, log: '', reason: `needs ${missing}, which did not pass` });
      continue;
    }
    watcher.started(next);
    running.set(next, runStep(next, path.join(logs, `${next.name}.log`)));
  }
  return outcomes;
}

function runStep(step: Step, log: string): Promise<StepOutcome> {
  const began = performance.now();
  const sink = createWriteStream(log);
  const [program, ...args] = step.command;
  const binaries = path.resolve('node_modules/.bin');
  const child = spawn(program, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...step.env, PATH: `${binaries}${path.delimiter}${process.env['PATH'] ?? ''}` },
    // A group of its own, so that what the step started ends with it.
    detached: true,
  });
  child.stdout.pipe(sink, { end: false });
  child.stderr.pipe(sink, { end: false });
  const stop = endingWith(child);
  return new Promise((resolve) => {
    let overdue = false;
    const limit = setTimeout(() => {
      overdue = true;
      stop();
    }, step.limitSeconds * 1000);
    let over = false;
    // A program that cannot start may be told of twice: as an error, and as a close after it.
    const finish = (status: string): void => {
      if (over) return;
      over = true;
      clearTimeout(limit);
      stop();
      sink.end(() => {
        const seconds = (performance.now() - began) / 1000;
        const reason = overdue ? `took more than ${step.limitSeconds} s` : status;
        resolve({ name: step.name, passed: reason === '', seconds, log: readFileSync(log, 'utf8'), reason });
      });
    };
    child.on('error', (error) => finish(`could not start: ${error.message}`));
    child.on('close', (code, signal) => finish(code === 0 ? '' : `ended with ${code ?? signal ?? 'nothing'}`));
  });
}

/** Ends the child's whole group: once when asked, and when this process is told to end. */
function endingWith(child: ChildProcess): () => void {
  const kill = (): void => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    } catch {
      // Already gone.
    }
  };
  const interrupt = (): void => {
    kill();
    process.exit(130);
  };
  process.once('SIGINT', interrupt);
  process.once('SIGTERM', interrupt);
  return () => {
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
    kill();
  };
}
