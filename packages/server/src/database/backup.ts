import { copyFileSync, existsSync, linkSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StartRefused } from '../start-refused.ts';
import { dataFiles, type LockedDataFolder } from './data-folder.ts';
import { applicationId, readMigrations, schemaVersion } from './migrate.ts';
import { assertUndamaged, newEpoch } from './prepare-database.ts';
import { syncFile, syncFolder } from './sync-to-disk.ts';

const backupFolder = (file: string): string => join(dirname(file), 'backups');

/** A time as it stands in a file name. */
const fileStamp = (at: Date): string => at.toISOString().replaceAll(/[:.]/g, '-');

/**
 * Writes a complete, consistent copy of the database of a data folder, also while a server writes to it. `target` undefined: into
 * `backups/` beside it. `file` is the database where it is not in the folder. The copy appears whole or not at all. Returns its path.
 */
export function backUp(
  folder: string,
  target: string | undefined,
  now: Date,
  file: string = dataFiles(folder).database,
): string {
  if (!existsSync(file)) throw new StartRefused(`There is no database ${file}.`);
  const path = resolve(target ?? join(backupFolder(file), `leanvibe-${fileStamp(now)}.db`));
  if (existsSync(path)) throw new StartRefused(`${path} exists already; a backup never overwrites a file.`);
  mkdirSync(dirname(path), { recursive: true });
  const unfinished = `${path}.unfinished`;
  rmSync(unfinished, { force: true });
  const database = new DatabaseSync(file, { readOnly: true, timeout: 5000 });
  try {
    database.prepare('VACUUM INTO ?').run(unfinished);
  } finally {
    database.close();
  }
  syncFile(unfinished);
  renameSync(unfinished, path);
  syncFolder(dirname(path));
  return path;
}

/**
 * Puts a backup in the place of the database of a locked folder. The present database is kept in `backups/`; its path is returned
 * (null: there was none). The log gets a new epoch, so that cursors from after the backup are recognised as void.
 */
export function restore(
  locked: LockedDataFolder,
  backup: string,
  now: Date,
  file: string = dataFiles(locked.folder).database,
): string | null {
  const source = resolve(backup);
  if (!existsSync(source)) throw new StartRefused(`There is no file ${source}.`);
  mkdirSync(dirname(file), { recursive: true });
  const incoming = `${file}.restoring`;
  for (const leftover of [incoming, `${incoming}-wal`, `${incoming}-shm`]) rmSync(leftover, { force: true });
  copyFileSync(source, incoming);
  try {
    renewEpoch(incoming, source);
  } catch (error) {
    rmSync(incoming, { force: true });
    throw error;
  }
  syncFile(incoming);
  const kept = existsSync(file) ? join(backupFolder(file), `replaced-${fileStamp(now)}.db`) : null;
  if (kept) setAside(file, kept);
  renameSync(incoming, file);
  syncFolder(dirname(file));
  return kept;
}

function renewEpoch(file: string, source: string): void {
  const database = openForCheck(file, source);
  try {
    const { application_id } = database.prepare('PRAGMA application_id').get() as { application_id: number };
    if (application_id !== applicationId) throw new StartRefused(`${source} is not a LeanVibe database.`);
    if (schemaVersion(database) > (readMigrations().at(-1)?.number ?? 0)) {
      throw new StartRefused(`${source} was written by a newer LeanVibe. Update LeanVibe first.`);
    }
    assertUndamaged(database, source);
    database.exec('PRAGMA journal_mode = DELETE');
    database.prepare("UPDATE meta SET value = ? WHERE key = 'epoch'").run(newEpoch());
  } finally {
    database.close();
  }
}

function openForCheck(file: string, source: string): DatabaseSync {
  const database = new DatabaseSync(file);
  try {
    database.prepare('SELECT count(*) FROM sqlite_schema').get();
    return database;
  } catch (error) {
    database.close();
    throw new StartRefused(`${source} is not a LeanVibe database.`, { cause: error });
  }
}

// The write-ahead log belongs to the database it was written for: first everything goes into the one file.
function setAside(file: string, kept: string): void {
  mkdirSync(dirname(kept), { recursive: true });
  try {
    const database = new DatabaseSync(file);
    database.exec('PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode = DELETE');
    database.close();
  } catch {
    // A damaged database is kept as it is, its log beside it: that is why one restores.
    if (existsSync(`${file}-wal`)) renameSync(`${file}-wal`, `${kept}-wal`);
  }
  rmSync(`${file}-shm`, { force: true });
  addName(file, kept);
  syncFolder(dirname(kept));
}

// A second name, and not a move: at no moment is there no database, or a start right after a power cut would make an empty one.
function addName(file: string, name: string): void {
  try {
    linkSync(file, name);
  } catch {
    // Not every file system knows several names for a file.
    copyFileSync(file, name);
    syncFile(name);
  }
}
