import { defineConfig } from 'vitest/config';

/** What takes its measure in time: run by `npm run test:timing`, on a machine that does nothing else. */
export default defineConfig({
  test: {
    environment: 'node',
    include: ['packages/web/test/*-timing.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 60_000,
  },
});
