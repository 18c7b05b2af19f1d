// `npm run gate`: everything `npm test` runs, with coverage, then mutants and the benchmark, judged in one table.
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { run, runChecks, staticChecks } from './check.ts';
import { coverageRows, type CoverageSummary } from './gate/coverage.ts';
import { gateTable, replaceSection, type GateRow } from './gate/gate-table.ts';
import { latencyRows, type BenchResults } from './gate/latency.ts';
import { mutationRows, type MutationReport } from './gate/mutation.ts';
import { runVitest } from './vitest-run.ts';

const usage = `npm run gate -- [--reuse mutants] [--reuse benchmark] [--seed N]
  --reuse NAME  judge the figures of the last run instead of measuring again`;

const progressPage = new URL('../docs/01_memory_bank/06_progress.md', import.meta.url);
const coverageReport = 'coverage/coverage-summary.json';
const mutationReport = 'reports/mutation/mutation.json';
const benchReport = 'bench/results/latest.json';
const nothingMeasured: BenchResults = { gate: { create_p99_ms: null, list_p99_ms: null, event_p99_ms: null } };
const branchFloor = 90;
const mutationFloor = 80;

const { values } = parseArgs({
  options: {
    reuse: { type: 'string', multiple: true, default: [] },
    seed: { type: 'string' },
    help: { type: 'boolean', short: 'h', default: false },
  },
});

const fileOf = (path: string): URL => new URL(`../${path}`, import.meta.url);

/** A report as it was written; where there is none, figures are missing and so missed. */
const readReport = <Report>(path: string, empty: Report): Report =>
  existsSync(fileOf(path)) ? (JSON.parse(readFileSync(fileOf(path), 'utf8')) as Report) : empty;

/** Runs a tool that writes a report, unless the report of the last run is wanted. An old one must not pass for a new one. */
async function measure(name: string, report: string, command: string, args: readonly string[]): Promise<void> {
  if (values.reuse.includes(name)) return;
  console.log(`\n${name} …`);
  rmSync(fileOf(report), { force: true });
  await run(command, args);
}

async function testRows(): Promise<GateRow[]> {
  const seed = Number(values.seed ?? Date.now() % 1_000_000);
  console.log(`tests with coverage, in random order (repeat it with --seed ${seed}) …`);
  rmSync(fileOf(coverageReport), { force: true });
  const { passed, failed, skipped } = await runVitest(seed, ['--coverage.enabled', '--coverage.reportOnFailure']);
  const measured = `${passed} passed, ${failed} failed, ${skipped} skipped`;
  return [
    { figure: 'tests', measured, required: '0 failed', met: failed === 0 && passed > 0 },
    ...coverageRows(readReport<CoverageSummary>(coverageReport, {}), branchFloor),
  ];
}

async function main(): Promise<void> {
  if (values.help) {
    console.log(usage);
    return;
  }
  const checksPass = await runChecks(staticChecks, staticChecks.length);
  const tests = await testRows();
  await measure('mutants', mutationReport, 'stryker', ['run']);
  const mutants = mutationRows(readReport<MutationReport>(mutationReport, { files: {} }), mutationFloor);
  await measure('benchmark', benchReport, 'node', ['bench/main.ts']);
  const latencies = latencyRows(readReport<BenchResults>(benchReport, nothingMeasured));
  const checks: GateRow = {
    figure: staticChecks.map(({ name }) => name).join(', '),
    measured: checksPass ? 'clean' : 'not clean',
    required: 'clean',
    met: checksPass,
  };
  const rows = [checks, ...tests, ...mutants, ...latencies];
  const table = gateTable(rows);
  console.log(`\n${table}`);
  writeFileSync(progressPage, replaceSection(readFileSync(progressPage, 'utf8'), 'gate', table));
  process.exitCode = rows.every(({ met }) => met) ? 0 : 1;
}

await main();
