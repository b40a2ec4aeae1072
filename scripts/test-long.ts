/** `npm run test:long`: what takes longer than a pull request should wait for; under twenty minutes on two cores. */
import path from 'node:path';
import { ensureChromium } from './find-chromium.ts';
import { forgeTests, playwrightTests, vitestTests } from './testing/reports.ts';
import { runTests, type TestStep } from './testing/run-tests.ts';

const chromium = ensureChromium();
if (!chromium.ok) {
  console.error(chromium.failure.advice);
  process.exit(1);
}

const folder = path.resolve('.prooftab/test-long');
const inFolder = (name: string): string => path.join(folder, name);

const steps: readonly TestStep[] = [
  {
    name: 'contracts-long',
    command: ['bash', '-c', `forge test --offline --json > "${inFolder('forge.json')}"`],
    cores: 1,
    env: { FOUNDRY_PROFILE: 'long' },
    limitSeconds: 600,
    report: { file: inFolder('forge.json'), read: forgeTests },
  },
  {
    name: 'unit-long',
    command: [
      'vitest',
      'run',
      '--passWithNoTests',
      'long.test.ts',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${inFolder('vitest.json')}`,
    ],
    cores: 1,
    limitSeconds: 600,
    report: { file: inFolder('vitest.json'), read: (json) => vitestTests(json, process.cwd()) },
  },
  { name: 'build', command: ['vite', 'build'], cores: 2, behind: ['unit-long', 'contracts-long'], limitSeconds: 240 },
  {
    name: 'browser-long',
    command: ['playwright', 'test', '--grep', '@long', '--pass-with-no-tests', '--reporter=list,json'],
    cores: 2,
    after: ['build'],
    env: { PROOFTAB_CHROMIUM: chromium.value, PLAYWRIGHT_JSON_OUTPUT_NAME: inFolder('playwright.json') },
    limitSeconds: 600,
    report: { file: inFolder('playwright.json'), read: playwrightTests },
  },
  {
    // Three units through the page like a person, each receipt verified twice, a changed copy refused.
    name: 'demo',
    command: ['tsx', 'scripts/demo.ts', '--tasks', '3', '--json'],
    cores: 2,
    after: ['build'],
    behind: ['browser-long'],
    env: { PROOFTAB_CHROMIUM: chromium.value },
    limitSeconds: 480,
  },
];

process.exitCode = (await runTests(steps, folder)) ? 0 : 1;
