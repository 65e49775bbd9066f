import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';
import { postgresPrograms } from './scripts/postgres-programs.mjs';

const onPostgres: TestProjectInlineConfiguration = {
  extends: true,
  test: {
    name: 'postgres',
    environment: 'node',
    testTimeout: 60_000,
    hookTimeout: 60_000,
    globalSetup: ['tests/helpers/postgres-setup.ts'],
    include: ['tests/integration/server/**/*.test.ts', 'tests/integration/postgres/**/*.test.ts', 'tests/integration/backup/**/*.test.ts'],
  },
};

// unit         pure code and single parts, in Node
// dom          *.dom.test.ts(x): components and hooks on happy-dom, with an IndexedDB in memory
// integration  several parts together, real files and real child processes; also the simulations
// postgres     the server's tests once more, on a PostgreSQL of their own; nowhere but where it is installed
// End-to-end tests on real Electron belong to Playwright (playwright.config.mts).
export default defineConfig({
  test: {
    maxWorkers: 2,
    reporters: ['default'],
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          environment: 'node',
          include: ['tests/unit/**/*.test.{ts,tsx}'],
          exclude: ['tests/unit/**/*.dom.test.{ts,tsx}'],
        },
      },
      {
        extends: true,
        test: {
          name: 'dom',
          environment: 'happy-dom',
          setupFiles: ['fake-indexeddb/auto'],
          include: ['tests/unit/**/*.dom.test.{ts,tsx}'],
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          environment: 'node',
          testTimeout: 60_000,
          hookTimeout: 60_000,
          include: ['tests/integration/**/*.test.ts', 'tests/simulation/**/*.test.ts'],
          exclude: ['tests/integration/postgres/**'],
        },
      },
      ...(postgresPrograms() === null ? [] : [onPostgres]),
    ],
  },
});
