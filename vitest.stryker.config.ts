import { defineConfig } from 'vitest/config';

// Mutants are switched on in one process, so this leaves out what starts others, and everything that takes its time.
export default defineConfig({
  test: {
    environment: 'node',
    include: [
      'packages/server/src/{tasks,events,database}/**/*.test.ts',
      'packages/server/test/{task-api,board-model,bulk-model,import,websocket,resume}*.test.ts',
    ],
    testTimeout: 10_000,
    hookTimeout: 10_000,
  },
});
