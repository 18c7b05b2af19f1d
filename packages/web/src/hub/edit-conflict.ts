import type { Task, TaskUpdate } from '@leanvibe/protocol/task';

/** A member that was changed here and elsewhere, to different values. */
export type FieldConflict = { field: keyof TaskUpdate; before: unknown; mine: unknown; theirs: unknown };

/** An edit that met another one: what was wanted, what the task is now, and where the two collide. */
export type EditConflict = { before: Task; changes: TaskUpdate; current: Task; fields: readonly FieldConflict[] };

const isSame = (first: unknown, second: unknown): boolean => JSON.stringify(first) === JSON.stringify(second);

/** The members in which an edit of `before` collides with what the task has become meanwhile. */
export const conflictsOf = (before: Task, changes: TaskUpdate, current: Task): FieldConflict[] =>
  (Object.keys(changes) as (keyof TaskUpdate)[])
    .filter((field) => !isSame(current[field], before[field]) && !isSame(current[field], changes[field]))
    .map((field) => ({ field, before: before[field], mine: changes[field], theirs: current[field] }));

/** The edit with only those members that are still wanted: all but the conflicting ones for which the other value was chosen. */
export function resolvedChanges(
  changes: TaskUpdate,
  conflicts: readonly FieldConflict[],
  mine: ReadonlySet<keyof TaskUpdate>,
): TaskUpdate {
  const refused = new Set(conflicts.map(({ field }) => field).filter((field) => !mine.has(field)));
  return Object.fromEntries(Object.entries(changes).filter(([field]) => !refused.has(field as keyof TaskUpdate)));
}
