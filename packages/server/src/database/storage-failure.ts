import { HubError } from '../hub-error.ts';

/**
 * How the storage failed. `full`: no space, everything that is stored is fine, and writing goes on when there is space. `failed`:
 * what is on the disk is no longer known (a failed sync, a damaged file); the process must stop and verify on restart.
 * `unavailable`: this one write could not be made.
 */
export type StorageFailure = { kind: 'full' | 'failed' | 'unavailable'; message: string };

// Primary result codes, https://www.sqlite.org/rescode.html
const sqliteIoError = 10;
const sqliteCorrupt = 11;
const sqliteFull = 13;
const sqliteConstraint = 19;
const sqliteNotADatabase = 26;

const resultCode = (error: unknown): number | null =>
  error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' ? error.errcode : null;

/** Whether a unique index or primary key refused a row. */
export function isUniqueViolation(error: unknown): boolean {
  const code = resultCode(error);
  return code !== null && (code & 0xff) === sqliteConstraint;
}

/** What an error of SQLite means for the store. */
export function storageFailure(error: unknown): StorageFailure {
  const message = error instanceof Error ? error.message : String(error);
  const code = resultCode(error);
  if (code === null) return { kind: 'unavailable', message };
  const primary = code & 0xff;
  if (primary === sqliteFull) return { kind: 'full', message };
  if (primary === sqliteIoError || primary === sqliteCorrupt || primary === sqliteNotADatabase) {
    return { kind: 'failed', message: `${message} (SQLite ${code})` };
  }
  return { kind: 'unavailable', message: `${message} (SQLite ${code})` };
}

/** The refusal that a caller gets for a storage failure. */
export function storageRefusal(failure: StorageFailure): HubError {
  const cause = new Error(failure.message);
  return failure.kind === 'full'
    ? new HubError('storage-full', undefined, { cause })
    : new HubError('storage-unavailable', undefined, { cause });
}
