import { describe, expect, it } from 'vitest';
import { countTests } from '../vitest-run.ts';
import { coverageRows } from './coverage.ts';
import { gateTable, replaceSection, shown } from './gate-table.ts';
import { latencyRows } from './latency.ts';
import { mutationRows, mutationScore } from './mutation.ts';

const file = (covered: number, total: number) => ({ lines: { covered, total }, branches: { covered, total } });
const met = (rows: readonly { figure: string; met: boolean }[]) =>
  Object.fromEntries(rows.map((row) => [row.figure, row.met]));

describe('the quality gate', () => {
  it('[gate] adds the branches of a package over its files, and misses when one package is below', () => {
    const rows = coverageRows(
      {
        total: file(1, 2),
        '/x/packages/protocol/src/a.ts': file(80, 100),
        '/x/packages/protocol/src/b.ts': file(100, 100),
        '/x/packages/client/src/a.ts': file(899, 1000),
        'C:\\x\\packages\\server\\src\\a.ts': file(90, 100),
        '/x/packages/cli/src/a.ts': file(1, 100),
      },
      90,
    );
    expect(met(rows)).toMatchObject({
      'branches covered, protocol': true,
      'branches covered, client': false,
      'branches covered, server': true,
      'branches covered, cli': true,
    });
    expect(rows.find((row) => row.figure === 'branches covered, client')?.measured).toBe('89.9 %');
  });

  it('[gate] misses when a package was not measured at all', () => {
    expect(met(coverageRows({}, 90))['branches covered, server']).toBe(false);
  });

  it('[gate] counts mutants without coverage as unnoticed, and leaves out those that could not be tried', () => {
    const mutants = ['Killed', 'Killed', 'Killed', 'Timeout', 'NoCoverage', 'Ignored', 'RuntimeError'].map(
      (status) => ({
        status,
      }),
    );
    const report = {
      files: {
        'packages/server/src/tasks/a.ts': { mutants },
        'packages/server/src/events/a.ts': { mutants: [{ status: 'Survived' }] },
      },
    };
    expect(mutationScore(report, 'packages/server/src/tasks/')).toBe(80);
    expect(mutationRows(report, 80).map((row) => row.met)).toEqual([true, false, false]);
  });

  it('[gate] misses a latency that reaches its bound or was not measured', () => {
    const rows = latencyRows({ gate: { create_p99_ms: 199.9, list_p99_ms: 500, event_p99_ms: null } });
    expect(rows.map((row) => row.met)).toEqual([true, false, false]);
  });

  it('[gate] counts a run that ended badly as a failure even when no test failed', () => {
    const report = { numPassedTests: 5, numFailedTests: 0, numPendingTests: 1, numTodoTests: 1 };
    expect(countTests(report, 0)).toEqual({ passed: 5, failed: 0, skipped: 2 });
    expect(countTests(report, 1).failed).toBe(1);
    expect(countTests(null, 1)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });

  it('[gate] writes its table between the markers and nowhere else', () => {
    const before = 'above\n<!-- gate:begin -->\nold\n<!-- gate:end -->\nbelow\n';
    const table = gateTable([shown('figure', '1')]);
    const after = replaceSection(before, 'gate', table);
    expect(after).toBe(`above\n<!-- gate:begin -->\n\n${table}\n\n<!-- gate:end -->\nbelow\n`);
    expect(replaceSection(after, 'gate', table)).toBe(after);
    expect(() => replaceSection('no markers', 'gate', table)).toThrow('There is no place');
  });
});
