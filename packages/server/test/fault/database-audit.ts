import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { isDeepStrictEqual } from 'node:util';
import { foldLog, type LogFold } from './log-fold.ts';
import { demand, type LoggedEvent, type LoggedTask } from './logged-event.ts';

/** The log of a workspace, and what it comes to. */
export type WorkspaceAudit = { events: LoggedEvent[]; fold: LogFold };

/** Every workspace in a database file. */
export type DatabaseAudit = Map<string, WorkspaceAudit>;

/**
 * Reads a copy of the database of a server that is not running, and checks that it is undamaged, that every log is gap-free, and that
 * every stored board is what its log comes to. Throws `InvariantBroken`. A file without tables is an empty database.
 */
export function auditDatabase(file: string): DatabaseAudit {
  const folder = mkdtempSync(join(tmpdir(), 'leanvibe-audit-'));
  const copy = join(folder, 'copy.db');
  try {
    for (const ending of ['', '-wal', '-journal']) {
      if (existsSync(file + ending)) copyFileSync(file + ending, copy + ending);
    }
    const database = new DatabaseSync(copy);
    try {
      return audit(database);
    } finally {
      database.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function audit(database: DatabaseSync): DatabaseAudit {
  const rows = <Row>(sql: string, ...values: string[]): Row[] => database.prepare(sql).all(...values) as Row[];
  const faults = rows<{ integrity_check: string }>('PRAGMA integrity_check').map((row) => row.integrity_check);
  demand(faults.length === 1 && faults[0] === 'ok', () => `the database is damaged: ${faults.join('; ')}`);
  demand(rows('PRAGMA foreign_key_check').length === 0, () => 'a row refers to one that is not there');
  if (rows("SELECT 1 FROM sqlite_schema WHERE name = 'workspace'").length === 0) return new Map();
  // Throws when the search index is damaged.
  database.exec("INSERT INTO task_search (task_search) VALUES ('integrity-check')");
  assertCounts(database);
  const ids = rows<{ client_id: string }>('SELECT client_id FROM workspace').map((row) => row.client_id);
  return new Map(ids.map((clientId) => [clientId, auditWorkspace(database, clientId)]));
}

function auditWorkspace(database: DatabaseSync, clientId: string): WorkspaceAudit {
  const events = database
    .prepare('SELECT id, type, seq, body FROM event WHERE client_id = ? ORDER BY seq')
    .all(clientId)
    .map(
      ({ id, type, seq, body }) => JSON.parse(`{"id":"${id}","type":"${type}","seq":${seq},${body}}`) as LoggedEvent,
    );
  const { seq } = database.prepare('SELECT seq FROM workspace WHERE client_id = ?').get(clientId) as { seq: number };
  demand(seq === events.length, () => `${clientId} stands at seq ${seq}, and its log has ${events.length} events`);
  const fold = foldLog(events);
  const stored = database.prepare('SELECT version, doc, deleted_at FROM task WHERE client_id = ?').all(clientId);
  demand(
    stored.length === fold.tasks.size,
    () => `${clientId} has ${stored.length} tasks, and its log ${fold.tasks.size}`,
  );
  for (const { version, doc, deleted_at } of stored) {
    const task = JSON.parse(doc as string) as LoggedTask;
    const logged = fold.tasks.get(task.id);
    demand(
      isDeepStrictEqual(task, logged?.task),
      () => `the task ${task.id} is not what its log comes to: ${String(doc)}`,
    );
    demand(task.version === version, () => `the task ${task.id} has version ${String(version)} beside its text`);
    demand(
      (deleted_at !== null) === logged?.isDeleted,
      () => `the task ${task.id} is deleted, or not, against its log`,
    );
  }
  return { events, fold };
}

// The counts that the server keeps to check limits without counting.
function assertCounts(database: DatabaseSync): void {
  const different = database
    .prepare(
      `SELECT client_id, status, count FROM column_count WHERE count > 0 EXCEPT
       SELECT client_id, status, count(*) FROM task WHERE deleted_at IS NULL GROUP BY client_id, status`,
    )
    .all();
  demand(different.length === 0, () => `columns are counted wrongly: ${JSON.stringify(different)}`);
}
