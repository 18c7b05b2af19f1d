import type { StatementCache } from './sqlite-connection.ts';

/** What is past keeping. Times are RFC 3339. */
export type PurgeLimits = { eventsBefore: string; maxEvents: number; deletedBefore: string; receiptsBefore: string };

/** Rows that one step removes at most, so that writers wait for milliseconds only. */
const stepRows = 1000;

type Workspace = { client_id: string; seq: number; first_seq: number };

/** Removes one step's worth of rows. True: there may be more. */
export function purgeStep(statements: StatementCache, limits: PurgeLimits): boolean {
  return purgeEvents(statements, limits) || purgeDeletedTasks(statements, limits) || purgeReceipts(statements, limits);
}

// Only the front of a log is ever cut: by order, not by time, so that a clock that jumps can neither tear a gap nor reorder.
function purgeEvents(statements: StatementCache, { eventsBefore, maxEvents }: PurgeLimits): boolean {
  const workspaces = statements.all<Workspace>(
    'SELECT client_id, seq, first_seq FROM workspace WHERE first_seq <= seq',
  );
  for (const { client_id, seq, first_seq } of workspaces) {
    const surplusEnd = Math.min(seq - maxEvents, first_seq + stepRows - 1);
    const end = Math.max(surplusEnd, endOfOldPrefix(statements, client_id, eventsBefore));
    if (end < first_seq) continue;
    statements.run('DELETE FROM event WHERE client_id = ? AND seq <= ?', client_id, end);
    statements.run('UPDATE workspace SET first_seq = ? WHERE client_id = ?', end + 1, client_id);
    return true;
  }
  return false;
}

const front = 'SELECT seq, timestamp FROM event WHERE client_id = ? ORDER BY seq LIMIT ?';

function endOfOldPrefix(statements: StatementCache, clientId: string, before: string): number {
  let end = 0;
  for (const event of statements.all<{ seq: number; timestamp: string }>(front, clientId, stepRows)) {
    if (event.timestamp >= before) break;
    end = event.seq;
  }
  return end;
}

function purgeDeletedTasks(statements: StatementCache, { deletedBefore }: PurgeLimits): boolean {
  const rows = statements.all<{ ordinal: number }>(
    'SELECT ordinal FROM task WHERE deleted_at IS NOT NULL AND deleted_at < ? LIMIT ?',
    deletedBefore,
    stepRows,
  );
  for (const { ordinal } of rows) {
    statements.run('DELETE FROM task_search WHERE rowid = ?', ordinal);
    statements.run('DELETE FROM task WHERE ordinal = ?', ordinal);
  }
  return rows.length > 0;
}

const oldReceipts = `DELETE FROM receipt WHERE (client_id, key) IN
  (SELECT client_id, key FROM receipt WHERE created_at < ? LIMIT ?)`;

function purgeReceipts(statements: StatementCache, { receiptsBefore }: PurgeLimits): boolean {
  return statements.run(oldReceipts, receiptsBefore, stepRows).changes > 0;
}
