/** Finds a Chromium that runs, or puts one there: Playwright's own, the system's, then an install. `npx tsx scripts/find-chromium.ts` prints its path. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright';
import { fail, ok, type Result } from '../src/protocol/result.ts';

/** The parts of a machine that the search touches. */
export interface Machine {
  /** Set by `PROOFTAB_CHROMIUM`: taken as it is, if it runs. */
  readonly chosen: string | undefined;
  /** Where Playwright keeps, or would keep, its own. */
  readonly playwrightPath: string;
  readonly debianAsRoot: boolean;
  /** Whether the file exists and answers `--version`: a browser whose libraries are missing exists and does not run. */
  runs(path: string): boolean;
  /** Runs an installer; true when it says it succeeded. */
  install(command: string, args: readonly string[]): boolean;
}

export interface NoChromium {
  readonly kind: 'no-chromium';
  readonly advice: string;
}

const SYSTEM_PATHS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** The first Chromium that runs, or null. Installs nothing. */
export function findChromium(machine: Machine = thisMachine()): string | null {
  const chosen = machine.chosen === undefined ? [] : [machine.chosen];
  return [...chosen, machine.playwrightPath, ...SYSTEM_PATHS].find((path) => machine.runs(path)) ?? null;
}

/** Finds a Chromium, else installs one: through Playwright, then with apt on Debian as root. */
export function ensureChromium(machine: Machine = thisMachine()): Result<string, NoChromium> {
  const found = findChromium(machine);
  if (found !== null) return ok(found);

  const withLibraries = machine.debianAsRoot ? ['--with-deps'] : [];
  machine.install('npx', ['playwright', 'install', ...withLibraries, 'chromium']);
  const downloaded = findChromium(machine);
  if (downloaded !== null) return ok(downloaded);

  if (machine.debianAsRoot && machine.install('apt-get', ['update'])) {
    machine.install('apt-get', ['install', '--yes', '--no-install-recommends', 'chromium']);
    const packaged = findChromium(machine);
    if (packaged !== null) return ok(packaged);
  }
  return fail({
    kind: 'no-chromium',
    advice: [
      'No Chromium was found, and none could be installed. Any one of these will do, then run the command again:',
      '  npx playwright install --with-deps chromium',
      '  sudo apt-get install chromium            (Debian, Ubuntu)',
      '  PROOFTAB_CHROMIUM=/path/to/chrome …      (a browser that is already here)',
    ].join('\n'),
  });
}

function thisMachine(): Machine {
  const seen = new Map<string, boolean>();
  return {
    chosen: process.env['PROOFTAB_CHROMIUM'],
    playwrightPath: chromium.executablePath(),
    debianAsRoot: existsSync('/etc/debian_version') && process.getuid?.() === 0,
    runs(path) {
      const known = seen.get(path);
      if (known === true) return true;
      const runs = existsSync(path) && spawnSync(path, ['--version', '--no-sandbox'], { stdio: 'ignore', timeout: 30_000 }).status === 0;
      seen.set(path, runs);
      return runs;
    },
    install(command, args) {
      console.error(`No Chromium yet: ${command} ${args.join(' ')}`);
      const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '20000' };
      // The installer's own words go to stderr, so that this script's stdout is the path alone.
      return spawnSync(command, args, { stdio: ['ignore', 2, 2], env, timeout: 300_000 }).status === 0;
    },
  };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const chromiumPath = ensureChromium();
  if (chromiumPath.ok) console.log(chromiumPath.value);
  else {
    console.error(chromiumPath.failure.advice);
    process.exitCode = 1;
  }
}
