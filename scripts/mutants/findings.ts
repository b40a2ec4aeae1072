/** What earlier runs found, so that a run can be cut off and gone on with; and which survivors are explained. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { mutantName, type Mutant } from './mutant.ts';
import type { TestPlan } from './test-plan.ts';
import type { Verdict } from './workshop.ts';

/** A finding stands while the mutant and every test that was asked are what they were. */
export function findingKey(root: string, mutant: Mutant, plan: TestPlan): string {
  const hash = createHash('sha256')
    .update(mutantName(mutant))
    .update(mutant.text ?? '');
  const asked = plan.flatMap(({ command }) => command).filter((word) => word.endsWith('.ts'));
  for (const test of asked) hash.update(readFileSync(path.join(root, test)));
  return hash.digest('hex');
}

export class Findings {
  readonly #file: string;
  readonly #verdicts: Record<string, Verdict>;

  constructor(file: string) {
    this.#file = file;
    this.#verdicts = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, Verdict>) : {};
  }

  get(key: string): Verdict | undefined {
    return this.#verdicts[key];
  }

  keep(key: string, verdict: Verdict): void {
    this.#verdicts[key] = verdict;
    mkdirSync(path.dirname(this.#file), { recursive: true });
    writeFileSync(this.#file, JSON.stringify(this.#verdicts, null, 1));
  }
}

export interface Explained {
  readonly mutant: string;
  readonly reason: string;
}

export interface Reckoning {
  readonly unexplained: readonly Mutant[];
  readonly explained: readonly Explained[];
  /** Explanations whose mutant was looked at and did not survive, or no longer exists: they mislead, and go. */
  readonly stale: readonly Explained[];
}

export function reckon(
  survivors: readonly Mutant[],
  lookedAt: readonly Mutant[],
  known: readonly Mutant[],
  explanations: readonly Explained[],
): Reckoning {
  const names = (mutants: readonly Mutant[]): ReadonlySet<string> => new Set(mutants.map(mutantName));
  const [survived, looked, exists] = [names(survivors), names(lookedAt), names(known)];
  const reasons = new Set(explanations.map(({ mutant }) => mutant));
  return {
    unexplained: survivors.filter((mutant) => !reasons.has(mutantName(mutant))),
    explained: explanations.filter(({ mutant }) => survived.has(mutant)),
    stale: explanations.filter(({ mutant }) => !exists.has(mutant) || (looked.has(mutant) && !survived.has(mutant))),
  };
}
