// `npm test`: every check and every test. `npm test -- --seed 42` repeats an order; further arguments go to Vitest.
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { runChecks, staticChecks } from './check.ts';
import { runVitest } from './vitest-run.ts';

const { values, positionals } = parseArgs({ options: { seed: { type: 'string' } }, allowPositionals: true });
const seed = Number(values.seed ?? Date.now() % 1_000_000);
const total = staticChecks.length + 1;
const startedAt = performance.now();

if (await runChecks(staticChecks, total)) {
  console.log(`[${total}/${total}] tests, in random order (repeat it with --seed ${seed}) …`);
  const { passed, failed, skipped } = await runVitest(seed, positionals);
  console.log(`\nAll in ${Math.round((performance.now() - startedAt) / 1000)} s, seed ${seed}.`);
  console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
  process.exitCode = failed === 0 ? 0 : 1;
} else {
  console.error('Stopped: a check failed, so no test was run.');
  process.exitCode = 1;
}
