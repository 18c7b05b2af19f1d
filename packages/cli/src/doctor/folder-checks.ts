import { accessSync, constants, existsSync, statfsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { dataFiles, readServerInfo, type ServerInfo } from '@leanvibe/server/database/data-folder';
import { reasonOf, resultsOf, type CheckResult } from './check-result.ts';

const gibibyte = 2 ** 30;
const leastFreeBytes = 64 * 2 ** 20;

/** The folder itself, or the nearest one above it that exists. */
const nearestExisting = (path: string): string => (existsSync(path) ? path : nearestExisting(dirname(path)));

/** Whether the data folder can be used, or be made. */
export function checkFolder(folder: string): CheckResult {
  const { ok, fail } = resultsOf('data folder');
  const present = nearestExisting(folder);
  if (!statSync(present).isDirectory())
    return fail(`${present} is not a folder`, 'Choose another with LEANVIBE_DATA_DIR.');
  try {
    accessSync(present, constants.R_OK | constants.W_OK | constants.X_OK);
    return ok(present === folder ? folder : `${folder} (made at the first start)`);
  } catch (error) {
    return fail(
      `${folder} cannot be written (${reasonOf(error)})`,
      'Choose another with LEANVIBE_DATA_DIR, or give yourself the right to write there.',
    );
  }
}

/** Whether there is room for what is to come. */
export function checkDisk(folder: string): CheckResult {
  const { ok, warn, fail } = resultsOf('disk space');
  try {
    const { bavail, bsize } = statfsSync(nearestExisting(folder));
    const freeBytes = bavail * bsize;
    const free = `${(freeBytes / gibibyte).toFixed(1)} GiB free`;
    if (freeBytes < leastFreeBytes) return fail(free, 'Free some space: writing stops when the disk is full.');
    return freeBytes < gibibyte
      ? warn(free, 'Free some space soon: backups and migrations need room for a copy.')
      : ok(free);
  } catch (error) {
    return warn(`it cannot be told (${reasonOf(error)})`, 'See to it yourself that there is room.');
  }
}

/** Whether a process uses the folder, as its lock says, and what the server that does says of itself. */
export type FolderUse = { locked: boolean; server: ServerInfo | null; trouble: string | null };

/** Looks at the lock without taking it. */
export function folderUse(folder: string): FolderUse {
  const { lock } = dataFiles(folder);
  if (!existsSync(lock)) return { locked: false, server: null, trouble: null };
  try {
    const locked = isHeld(lock);
    return { locked, server: locked ? readServerInfo(folder) : null, trouble: null };
  } catch (error) {
    return { locked: false, server: null, trouble: reasonOf(error) };
  }
}

const busyCodes = new Set([5, 6]);

function isHeld(lock: string): boolean {
  const database = new DatabaseSync(lock, { readOnly: true, timeout: 0 });
  try {
    database.prepare('SELECT count(*) FROM sqlite_schema').get();
    return false;
  } catch (error) {
    // The low byte is the kind of the error, whatever the details.
    if (error instanceof Error && 'errcode' in error && busyCodes.has(Number(error.errcode) & 0xff)) return true;
    throw error;
  } finally {
    database.close();
  }
}

/** Who uses the folder. */
export function checkLock(folder: string, { locked, server, trouble }: FolderUse): CheckResult {
  const { ok, warn, fail } = resultsOf('lock');
  if (trouble !== null) {
    return fail(`${dataFiles(folder).lock} cannot be read (${trouble})`, 'Remove it while no LeanVibe runs.');
  }
  if (!locked) return ok('no LeanVibe uses the folder');
  if (server) return ok(`in use by process ${server.pid}, at ${server.url}, since ${server.started_at}`);
  return warn(
    `another process uses ${folder} and does not say where it listens`,
    'It may be starting, or restoring a backup. Look again in a moment.',
  );
}
