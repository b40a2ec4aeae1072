/** The first minute measured against its goals: medians of so many visits, each in a browser that was never here. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { APP_FOLDER, ensureApp } from '../../devnet/app-build.ts';
import { keysFolder } from '../../devnet/network-keys.ts';
import { startNetwork } from '../../devnet/network.ts';
import { startChromium } from '../../e2e/fixtures/chromium.ts';
import { ensureChromium } from '../../scripts/find-chromium.ts';
import { lighthouseScores } from './lighthouse.ts';
import { walkPath } from './path.ts';

/** What is asked for: at most so many milliseconds, or at least such a score. */
const GOALS = {
  ready: 1_500,
  answer: 300,
  firstProof: Infinity,
  proof: 1_500,
  firstCheck: Infinity,
  check: 100,
  longestTask: 50,
  performance: 95,
  accessibility: 95,
  'best-practices': 95,
} as const;

export type Measure = keyof typeof GOALS;
export interface VisitorRow {
  readonly measure: Measure;
  readonly median: number;
  /** Null where nothing is asked for. */
  readonly goal: number | null;
  readonly all: readonly number[];
}

export async function measureVisitor(rounds: number): Promise<readonly VisitorRow[]> {
  const home = await mkdtemp(path.join(tmpdir(), 'prooftab-bench-'));
  const found = ensureChromium();
  if (!found.ok) throw new Error(found.failure.advice);
  await ensureApp((line) => console.error(line));
  const network = await startNetwork({ home, keys: keysFolder(), app: APP_FOLDER, ports: 'free', tell: () => {} });
  const visits: Partial<Record<Measure, number>>[] = [];
  try {
    for (let round = 0; round < rounds; round++) {
      const chromium = await startChromium();
      const times = await walkPath(chromium, network.url);
      await chromium.close();
      visits.push({ ...times, ...(await lighthouseScores(network.url, found.value, home)) });
    }
  } finally {
    await network.stop();
    await rm(home, { recursive: true, force: true });
  }
  return (Object.keys(GOALS) as Measure[]).map((measure) => {
    const all = visits.map((visit) => visit[measure] ?? NaN);
    const goal = GOALS[measure];
    return { measure, median: all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)], goal: Number.isFinite(goal) ? goal : null, all };
  });
}

export function visitorTable(rows: readonly VisitorRow[]): string {
  const line = ({ measure, median, goal, all }: VisitorRow) =>
    [measure.padEnd(16), Math.round(median).toString().padStart(6), (goal ?? '').toString().padStart(6), all.map(Math.round).join(' ')].join('  ');
  return ['measure           median    goal  each visit (ms, or a score of 100)', ...rows.map(line)].join('\n');
}
