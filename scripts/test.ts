/** `npm test`: every check of the repository, on two cores, in an order that tells about cheap mistakes first. */
import path from 'node:path';
import { ensureChromium } from './find-chromium.ts';
import { forgeProgram } from './testing/forge.ts';
import { forgeTests, playwrightTests, vitestTests } from './testing/reports.ts';
import { runTests, type TestStep } from './testing/run-tests.ts';

const chromium = ensureChromium();
if (!chromium.ok) {
  console.error(chromium.failure.advice);
  process.exit(1);
}

const folder = path.resolve('.prooftab/test');
const inFolder = (name: string): string => path.join(folder, name);

const steps: readonly TestStep[] = [
  { name: 'types', command: ['tsc', '-p', '.'], cores: 1, limitSeconds: 180 },
  { name: 'svelte-types', command: ['svelte-check', '--tsconfig', './tsconfig.json', '--fail-on-warnings'], cores: 1, limitSeconds: 240 },
  { name: 'lint', command: ['eslint', '.', '--max-warnings', '0'], cores: 1, limitSeconds: 300 },
  { name: 'format', command: ['prettier', '--check', '.'], cores: 1, limitSeconds: 120 },
  { name: 'architecture', command: ['tsx', 'scripts/architecture.ts'], cores: 1, limitSeconds: 120 },
  { name: 'unused', command: ['knip'], cores: 1, limitSeconds: 120 },
  {
    name: 'contracts',
    command: ['bash', '-c', `"${forgeProgram()}" test --offline --json > "${inFolder('forge.json')}"`],
    cores: 1,
    env: { FORGE_SNAPSHOT_CHECK: 'true' },
    limitSeconds: 420,
    report: { file: inFolder('forge.json'), read: forgeTests },
  },
  { name: 'build', command: ['tsx', 'scripts/prepare.ts'], cores: 1, limitSeconds: 300 },
  {
    name: 'unit',
    command: [
      'vitest',
      'run',
      '--exclude',
      '**/*.long.test.ts',
      '--exclude',
      '**/*.download.test.ts',
      '--exclude',
      '**/*.firefox.test.ts',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${inFolder('vitest.json')}`,
    ],
    cores: 2,
    behind: ['build'],
    limitSeconds: 900,
    report: { file: inFolder('vitest.json'), read: (json) => vitestTests(json, process.cwd()) },
  },
  {
    name: 'browser',
    command: ['playwright', 'test', '--reporter=list,json'],
    cores: 2,
    after: ['build'],
    behind: ['unit', 'contracts'],
    env: { PROOFTAB_CHROMIUM: chromium.value, PLAYWRIGHT_JSON_OUTPUT_NAME: inFolder('playwright.json') },
    limitSeconds: 1500,
    report: { file: inFolder('playwright.json'), read: playwrightTests },
  },
];

process.exitCode = (await runTests(steps, folder)) ? 0 : 1;
