import { randomBytes } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { StartRefused } from '../start-refused.ts';
import { logDisagreement } from './log-agreement.ts';
import { applicationId, assertKnownSchema, migrate, readMigrations, type Migration } from './migrate.ts';
import { openReadConnection, openWriteConnection } from './sqlite-connection.ts';
import { storageFailure } from './storage-failure.ts';

/** Makes the file ready for use: ours, undamaged, with the newest schema and an epoch. Throws `StartRefused` and leaves it as it was. */
export function prepareDatabase(file: string, migrations: readonly Migration[] = readMigrations()): void {
  let database: DatabaseSync | undefined;
  try {
    if (existsSync(file) && statSync(file).size > 0) assertUsable(file, migrations);
    database = openWriteConnection(file);
    migrate(database, file, migrations);
    database.exec("DELETE FROM meta WHERE key = 'closed_cleanly'");
    database.prepare("INSERT OR IGNORE INTO meta VALUES ('epoch', ?)").run(newEpoch());
  } catch (error) {
    if (error instanceof StartRefused) throw error;
    throw new StartRefused(explain(error, file), { cause: error });
  } finally {
    database?.close();
  }
}

// A connection that may write changes the file by being opened (the journal mode) and closed (the write-ahead log is copied into it):
// so the looking is done by one that may not.
function assertUsable(file: string, migrations: readonly Migration[]): void {
  // Unless the making of the file was interrupted: only a connection that may write can undo what was half done.
  const database = existsSync(`${file}-journal`) ? new DatabaseSync(file) : openReadConnection(file);
  try {
    assertOurs(database, file);
    assertKnownSchema(database, file, migrations);
    if (!wasClosedCleanly(database)) assertUndamaged(database, file);
  } finally {
    database.close();
  }
}

/** A name that no log has had before. */
export const newEpoch = (): string => randomBytes(12).toString('base64url');

function assertOurs(database: DatabaseSync, file: string): void {
  const { application_id } = database.prepare('PRAGMA application_id').get() as { application_id: number };
  const { tables } = database.prepare('SELECT count(*) AS tables FROM sqlite_schema').get() as { tables: number };
  if (application_id !== applicationId && tables > 0) {
    throw new StartRefused(
      `${file} is a database of another program. Choose another data folder with LEANVIBE_DATA_DIR.`,
    );
  }
}

function wasClosedCleanly(database: DatabaseSync): boolean {
  const known = database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'meta'").get();
  return known !== undefined && database.prepare("SELECT 1 FROM meta WHERE key = 'closed_cleanly'").get() !== undefined;
}

/** Reads the whole file and compares what should agree: indexes with their tables, boards with their logs. */
export function assertUndamaged(database: DatabaseSync, file: string): void {
  const rows = database.prepare('PRAGMA integrity_check(5)').all() as { integrity_check: string }[];
  const faults = rows.map((row) => row.integrity_check).filter((fault) => fault !== 'ok');
  const damage = faults.length > 0 ? faults.join('; ') : logDisagreement(database);
  if (damage === null) return;
  throw new StartRefused(
    `The database ${file} is damaged (${damage}). It was not changed. Restore a backup: leanvibe restore <file>.`,
  );
}

function explain(error: unknown, file: string): string {
  const { kind, message } = storageFailure(error);
  if (kind === 'full') return `The disk of ${file} is full (${message}). Free some space and start again.`;
  if (kind === 'failed') {
    return `The database ${file} cannot be read (${message}). It was not changed. Restore a backup: leanvibe restore <file>.`;
  }
  return `The database ${file} cannot be opened (${message}). Its folder must be writable, and no other program may hold it.`;
}
