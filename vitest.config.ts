import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{src,devnet,scripts,bin,contracts,messages,workers}/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
