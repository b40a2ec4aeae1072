/** `npm run test:long`: what takes longer than a pull request should wait for; under twenty minutes on two cores. */
import path from 'node:path';
import { ensureChromium } from './find-chromium.ts';
import { forgeProgram } from './testing/forge.ts';
import { forgeTests, vitestTests } from './testing/reports.ts';
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
    // Ten times the fuzzing and the invariant runs of `npm test`.
    name: 'contracts-long',
    command: ['bash', '-c', `"${forgeProgram()}" test --offline --json > "${inFolder('forge.json')}"`],
    cores: 1,
    env: { FOUNDRY_FUZZ_RUNS: '2560', FOUNDRY_INVARIANT_RUNS: '480' },
    limitSeconds: 900,
    report: { file: inFolder('forge.json'), read: forgeTests },
  },
  { name: 'build', command: ['tsx', 'scripts/prepare.ts'], cores: 1, limitSeconds: 300 },
  {
    name: 'long-tests',
    command: ['vitest', 'run', '.long.test.ts', '--reporter=default', '--reporter=json', `--outputFile.json=${inFolder('vitest.json')}`],
    cores: 1,
    after: ['build'],
    env: { PROOFTAB_CHROMIUM: chromium.value },
    limitSeconds: 600,
    report: { file: inFolder('vitest.json'), read: (json) => vitestTests(json, process.cwd()) },
  },
];

process.exitCode = (await runTests(steps, folder)) ? 0 : 1;
