import { defineConfig } from '@playwright/test';

// End to end on real Electron. The global setup finds the runtime and starts Xvfb; without them the run fails.
export default defineConfig({
  testDir: 'tests/e2e',
  testMatch: '**/*.spec.ts',
  globalSetup: './tests/e2e/helpers/global-setup.ts',
  // Emptied at every run; pictures of screens go to test-results/screens and stay.
  outputDir: 'test-results/e2e',
  workers: 1,
  // scripts/test.mjs says what it makes of a test that needed it.
  retries: process.env['CI'] ? 1 : 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: true,
  reporter: [['list'], ['json', { outputFile: 'test-results/e2e.json' }]],
  use: { trace: 'off', screenshot: 'off' },
});
