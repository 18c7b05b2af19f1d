import type { BoardRules, BoardRulesUpdate, ColumnRules } from '@leanvibe/protocol/board';
import { taskStatuses, type TaskStatus } from '@leanvibe/protocol/task';
import type { StoredDocument } from '../database/store.ts';

/** The rules of a board and the version of the document they were read from (0: they are the defaults). */
export type RulesInForce = { rules: BoardRules; storedVersion: number };

const freeColumn: ColumnRules = { wip_limit: null, allowed_transitions: null };

/** The rules of a board that nobody has changed: everything is allowed. */
export const defaultRules = (clientId: string): BoardRules => ({
  client_id: clientId,
  version: 1,
  updated_at: null,
  columns: { backlog: freeColumn, in_progress: freeColumn, testing: freeColumn, done: freeColumn },
  require_approval_for_done: false,
  enforce_dependencies: false,
});

/** The rules as stored, or the defaults. */
export const rulesInForce = (clientId: string, stored: StoredDocument | null): RulesInForce =>
  stored === null
    ? { rules: defaultRules(clientId), storedVersion: 0 }
    : { rules: JSON.parse(stored.doc) as BoardRules, storedVersion: stored.version };

/** The rules with the members of an update put in their place, each column for itself; version and time stay. */
export const mergeRules = (rules: BoardRules, update: BoardRulesUpdate): BoardRules => ({
  ...rules,
  columns: mergeColumns(rules.columns, update.columns ?? {}),
  require_approval_for_done: update.require_approval_for_done ?? rules.require_approval_for_done,
  enforce_dependencies: update.enforce_dependencies ?? rules.enforce_dependencies,
});

function mergeColumns(columns: BoardRules['columns'], update: NonNullable<BoardRulesUpdate['columns']>) {
  const merged = { ...columns };
  for (const status of taskStatuses) merged[status] = mergeColumn(columns[status], update[status] ?? {});
  return merged;
}

// null is a value here (no limit, any transition), so only what is absent is left as it is.
const mergeColumn = (column: ColumnRules, update: NonNullable<ColumnUpdate>): ColumnRules => ({
  wip_limit: update.wip_limit === undefined ? column.wip_limit : update.wip_limit,
  allowed_transitions:
    update.allowed_transitions === undefined ? column.allowed_transitions : update.allowed_transitions,
});

type ColumnUpdate = NonNullable<BoardRulesUpdate['columns']>[TaskStatus];
