import type { DatabaseSync } from 'node:sqlite';

/** A task of some board, as clients get it. */
export type ScannedTask = { client_id: string; id: string; doc: string };

// In the order in which the rows lie in the file: sorting would take longer than all the rest.
const everyTask = 'SELECT client_id, id, doc FROM task WHERE deleted_at IS NULL ORDER BY ordinal';

/** Every task of every board at one moment, oldest first, one at a time. */
export function* scanBoards(database: DatabaseSync): Generator<ScannedTask> {
  database.exec('BEGIN');
  try {
    for (const row of database.prepare(everyTask).iterate()) yield row as ScannedTask;
  } finally {
    database.exec('COMMIT');
  }
}
