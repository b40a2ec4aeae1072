/** Builds the app when its sources are not the ones that its folder was built from: told by content, not by time. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { terminalWords } from '../messages/en/terminal.ts';

export const REPOSITORY = fileURLToPath(new URL('..', import.meta.url));
export const APP_FOLDER = path.join(REPOSITORY, 'dist');
/** The app that brings its own network, for static hosts. */
export const DEMO_FOLDER = path.join(REPOSITORY, 'dist-demo');
/** Hidden, so that it is not served. */
const MARK = '.sources';

/** Everything that a build reads. */
const SOURCES: readonly string[] = [
  'src',
  'workers',
  'public',
  'messages',
  'kernels',
  'fixtures/models',
  'scripts/draw-icons.ts',
  'scripts/demonstration-kit.ts',
  'scripts/practice-kit.ts',
  'devnet/development-keys.ts',
  'devnet/network-keys.ts',
  'index.html',
  'vite.config.ts',
  'svelte.config.js',
  'package-lock.json',
  'tsconfig.json',
];
/** What the practice network is made of besides. */
const DEMO_SOURCES: readonly string[] = [
  ...SOURCES,
  ...['Market', 'Registry', 'TaskId', 'Token'].map((contract) => `contracts/${contract}.sol`),
  'contracts/interfaces',
  'scripts/compile-contracts.ts',
  'devnet/digit-rows.ts',
  'fixtures/digits.ts',
];
const NEVER_BUILT = /\.test\.ts$/;

/** @param signal ends a build that is under way */
export async function ensureApp(tell: (line: string) => void, signal?: AbortSignal): Promise<void> {
  await ensureBuild(APP_FOLDER, SOURCES, [], tell, signal);
}

export async function ensureDemo(tell: (line: string) => void): Promise<void> {
  await ensureBuild(DEMO_FOLDER, DEMO_SOURCES, ['--mode', 'demo'], tell);
}

async function ensureBuild(
  folder: string,
  reads: readonly string[],
  options: readonly string[],
  tell: (line: string) => void,
  signal?: AbortSignal,
): Promise<void> {
  const sources = sourcesHash(REPOSITORY, reads);
  const mark = path.join(folder, MARK);
  if (existsSync(path.join(folder, 'index.html')) && existsSync(mark) && readFileSync(mark, 'utf8') === sources) return;
  tell(terminalWords.building);
  // In a process of its own: the bundler's memory and threads end with it.
  const vite = path.join(path.dirname(fileURLToPath(import.meta.resolve('vite/package.json'))), 'bin/vite.js');
  // Built aside and moved into place whole: whoever is served from the folder meanwhile never sees half of it.
  const aside = path.join(REPOSITORY, '.prooftab', `building-${process.pid}`);
  await promisify(execFile)(process.execPath, [vite, 'build', '--logLevel', 'error', '--outDir', aside, '--emptyOutDir', ...options], {
    cwd: REPOSITORY,
    // Whoever builds may have run a development server before, which leaves its name for the environment behind.
    env: { ...process.env, NODE_ENV: 'production' },
    ...(signal && { signal }),
  });
  writeFileSync(path.join(aside, MARK), sources);
  rmSync(folder, { recursive: true, force: true });
  renameSync(aside, folder);
}

/** SHA-256 over every source file's path and bytes, in order of path. */
export function sourcesHash(root: string, sources: readonly string[] = SOURCES): string {
  const hash = createHash('sha256');
  for (const file of sources.flatMap((source) => filesUnder(root, source)).sort()) {
    hash.update(`${file}\0`).update(
      createHash('sha256')
        .update(readFileSync(path.join(root, file)))
        .digest(),
    );
  }
  return hash.digest('hex');
}

function filesUnder(root: string, source: string): readonly string[] {
  const place = path.join(root, source);
  if (!existsSync(place)) return [];
  const entries = path.extname(source) === '' ? readdirSync(place, { recursive: true, withFileTypes: true }) : null;
  if (entries === null) return [source];
  return entries
    .filter((entry) => entry.isFile() && !NEVER_BUILT.test(entry.name))
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)));
}
