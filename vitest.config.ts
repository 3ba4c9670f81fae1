import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    tags: [
      {
        name: 'long',
        description: 'Left out of `npm test`: more hosts, recordings, kills and pages of what is tested once',
      },
    ],
  },
});
