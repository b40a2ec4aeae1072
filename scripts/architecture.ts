/** Checks the floor plan: who imports whom (dependency-cruiser), and that one file alone opens workers. `npm run architecture` prints what breaks it. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { cruise } from 'dependency-cruiser';
import extractRules from 'dependency-cruiser/config-utl/extract-depcruise-config';

export interface Breach {
  readonly rule: string;
  readonly from: string;
  readonly to: string;
  readonly why: string;
}

const FLOORS = ['src', 'workers', 'kernels', 'devnet', 'e2e', 'bin', 'scripts', 'bench', 'messages'];
export const WORKER_OPENER = 'src/app/threads.ts';
/** The prover's own threads, one file for each place it runs in. */
const PROVERS_OPENERS = ['src/proof/bn254/web-threads.ts', 'src/proof/bn254/node-threads.ts', 'src/proof/groth16/web-groth16.ts'];

export async function floorPlanBreaches(root: string): Promise<readonly Breach[]> {
  const rules = await extractRules(path.join(root, '.dependency-cruiser.cjs'));
  const floors = FLOORS.filter((floor) => existsSync(path.join(root, floor)));
  const { output } = await cruise(floors, { ...rules.options, ruleSet: { forbidden: rules.forbidden ?? [] }, validate: true, baseDir: root });
  if (typeof output === 'string') throw new Error(`dependency-cruiser answered with text: ${output.slice(0, 200)}`);
  const comments = new Map((rules.forbidden ?? []).map((rule) => [rule.name, rule.comment ?? '']));
  const imports = output.summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to, why: comments.get(rule.name) ?? '' }));
  return [...imports, ...workerOpeners(root), ...typesInScreens(root), ...emptyNames(root)];
}

/** `new Worker(…)` anywhere in src/ but the one file: an import rule cannot see it, since a worker is named by URL. */
function workerOpeners(root: string): readonly Breach[] {
  const why = `${WORKER_OPENER} is the only place that opens workers, so that it alone can stop them; the prover opens its threads itself.`;
  return sourceFiles(path.join(root, 'src'))
    .map((file) => path.relative(root, file))
    .filter((file) => file !== WORKER_OPENER && !PROVERS_OPENERS.includes(file) && !file.endsWith('.test.ts'))
    .filter((file) => /new\s+(?:Shared)?Worker\s*\(|from '[^']+\?(?:shared)?worker/.test(readFileSync(path.join(root, file), 'utf8')))
    .map((from) => ({ rule: 'only-threads-opens-workers', from, to: 'Worker', why }));
}

/** Svelte's compiler drops type imports before dependency-cruiser looks, and a type is knowledge too. */
function typesInScreens(root: string): readonly Breach[] {
  const why = 'Screens know app/, protocol/ and messages/ only, types included.';
  return sourceFiles(path.join(root, 'src/ui'))
    .filter((file) => file.endsWith('.svelte'))
    .flatMap((file) => {
      const imports = readFileSync(file, 'utf8').matchAll(/import type [^;]*? from '(\.[^']+)'/g);
      return [...imports].map((match) => ({
        from: path.relative(root, file),
        to: path.relative(root, path.resolve(path.dirname(file), match[1] ?? '')),
      }));
    })
    .filter(({ to }) => !/^(src\/(ui|app|protocol)|messages)\//.test(to))
    .map(({ from, to }) => ({ rule: 'ui-sees-app-and-protocol', from, to, why }));
}

/** A folder or file whose name says nothing. */
function emptyNames(root: string): readonly Breach[] {
  const why = 'A helper lives with the noun it serves: utils, helpers, common, lib, shared and index say nothing.';
  return [...FLOORS, 'contracts', 'circuits']
    .flatMap((floor) => sourceFiles(path.join(root, floor)))
    .map((file) => path.relative(root, file))
    .filter((file) => /\/(utils?|helpers?|common|misc|lib|shared|index)(\/|\.)/i.test(file) && !file.startsWith('contracts/out/'))
    .map((from) => ({ rule: 'no-empty-names', from, to: path.basename(from), why }));
}

function sourceFiles(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|js|svelte|sol|circom)$/.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const breaches = await floorPlanBreaches(process.cwd());
  for (const { rule, from, to, why } of breaches) console.error(`${rule}: ${from} → ${to}\n  ${why}`);
  console.log(breaches.length === 0 ? 'The floor plan holds.' : `${breaches.length} imports break the floor plan.`);
  process.exitCode = breaches.length === 0 ? 0 : 1;
}
