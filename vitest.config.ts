import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{src,kernels,devnet,e2e,scripts,bin,contracts,messages,workers}/**/*.test.ts'],
    // Node 20 has relaxed SIMD behind a flag that kernels are compiled under.
    execArgv: ['--experimental-wasm-relaxed-simd'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
