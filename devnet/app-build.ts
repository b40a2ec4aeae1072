/** Builds the app when its sources are not the ones that `dist/` was built from: told by content, not by time. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { terminalWords } from '../messages/en/terminal.ts';

export const REPOSITORY = fileURLToPath(new URL('..', import.meta.url));
export const APP_FOLDER = path.join(REPOSITORY, 'dist');
/** Hidden, so that it is not served. */
const MARK = path.join(APP_FOLDER, '.sources');

/** Everything that a build reads. */
const SOURCES = [
  'src',
  'workers',
  'public',
  'messages',
  'kernels',
  'fixtures/models',
  'scripts/draw-icons.ts',
  'scripts/demonstration-kit.ts',
  'devnet/development-keys.ts',
  'index.html',
  'vite.config.ts',
  'svelte.config.js',
  'package-lock.json',
  'tsconfig.json',
];
const NEVER_BUILT = /\.test\.ts$/;

/** @param signal ends a build that is under way */
export async function ensureApp(tell: (line: string) => void, signal?: AbortSignal): Promise<void> {
  const sources = sourcesHash(REPOSITORY);
  if (existsSync(path.join(APP_FOLDER, 'index.html')) && existsSync(MARK) && readFileSync(MARK, 'utf8') === sources) return;
  tell(terminalWords.building);
  // In a process of its own: the bundler's memory and threads end with it.
  const vite = path.join(path.dirname(fileURLToPath(import.meta.resolve('vite/package.json'))), 'bin/vite.js');
  // Built aside and moved into place whole: whoever is served from the folder meanwhile never sees half of it.
  const aside = path.join(REPOSITORY, '.prooftab', `building-${process.pid}`);
  await promisify(execFile)(process.execPath, [vite, 'build', '--logLevel', 'error', '--outDir', aside, '--emptyOutDir'], {
    cwd: REPOSITORY,
    ...(signal && { signal }),
  });
  writeFileSync(path.join(aside, path.basename(MARK)), sources);
  rmSync(APP_FOLDER, { recursive: true, force: true });
  renameSync(aside, APP_FOLDER);
}

/** SHA-256 over every source file's path and bytes, in order of path. */
export function sourcesHash(root: string): string {
  const hash = createHash('sha256');
  for (const file of SOURCES.flatMap((source) => filesUnder(root, source)).sort()) {
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
