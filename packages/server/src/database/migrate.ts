import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { StartRefused } from '../start-refused.ts';
import { syncFile, syncFolder } from './sync-to-disk.ts';

/** Written into every database file, so that a file of another program is recognised: "LVib". */
export const applicationId = 0x4c566962;

/** One step of the schema, from a file `NNNN-name.sql`. */
export type Migration = { number: number; name: string; sql: string };

const shippedFolder = fileURLToPath(new URL('../../migrations/sqlite/', import.meta.url));

/** The migrations in a folder, in order. */
export function readMigrations(folder: string = shippedFolder): Migration[] {
  return readdirSync(folder)
    .filter((name) => /^\d{4}-[a-z0-9-]+\.sql$/.test(name))
    .sort()
    .map((name) => ({ number: Number(name.slice(0, 4)), name, sql: readFileSync(join(folder, name), 'utf8') }));
}

export const schemaVersion = (database: DatabaseSync): number =>
  (database.prepare('PRAGMA user_version').get() as { user_version: number }).user_version;

/** Throws `StartRefused` when the database has a schema that is newer than all of these migrations. */
export function assertKnownSchema(database: DatabaseSync, file: string, migrations: readonly Migration[]): void {
  const present = schemaVersion(database);
  const newest = migrations.at(-1)?.number ?? 0;
  if (present <= newest) return;
  throw new StartRefused(
    `The database ${file} was written by a newer LeanVibe (schema ${present}; this one knows ${newest}). Update LeanVibe, or restore an older backup.`,
  );
}

/**
 * Brings the schema up to date. A file with data is backed up first, beside it in `backups/`. Each step is one transaction that
 * also sets the new version, so a crash leaves either the old schema or the new one.
 */
export function migrate(database: DatabaseSync, file: string, migrations: readonly Migration[]): void {
  assertKnownSchema(database, file, migrations);
  const present = schemaVersion(database);
  const pending = migrations.filter((migration) => migration.number > present);
  if (present > 0 && pending.length > 0) backUpBefore(database, file, pending[0]!);
  for (const { number, name, sql } of pending) {
    try {
      database.exec(
        `BEGIN IMMEDIATE; ${sql}; PRAGMA user_version = ${number}; PRAGMA application_id = ${applicationId}; COMMIT`,
      );
    } catch (error) {
      if (database.isTransaction) database.exec('ROLLBACK');
      throw new StartRefused(`The migration ${name} of ${file} failed; the database is as it was.`, { cause: error });
    }
  }
}

// Named by the step, and complete or absent: an interrupted copy is made again. On the disk before anything is changed.
function backUpBefore(database: DatabaseSync, file: string, migration: Migration): void {
  const folder = join(dirname(file), 'backups');
  const target = join(folder, `before-${migration.name.replace(/\.sql$/, '')}.db`);
  if (existsSync(target)) return;
  mkdirSync(folder, { recursive: true });
  const unfinished = `${target}.unfinished`;
  rmSync(unfinished, { force: true });
  database.prepare('VACUUM INTO ?').run(unfinished);
  syncFile(unfinished);
  renameSync(unfinished, target);
  syncFolder(folder);
  syncFolder(dirname(folder));
}
