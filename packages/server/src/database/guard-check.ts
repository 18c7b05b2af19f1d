import type { StatementCache } from './sqlite-connection.ts';
import type { Guard } from './store.ts';

const unmetTasksExist = `SELECT value AS id FROM json_each(?2)
  WHERE NOT EXISTS (SELECT 1 FROM task WHERE client_id = ?1 AND task.id = value AND deleted_at IS NULL)`;

const unmetTasksDone = `SELECT id FROM task
  WHERE client_id = ?1 AND id IN (SELECT value FROM json_each(?2)) AND deleted_at IS NULL AND status <> 'done'`;

const reachesItself = `WITH RECURSIVE reach (id) AS (
    SELECT depends_on FROM task_dependency WHERE client_id = ?1 AND task_id = ?2
    UNION SELECT next.depends_on FROM task_dependency AS next JOIN reach ON next.task_id = reach.id WHERE next.client_id = ?1)
  SELECT id FROM reach WHERE id = ?2`;

const columnCount = 'SELECT count FROM column_count WHERE client_id = ? AND status = ?';
const documentVersion = 'SELECT version FROM document WHERE client_id = ? AND kind = ? AND key = ?';

type Id = { id: string };

/** The ids at fault when the guard does not hold (empty where it is about none); null when it holds. */
export function unmetGuard(statements: StatementCache, clientId: string, guard: Guard): string[] | null {
  switch (guard.kind) {
    case 'column-at-most': {
      const row = statements.get<{ count: number }>(columnCount, clientId, guard.status);
      return (row?.count ?? 0) <= guard.limit ? null : [];
    }
    case 'tasks-exist':
      return atFault(statements.all<Id>(unmetTasksExist, clientId, JSON.stringify(guard.ids)));
    case 'tasks-done':
      return atFault(statements.all<Id>(unmetTasksDone, clientId, JSON.stringify(guard.ids)));
    case 'no-cycle':
      return atFault(statements.all<Id>(reachesItself, clientId, guard.id));
    case 'document-version': {
      const row = statements.get<{ version: number }>(documentVersion, clientId, guard.document, guard.key);
      return (row?.version ?? 0) === guard.version ? null : [];
    }
  }
}

const atFault = (rows: readonly Id[]): string[] | null => (rows.length === 0 ? null : rows.map((row) => row.id));
