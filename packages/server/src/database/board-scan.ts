import type { DatabaseSync } from 'node:sqlite';

/** A task of some board, as clients get it. */
export type ScannedTask = { client_id: string; id: string; doc: string };

const everyTask = `SELECT client_id, id, doc FROM task WHERE deleted_at IS NULL ORDER BY client_id, column_order, position`;

/** Every task of every board at one moment, by workspace and in board order, one at a time. */
export function* scanBoards(database: DatabaseSync): Generator<ScannedTask> {
  database.exec('BEGIN');
  try {
    for (const row of database.prepare(everyTask).iterate()) yield row as ScannedTask;
  } finally {
    database.exec('COMMIT');
  }
}
