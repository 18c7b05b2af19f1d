import { defineConfig } from 'vitest/config';

/** Tests that load the machine or watch it being slow; they run alone, after the others, so that neither skews the other. */
const faultTests = ['packages/server/test/**/{crash,power-cut,faults,slow-reader}.test.ts'];

/** Tests that judge times: only a machine that does nothing else can pass them. `npm run test:timing` runs them. */
const timingTests = ['packages/web/test/*-timing.test.ts'];

const shared = {
  environment: 'node',
  pool: 'forks',
  testTimeout: 20_000,
  hookTimeout: 20_000,
  retry: 0,
  sequence: { shuffle: { files: true, tests: true } },
} as const;

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...shared,
          name: 'units',
          include: ['packages/**/*.test.ts', 'scripts/**/*.test.ts'],
          exclude: ['**/node_modules/**', ...faultTests, ...timingTests],
          sequence: { ...shared.sequence, groupOrder: 0 },
        },
      },
      {
        test: {
          ...shared,
          name: 'faults',
          include: faultTests,
          testTimeout: 240_000,
          hookTimeout: 60_000,
          fileParallelism: false,
          sequence: { ...shared.sequence, groupOrder: 1 },
        },
      },
    ],
    maxWorkers: 2,
    sequence: shared.sequence,
    coverage: {
      provider: 'v8',
      include: ['packages/{protocol,client,server,cli}/src/**/*.ts'],
      exclude: ['**/*.test.ts', '**/*-fixture.ts', '**/*-contract.ts'],
      reporter: ['text-summary', 'json-summary', 'html'],
      // The writer thread and the processes that the tests start count too.
      autoAttachSubprocess: true,
    },
  },
});
