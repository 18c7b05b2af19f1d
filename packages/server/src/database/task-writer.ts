import type { StatementCache } from './sqlite-connection.ts';
import type { TaskRow, TaskWrite } from './store.ts';

const insertTask = `INSERT INTO task
  (client_id, id, version, status, priority, position, assigned_to, approval_state, created_at, updated_at, due_at, started_at,
   completed_at, deleted_at, doc) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;

const updateTask = `UPDATE task SET version = ?, status = ?, priority = ?, position = ?, assigned_to = ?, approval_state = ?,
  created_at = ?, updated_at = ?, due_at = ?, started_at = ?, completed_at = ?, deleted_at = ?, doc = ? WHERE ordinal = ?`;

const storedTask = `SELECT ordinal, version, doc ->> '$.title' AS title, doc ->> '$.description' AS description,
  doc -> '$.tags' AS tags, doc -> '$.depends_on' AS depends_on FROM task WHERE client_id = ? AND id = ?`;

type Stored = {
  ordinal: number;
  version: number;
  title: string;
  description: string | null;
  tags: string;
  depends_on: string;
};

/** Stores a task with what is derived from it. False: another version is there than the one expected. */
export function writeTask(statements: StatementCache, clientId: string, { row, expectedVersion }: TaskWrite): boolean {
  if (expectedVersion === 0) {
    insert(statements, clientId, row);
    return true;
  }
  const stored = statements.get<Stored>(storedTask, clientId, row.id);
  if (stored?.version !== expectedVersion) return false;
  update(statements, clientId, row, stored);
  return true;
}

// Times, rank and the rest, in the order in which both statements name them.
const shared = (row: TaskRow) =>
  [
    row.version,
    row.status,
    row.priority,
    row.position,
    row.assignedTo,
    row.approvalState,
    row.createdAt,
    row.updatedAt,
    row.dueAt,
    row.startedAt,
    row.completedAt,
    row.deletedAt,
    row.doc,
  ] as const;

function insert(statements: StatementCache, clientId: string, row: TaskRow): void {
  const { ordinal } = statements.run(insertTask, clientId, row.id, ...shared(row));
  writeTags(statements, clientId, ordinal, row.tags);
  writeDependencies(statements, clientId, ordinal, row);
  writeSearch(statements, ordinal, row);
}

function update(statements: StatementCache, clientId: string, row: TaskRow, stored: Stored): void {
  const { ordinal } = stored;
  statements.run(updateTask, ...shared(row), ordinal);
  const sameTags = stored.tags === JSON.stringify(row.tags);
  if (!sameTags) {
    statements.run('DELETE FROM task_tag WHERE ordinal = ?', ordinal);
    writeTags(statements, clientId, ordinal, row.tags);
  }
  if (stored.depends_on !== JSON.stringify(row.dependsOn)) {
    statements.run('DELETE FROM task_dependency WHERE ordinal = ?', ordinal);
    writeDependencies(statements, clientId, ordinal, row);
  }
  if (!sameTags || stored.title !== row.title || stored.description !== row.description) {
    statements.run('DELETE FROM task_search WHERE rowid = ?', ordinal);
    writeSearch(statements, ordinal, row);
  }
}

function writeTags(statements: StatementCache, clientId: string, ordinal: number, tags: readonly string[]): void {
  for (const tag of tags) statements.run('INSERT INTO task_tag VALUES (?, ?, ?)', clientId, tag, ordinal);
}

function writeDependencies(statements: StatementCache, clientId: string, ordinal: number, row: TaskRow): void {
  for (const id of row.dependsOn) {
    statements.run('INSERT INTO task_dependency VALUES (?, ?, ?, ?)', ordinal, clientId, row.id, id);
  }
}

function writeSearch(statements: StatementCache, ordinal: number, row: TaskRow): void {
  statements.run(
    'INSERT INTO task_search (rowid, title, description, tags) VALUES (?, ?, ?, ?)',
    ordinal,
    row.title,
    row.description,
    row.tags.join(' '),
  );
}
