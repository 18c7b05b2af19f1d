import { statSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { taskStatuses, type TaskPriority, type TaskStatus } from '@leanvibe/protocol/task';
import { StatementCache } from './sqlite-connection.ts';
import type {
  BoardFigures,
  DocumentKind,
  Receipt,
  StoredDocument,
  StoredEvent,
  TaskFilter,
  TaskPage,
  TaskPlace,
  TaskSort,
  WorkspaceHead,
} from './store.ts';
import { filterSql, pageSql, type Sql } from './task-query.ts';

const headSql = 'SELECT seq, first_seq AS firstSeq, revision FROM workspace WHERE client_id = ?';
const emptyHead: WorkspaceHead = { seq: 0, firstSeq: 1, revision: 0 };

const boardSql = `SELECT status, doc FROM task WHERE client_id = ? AND deleted_at IS NULL ORDER BY column_order, position`;
const figuresSql = `SELECT status, priority, count(*) AS count FROM task
  WHERE client_id = ? AND deleted_at IS NULL GROUP BY status, priority`;
const timesSql = `SELECT
    avg(CASE WHEN status = 'done' THEN (julianday(completed_at) - julianday(created_at)) * 86400000 END) AS meanCompletionMs,
    max(updated_at) AS lastUpdated
  FROM task WHERE client_id = ? AND deleted_at IS NULL`;

const eventColumns = 'seq, id, type, channel, priority, body';

/** Everything that is read from a database, over one connection, synchronously. */
export class SqliteReads {
  readonly #database: DatabaseSync;
  readonly #statements: StatementCache;
  readonly #file: string;

  constructor(database: DatabaseSync, file: string) {
    this.#database = database;
    this.#statements = new StatementCache(database);
    this.#file = file;
  }

  head(clientId: string): WorkspaceHead {
    return this.#statements.get<WorkspaceHead>(headSql, clientId) ?? emptyHead;
  }

  workspaces(): string[] {
    const rows = this.#statements.all<{ client_id: string }>('SELECT client_id FROM workspace ORDER BY client_id');
    return rows.map((row) => row.client_id);
  }

  task(clientId: string, id: string): { doc: string; version: number; deletedAt: string | null } | null {
    const sql = 'SELECT doc, version, deleted_at AS deletedAt FROM task WHERE client_id = ? AND id = ?';
    return this.#statements.get(sql, clientId, id) ?? null;
  }

  listTasks(clientId: string, filter: TaskFilter, sort: TaskSort, limit: number, after: TaskPlace | null): TaskPage {
    const where = filterSql(clientId, filter);
    // One more than asked for tells whether there is a next page.
    const page = pageSql(where, sort, limit + 1, after);
    const rows = this.#statements.arrays<[doc: string, ...place: TaskPlace]>(page.text, ...page.values);
    const next = rows.length > limit ? rows[limit - 1]!.slice(1) : null;
    const docs = rows.slice(0, limit).map(([doc]) => doc);
    return { docs, total: this.#total(clientId, filter, where), next };
  }

  board(clientId: string): { tasks: { status: TaskStatus; doc: string }[]; rules: string | null; head: WorkspaceHead } {
    this.#statements.run('BEGIN');
    try {
      const tasks = this.#statements.all<{ status: TaskStatus; doc: string }>(boardSql, clientId);
      return { tasks, rules: this.document(clientId, 'board_rules', '')?.doc ?? null, head: this.head(clientId) };
    } finally {
      this.#statements.run('COMMIT');
    }
  }

  figures(clientId: string): BoardFigures {
    const counts = this.#statements.all<{ status: TaskStatus; priority: TaskPriority; count: number }>(
      figuresSql,
      clientId,
    );
    const times = this.#statements.get<Omit<BoardFigures, 'counts'>>(timesSql, clientId)!;
    return { counts, ...times };
  }

  neighbour(
    clientId: string,
    status: TaskStatus,
    position: string | null,
    direction: 'above' | 'below',
    except: readonly string[],
  ): { id: string; position: string } | null {
    const [comparison, order] = direction === 'below' ? ['>', 'ASC'] : ['<', 'DESC'];
    const beside = position === null ? '' : `AND position ${comparison} ?`;
    const others = except.length === 0 ? '' : 'AND id NOT IN (SELECT value FROM json_each(?))';
    const sql = `SELECT id, position FROM task WHERE client_id = ? AND column_order = ? AND deleted_at IS NULL
      ${beside} ${others} ORDER BY position ${order} LIMIT 1`;
    const values = [
      clientId,
      taskStatuses.indexOf(status),
      ...(position === null ? [] : [position]),
      ...(except.length === 0 ? [] : [JSON.stringify(except)]),
    ];
    return this.#statements.get<{ id: string; position: string }>(sql, ...values) ?? null;
  }

  events(clientId: string, afterSeq: number, limit: number): StoredEvent[] {
    const sql = `SELECT ${eventColumns} FROM event WHERE client_id = ? AND seq > ? ORDER BY seq LIMIT ?`;
    return this.#statements.all<StoredEvent>(sql, clientId, afterSeq, limit);
  }

  taskEvents(
    clientId: string,
    taskId: string,
    afterSeq: number,
    limit: number,
  ): { events: StoredEvent[]; total: number } {
    const where = 'client_id = ? AND task_id = ?';
    const page = `SELECT ${eventColumns} FROM event WHERE ${where} AND seq > ? ORDER BY seq LIMIT ?`;
    const events = this.#statements.all<StoredEvent>(page, clientId, taskId, afterSeq, limit);
    const count = `SELECT count(*) AS total FROM event WHERE ${where}`;
    return { events, total: this.#statements.get<{ total: number }>(count, clientId, taskId)!.total };
  }

  document(clientId: string, kind: DocumentKind, key: string): StoredDocument | null {
    const sql = 'SELECT key, version, doc FROM document WHERE client_id = ? AND kind = ? AND key = ?';
    return this.#statements.get<StoredDocument>(sql, clientId, kind, key) ?? null;
  }

  documents(clientId: string, kind: DocumentKind): StoredDocument[] {
    const sql = 'SELECT key, version, doc FROM document WHERE client_id = ? AND kind = ? ORDER BY key';
    return this.#statements.all<StoredDocument>(sql, clientId, kind);
  }

  receipt(clientId: string, key: string): Receipt | null {
    const row = this.#statements.get<
      Record<'key' | 'request_hash' | 'created_at' | 'headers' | 'body', string> & { status: number }
    >('SELECT * FROM receipt WHERE client_id = ? AND key = ?', clientId, key);
    if (!row) return null;
    const answer = { status: row.status, headers: JSON.parse(row.headers) as Record<string, string>, body: row.body };
    return { key: row.key, requestHash: row.request_hash, createdAt: row.created_at, answer };
  }

  meta(key: string): string | null {
    return this.#statements.get<{ value: string }>('SELECT value FROM meta WHERE key = ?', key)?.value ?? null;
  }

  sizeBytes(): number {
    const size = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;
    return size(this.#file) + size(`${this.#file}-wal`);
  }

  close(): void {
    this.#database.close();
  }

  #total(clientId: string, filter: TaskFilter, where: Sql): number {
    const { status, ...others } = filter;
    if (Object.values(others).every((condition) => condition === undefined)) {
      const sql = 'SELECT status, count FROM column_count WHERE client_id = ?';
      const columns = this.#statements.all<{ status: TaskStatus; count: number }>(sql, clientId);
      const wanted = columns.filter((column) => !status || status.includes(column.status));
      return wanted.reduce((total, column) => total + column.count, 0);
    }
    const sql = `SELECT count(*) AS total FROM task WHERE ${where.text}`;
    return this.#statements.get<{ total: number }>(sql, ...where.values)!.total;
  }
}
