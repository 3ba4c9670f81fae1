import { defineConfig } from 'vitest/config';
import { LeftOutReporter } from './test/support/left-out-reporter.ts';

const STORES = ['test/adapters/stores/**/*.test.ts'];

export default defineConfig({
  test: {
    reporters: ['default', new LeftOutReporter()],
    silent: 'passed-only', // frameworks print the errors that they are tested with
    // Ends a test that hangs; none is so slow, whatever else the machine does.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    tags: [{ name: 'long', description: 'what is slow, and more of what other tests check once' }],
    maxWorkers: '100%',
    isolate: false, // to load the modules anew for each file would take longer than most files
    projects: [
      {
        extends: true,
        test: { name: 'stores', include: STORES, globalSetup: 'test/support/servers/shared-postgres.ts' },
      },
      { extends: true, test: { name: 'others', include: ['test/**/*.test.ts'], exclude: STORES } },
    ],
  },
});
