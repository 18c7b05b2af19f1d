import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { passes, type BenchCase, type CaseResult } from './case-result.ts';
import { eventLatency, fanOut, idleSockets, resume } from './cases/events.ts';
import { slowDisk } from './cases/slow-disk.ts';
import { boardSize, creates, lists } from './cases/task-api.ts';

const cases: BenchCase[] = [creates, lists, slowDisk, eventLatency, boardSize, fanOut, resume, idleSockets];

const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true },
    json: { type: 'boolean' },
    write: { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
  },
});

const usage = `npm run bench -- [--only NAME]… [--json] [--write]
  --only NAME   only this case: ${cases.map((entry) => entry.name).join(', ')}
  --json        print the results as JSON instead of a table
  --write       also put the table into README.md`;

const resultsFolder = fileURLToPath(new URL('results/', import.meta.url));
const readme = fileURLToPath(new URL('../README.md', import.meta.url));

const round = (value: number): string =>
  value >= 1000 ? Math.round(value).toLocaleString('en') : value >= 10 ? value.toFixed(1) : value.toFixed(2);

const boundText = ({ bound }: CaseResult): string =>
  bound === null ? '' : `${bound.kind === 'at least' ? '≥' : '≤'} ${bound.value.toLocaleString('en')}`;

function table(rows: readonly CaseResult[]): string {
  const lines = rows.map(
    (row) =>
      `| ${row.name} | ${round(row.measured)} ${row.unit} | ${boundText(row)} | ${passes(row) ? 'yes' : '**no**'} | ${row.detail} |`,
  );
  return ['| case | measured | bound | met | figures |', '|---|---|---|---|---|', ...lines].join('\n');
}

/** What the quality gate reads: latencies in milliseconds at p99 under the load of the benchmark. */
function gateFigures(rows: readonly CaseResult[]): Record<string, number | null> {
  const find = (prefix: string): number | null => rows.find((row) => row.name.startsWith(prefix))?.measured ?? null;
  return {
    create_p99_ms: find('create, 400/s'),
    list_p99_ms: find('list of 100, 400/s'),
    event_p99_ms: find('create request to event'),
  };
}

function writeIntoReadme(text: string): void {
  const before = readFileSync(readme, 'utf8');
  const after = before.replace(/(<!-- bench:begin -->)[\s\S]*?(<!-- bench:end -->)/, `$1\n\n${text}\n\n$2`);
  if (after === before && !before.includes(text)) throw new Error('README.md has no place for the table');
  writeFileSync(readme, after);
}

async function main(): Promise<void> {
  if (values.help) {
    console.log(usage);
    return;
  }
  const wanted = values.only ? cases.filter((entry) => values.only!.includes(entry.name)) : cases;
  if (wanted.length === 0) throw new Error(usage);
  const rows: CaseResult[] = [];
  for (const entry of wanted) {
    const startedAt = performance.now();
    console.error(`${entry.name} …`);
    rows.push(...(await entry.run()));
    console.error(`${entry.name}: ${((performance.now() - startedAt) / 1000).toFixed(0)} s`);
  }
  const results = {
    measured_at: new Date().toISOString(),
    machine: `${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}, Node ${process.version}`,
    cases: rows.map((row) => ({ ...row, passed: passes(row) })),
    gate: gateFigures(rows),
  };
  mkdirSync(resultsFolder, { recursive: true });
  writeFileSync(`${resultsFolder}latest.json`, `${JSON.stringify(results, null, 2)}\n`);
  console.log(values.json ? JSON.stringify(results, null, 2) : table(rows));
  if (values.write) writeIntoReadme(table(rows));
  if (!rows.every(passes)) process.exitCode = 1;
}

await main();
