import { atLeast, type GateRow } from './gate-table.ts';

/** What Stryker reports, as far as it is read here: the mutants by file. */
export type MutationReport = { files: Record<string, { mutants: readonly { status: string }[] }> };

const detected = new Set(['Killed', 'Timeout']);
const undetected = new Set(['Survived', 'NoCoverage']);

/** Of the mutants that compile and could be tried, the share that a test noticed, in percent; null when there is none. */
export function mutationScore(report: MutationReport, folder: string): number | null {
  const statuses = Object.entries(report.files)
    .filter(([file]) => file.startsWith(folder))
    .flatMap(([, { mutants }]) => mutants.map(({ status }) => status));
  const noticed = statuses.filter((status) => detected.has(status)).length;
  const missed = statuses.filter((status) => undetected.has(status)).length;
  return noticed + missed === 0 ? null : (noticed / (noticed + missed)) * 100;
}

/** The mutation score of each folder whose decisions must not go wrong unnoticed. */
export function mutationRows(report: MutationReport, floor: number): GateRow[] {
  return ['tasks', 'events', 'database'].map((folder) =>
    atLeast(`mutants noticed, ${folder}/`, mutationScore(report, `packages/server/src/${folder}/`), floor),
  );
}
