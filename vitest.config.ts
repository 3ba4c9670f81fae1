import { defineConfig } from 'vitest/config';
import { LeftOutReporter } from './test/support/left-out-reporter.ts';

const PURE = ['test/src/**/*.test.ts', 'test/docs/**/*.test.ts'];
const STORES = ['test/adapters/stores/**/*.test.ts'];

export default defineConfig({
  test: {
    reporters: ['default', new LeftOutReporter()],
    // Ends a test that hangs; none is so slow, whatever else the machine does.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    tags: [
      { name: 'long', description: 'more hosts, recordings, kills, outages and pages of what other tests check once' },
    ],
    projects: [
      { extends: true, test: { name: 'src', include: PURE, isolate: false } },
      {
        extends: true,
        test: { name: 'stores', include: STORES, globalSetup: 'test/support/servers/shared-postgres.ts' },
      },
      { extends: true, test: { name: 'programs', include: ['test/**/*.test.ts'], exclude: [...PURE, ...STORES] } },
    ],
  },
});
