/** Lighthouse's scores of the first page, on its slow phone: fetched when this benchmark runs, since nothing else needs it. */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const LIGHTHOUSE = 'lighthouse@13.5.0';
const CATEGORIES = ['performance', 'accessibility', 'best-practices'] as const;

/** 0 to 100 each. */
export type Scores = Readonly<Record<(typeof CATEGORIES)[number], number>>;

export async function lighthouseScores(url: string, chromium: string, folder: string): Promise<Scores> {
  const output = path.join(folder, 'lighthouse.json');
  const flags = ['--quiet', '--output=json', `--output-path=${output}`, `--only-categories=${CATEGORIES.join(',')}`];
  const env = { ...process.env, CHROME_PATH: chromium };
  await promisify(execFile)('npx', ['--yes', LIGHTHOUSE, url, ...flags, '--chrome-flags=--headless=new --no-sandbox'], { env });
  const { categories } = JSON.parse(await readFile(output, 'utf8')) as {
    readonly categories: Readonly<Record<string, { readonly score: number | null }>>;
  };
  const score = (name: string): number => {
    const given = categories[name]?.score ?? null;
    if (given === null) throw new Error(`Lighthouse gave no score for ${name}: run it again`);
    return Math.round(100 * given);
  };
  return { performance: score('performance'), accessibility: score('accessibility'), 'best-practices': score('best-practices') };
}
