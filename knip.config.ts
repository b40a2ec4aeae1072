/** What knip takes as the ways in; everything else must be reached from one of them, or it is dead. */
import type { KnipConfig } from 'knip';

const config: KnipConfig = {
  entry: [
    'index.html',
    'src/ui/main.ts',
    // Pages over simulated work, on the development server only.
    'src/ui/story/main.ts',
    'workers/*.{ts,js}',
    'bin/prooftab.{js,ts}',
    'bench/groth16/prove-in-node.js',
    'bench/groth16/page/page.ts',
    'e2e/fixtures/library/page.ts',
    'scripts/*.ts',
    'devnet/{start,relay,network}.ts',
    'e2e/**/*.spec.ts',
    '**/*.test.ts',
    'src/app/service-worker.ts',
    // What package.json exports: the library's ways in.
    'src/proof/check-receipt.ts',
    'src/proof/groth16/{node,web}-groth16.ts',
  ],
  project: ['{src,kernels,workers,devnet,e2e,bin,scripts,bench,messages,fixtures}/**/*.{ts,js,svelte}'],
  ignoreDependencies: [
    // The benchmark's circuits: the compiler is run, and the library read, by path.
    'circom2',
    'circomlib',
    // Fonts are imported from CSS, forge and anvil are run as programs by path.
    '@fontsource-variable/geist-mono',
    '@fontsource-variable/instrument-sans',
    '@foundry-rs/anvil',
    '@foundry-rs/forge',
    // Its digits are read as files, by fixtures/digits.ts.
    'mnist',
    // Solidity imports it.
    '@openzeppelin/contracts',
  ],
  ignoreExportsUsedInFile: true,
};

export default config;
