/**
 * `npm run test:mutants`: takes out each check in turn, runs the tests that should notice, and prints which checks nobody would miss.
 * `--only contracts|circuits|edges`, `--sample n` (spread evenly), `--match text`, `--fresh` (forgets what earlier runs found), `--list`.
 */
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { allMutants } from './mutants/all-mutants.ts';
import { findingKey, Findings, reckon, type Explained } from './mutants/findings.ts';
import { mutantName, type Mutant } from './mutants/mutant.ts';
import { TestPlanner } from './mutants/test-plan.ts';
import { verdictLine, Workshop, type Verdict } from './mutants/workshop.ts';

const { values: options } = parseArgs({
  options: {
    only: { type: 'string' },
    sample: { type: 'string' },
    match: { type: 'string' },
    fresh: { type: 'boolean', default: false },
    list: { type: 'boolean', default: false },
  },
});

const LANES = 2;
const root = path.resolve(import.meta.dirname, '..');
const known = allMutants(root);
const chosen = spread(
  known.filter((mutant) => (options.only === undefined || mutant.group === options.only) && mutantName(mutant).includes(options.match ?? '')),
  options.sample === undefined ? known.length : Number(options.sample),
);
if (options.list) {
  for (const mutant of chosen) console.log(`${mutant.group}  ${mutantName(mutant)}`);
  process.exit();
}

const planner = new TestPlanner(root, ['src', 'devnet', 'bin', 'contracts', 'workers']);
const findings = new Findings(path.join(root, '.prooftab/mutants/findings.json'));
const explanations = JSON.parse(readFileSync(path.join(root, 'scripts/mutants-explained.json'), 'utf8')) as Explained[];
const verdicts = new Map<Mutant, Verdict>();

const queue = chosen.map((mutant) => ({ mutant, plan: planner.planFor(mutant) }));
const workshops = Array.from(
  { length: Math.min(LANES, queue.length) },
  () => new Workshop(root, mkdtempSync(path.join(tmpdir(), 'prooftab-mutants-'))),
);
process.once('exit', () => workshops.forEach((workshop) => workshop.close()));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

await Promise.all(workshops.map(workThrough));
conclude();

async function workThrough(workshop: Workshop): Promise<void> {
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const { mutant, plan } = next;
    const key = findingKey(root, mutant, plan);
    const verdict = (options.fresh ? undefined : findings.get(key)) ?? (await workshop.doubt(mutant, plan));
    findings.keep(key, verdict);
    verdicts.set(mutant, verdict);
    console.log(`${String(verdicts.size).padStart(4)}/${chosen.length}  ${verdictLine(mutant, verdict)}`);
  }
}

function conclude(): void {
  const of = (kind: Verdict['verdict']): readonly Mutant[] => chosen.filter((mutant) => verdicts.get(mutant)?.verdict === kind);
  const survivors = of('survived');
  const { unexplained, explained, stale } = reckon(survivors, chosen, known, explanations);
  for (const { mutant, reason } of explained) console.log(`\nexplained  ${mutant}\n           ${reason}`);
  for (const { mutant } of stale)
    console.log(`\nstale      ${mutant}\n           is explained in scripts/mutants-explained.json and does not survive: take it out`);
  for (const mutant of [...unexplained, ...of('invalid')])
    console.log(`\n${verdicts.get(mutant)?.verdict ?? ''}   ${mutant.file}:${mutant.line}\n           ${mutant.check}`);
  console.log(
    `\n${of('caught').length} caught, ${explained.length} survive and are explained, ${unexplained.length} survive, ${of('invalid').length} do not compile`,
  );
  process.exitCode = unexplained.length + stale.length + of('invalid').length === 0 ? 0 : 1;
}

/** At most `count` of them, spread evenly over the list. */
function spread<Item>(items: readonly Item[], count: number): readonly Item[] {
  if (count >= items.length) return items;
  return Array.from({ length: count }, (_, i) => items[Math.floor((i * items.length) / count)]).filter((item) => item !== undefined);
}
