import { atLeast, shown, type GateRow } from './gate-table.ts';

type Count = { total: number; covered: number };

/** The summary that the coverage provider writes: counts by file, and under `total` of all. */
export type CoverageSummary = Record<string, { lines: Count; branches: Count }>;

/** Packages whose branches must be covered; the others are only shown. */
const judged = new Set(['protocol', 'client', 'server']);
const packages = ['protocol', 'client', 'server', 'cli'];

const percent = ({ covered, total }: Count): number | null => (total === 0 ? null : (covered / total) * 100);

/** Line and branch coverage of each package. */
export function coverageRows(summary: CoverageSummary, floor: number): GateRow[] {
  return packages.flatMap((name) => {
    const files = Object.entries(summary).filter(([file]) =>
      file.replaceAll('\\', '/').includes(`/packages/${name}/src/`),
    );
    const sum = (kind: 'lines' | 'branches'): number | null =>
      percent({
        covered: files.reduce((count, [, file]) => count + file[kind].covered, 0),
        total: files.reduce((count, [, file]) => count + file[kind].total, 0),
      });
    const branches = sum('branches');
    const title = `branches covered, ${name}`;
    return [
      shown(`lines covered, ${name}`, `${(sum('lines') ?? 0).toFixed(1)} %`),
      judged.has(name) ? atLeast(title, branches, floor) : shown(title, `${(branches ?? 0).toFixed(1)} %`),
    ];
  });
}
