import { readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { run } from './check.ts';

/** How many tests of a run did what; a file that could not be loaded counts as one failed test. */
export type TestCounts = { passed: number; failed: number; skipped: number };

type JsonReport = {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
};

const reportFile = fileURLToPath(new URL('../reports/vitest.json', import.meta.url));

/** Runs Vitest with these arguments, in an order drawn from the seed, and counts from its JSON report. */
export async function runVitest(seed: number, args: readonly string[]): Promise<TestCounts> {
  rmSync(reportFile, { force: true });
  const exitCode = await run('vitest', [
    'run',
    `--sequence.seed=${seed}`,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${reportFile}`,
    ...args,
  ]);
  return countTests(readReport(), exitCode);
}

function readReport(): JsonReport | null {
  try {
    return JSON.parse(readFileSync(reportFile, 'utf8')) as JsonReport;
  } catch {
    return null;
  }
}

/** A run that ended badly has at least one failure, whatever the report says: unhandled errors fail no test. */
export function countTests(report: JsonReport | null, exitCode: number): TestCounts {
  const { numPassedTests = 0, numFailedTests = 0, numPendingTests = 0, numTodoTests = 0 } = report ?? {};
  return {
    passed: numPassedTests,
    failed: Math.max(numFailedTests, exitCode === 0 ? 0 : 1),
    skipped: numPendingTests + numTodoTests,
  };
}
