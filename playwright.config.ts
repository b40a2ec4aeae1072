/** Browser tests: people acting on the real embedded network, in whatever Chromium this machine has. */
import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: 'e2e/journeys',
  testMatch: '*.spec.ts',
  globalSetup: './e2e/fixtures/prepare.ts',
  // Each worker has a network of its own; a second one would share the two cores and gain nothing.
  workers: 1,
  forbidOnly: true,
  retries: 0,
  // A journey is seconds on a quiet machine; this is for one that runs the rest of the tests beside it.
  timeout: 300_000,
  expect: { timeout: 30_000 },
  reporter: [['list']],
  reportSlowTests: { max: 8, threshold: 20_000 },
  use: { trace: 'off', video: 'off', screenshot: 'off' },
});
