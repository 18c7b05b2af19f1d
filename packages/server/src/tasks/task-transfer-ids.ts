import type { ValidationIssue } from '@leanvibe/protocol/problem';
import type { TransferRecord } from './task-transfer-file.ts';

/** A task of a file with the id it is to have and the ids of what it depends on. */
export type IdentifiedRecord = { record: TransferRecord; id: string; dependsOn: string[] };

/** The tasks of a file with their ids, and what is wrong with these. `outside`: per task, dependencies the file does not hold. */
export type Identified = {
  records: IdentifiedRecord[];
  outside: Map<IdentifiedRecord, string[]>;
  issues: ValidationIssue[];
};

/** Gives each task its id: the one it has when that is a UUID, otherwise a new one, and rewrites dependencies accordingly. */
export function identifyRecords(records: readonly TransferRecord[], newId: () => string): Identified {
  const identified = records.map((record) => ({ record, id: record.uuid ?? newId(), dependsOn: [] }));
  const { ids, issues } = indexIds(identified);
  const outside = new Map<IdentifiedRecord, string[]>();
  for (const task of identified) issues.push(...linkDependencies(task, ids, outside));
  return { records: identified, outside, issues };
}

function indexIds(records: readonly IdentifiedRecord[]): { ids: Map<string, string>; issues: ValidationIssue[] } {
  const ids = new Map<string, string>();
  const issues: ValidationIssue[] = [];
  for (const { record, id } of records) {
    const fileId = record.fileId ?? id;
    if (ids.has(fileId)) issues.push({ path: `tasks.${record.name}.id`, message: 'stands more than once in the file' });
    ids.set(fileId, id);
  }
  return { ids, issues };
}

function linkDependencies(
  task: IdentifiedRecord,
  ids: ReadonlyMap<string, string>,
  outside: Map<IdentifiedRecord, string[]>,
): ValidationIssue[] {
  const { workspace, dependsOn, name } = task.record;
  const issues: ValidationIssue[] = [];
  const found = new Set<string>();
  for (const { fileId, uuid } of dependsOn) {
    const key = uuid ?? fileId;
    // A mirror names the second task of an id `<workspace>/<id>`; a dependency means the one of its own workspace.
    const inside = ids.get(`${workspace}/${key}`) ?? ids.get(key);
    const target = inside ?? uuid;
    if (target === null) issues.push(unknownDependency(name, fileId));
    else found.add(target);
    if (inside === undefined && uuid !== null) outside.set(task, [...(outside.get(task) ?? []), uuid]);
  }
  task.dependsOn = [...found];
  return issues;
}

/** Says that a task of the file depends on one that is nowhere. */
export const unknownDependency = (name: string, dependency: string): ValidationIssue => ({
  path: `tasks.${name}.depends_on`,
  message: `names no task of the file or the workspace: ${dependency}`,
});
