import type { DatabaseSync } from 'node:sqlite';

/** Logs with a gap, or that end elsewhere than their workspace says. */
const brokenLogs = `SELECT w.client_id FROM workspace AS w WHERE w.first_seq <= w.seq AND NOT EXISTS (
    SELECT 1 FROM event AS e WHERE e.client_id = w.client_id GROUP BY e.client_id
    HAVING min(e.seq) = w.first_seq AND max(e.seq) = w.seq AND count(*) = w.seq - w.first_seq + 1)`;

/** Tasks that have another version than their last event says. A task whose events are past keeping has none to differ from. */
const strayTasks = `SELECT t.id FROM task AS t WHERE t.version <> (
    SELECT json_extract('{' || e.body || '}', '$.data.task.version') FROM event AS e
    WHERE e.client_id = t.client_id AND e.task_id = t.id ORDER BY e.seq DESC LIMIT 1)`;

/**
 * Where the boards and their logs contradict each other: null, nowhere. SQLite's own check cannot see it when a damaged write-ahead
 * log leaves an old page of one table beside a new one of another, each sound in itself.
 */
export function logDisagreement(database: DatabaseSync): string | null {
  // The making of the file may have been interrupted before there was anything in it.
  if (!database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'event'").get()) return null;
  const log = database.prepare(`${brokenLogs} LIMIT 1`).get() as { client_id: string } | undefined;
  if (log) return `the event log of ${log.client_id} is not whole`;
  const task = database.prepare(`${strayTasks} LIMIT 1`).get() as { id: string } | undefined;
  return task ? `the task ${task.id} is not what its events say` : null;
}
