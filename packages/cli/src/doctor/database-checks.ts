import { existsSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { applicationId, readMigrations, schemaVersion } from '@leanvibe/server/database/migrate';
import { openReadConnection } from '@leanvibe/server/database/sqlite-connection';
import { reasonOf, resultsOf, type CheckResult } from './check-result.ts';

const restoreAdvice = 'Stop the server and restore a backup: leanvibe restore <file>.';
const futureToleranceMs = 60_000;

/** Reads the whole database and compares what should agree. Nothing is changed. */
export function checkDatabase(file: string, nowMs: number): CheckResult[] {
  const { ok, fail } = resultsOf('database');
  if (!existsSync(file)) {
    return [ok(`${file} does not exist yet (made at the first start)`), judgeClock(null, nowMs)];
  }
  let database: DatabaseSync | undefined;
  try {
    database = openReadConnection(file);
    const foreign = checkOwner(database, file);
    if (foreign) return [foreign];
    return [checkIntegrity(database, file), checkSchema(database), checkClock(database, nowMs)];
  } catch (error) {
    return [fail(`${file} cannot be read (${reasonOf(error)})`, restoreAdvice)];
  } finally {
    database?.close();
  }
}

function checkOwner(database: DatabaseSync, file: string): CheckResult | null {
  const { application_id: id } = database.prepare('PRAGMA application_id').get() as { application_id: number };
  if (id === applicationId) return null;
  return resultsOf('database').fail(
    `${file} is a database of another program`,
    'Choose another data folder with LEANVIBE_DATA_DIR.',
  );
}

function checkIntegrity(database: DatabaseSync, file: string): CheckResult {
  const { ok, fail } = resultsOf('database');
  const faults = (database.prepare('PRAGMA integrity_check(3)').all() as { integrity_check: string }[])
    .map((row) => row.integrity_check)
    .filter((text) => text !== 'ok');
  const dangling = database.prepare('PRAGMA foreign_key_check').all().length;
  if (faults.length > 0) return fail(`${file} is damaged (${faults.join('; ')})`, restoreAdvice);
  if (dangling > 0) return fail(`${file} has ${dangling} rows that refer to nothing`, restoreAdvice);
  return ok(`${file} is whole`);
}

function checkSchema(database: DatabaseSync): CheckResult {
  const { ok, fail } = resultsOf('schema');
  const present = schemaVersion(database);
  const newest = readMigrations().at(-1)?.number ?? 0;
  if (present > newest)
    return fail(
      `${present} is newer than this LeanVibe knows (${newest})`,
      'Update LeanVibe, or restore an older backup.',
    );
  return ok(
    present === newest ? `${present}, the newest` : `${present}; the next start brings it to ${newest}, after a backup`,
  );
}

function checkClock(database: DatabaseSync, nowMs: number): CheckResult {
  const { newest } = database.prepare('SELECT max(updated_at) AS newest FROM task').get() as { newest: string | null };
  return judgeClock(newest, nowMs);
}

/** The log is in the order of its numbers, so a wrong clock loses nothing; but times would be nonsense. */
function judgeClock(newest: string | null, nowMs: number): CheckResult {
  const { ok, warn } = resultsOf('clock');
  const aheadMs = newest === null ? 0 : Date.parse(newest) - nowMs;
  const now = new Date(nowMs).toISOString();
  if (aheadMs <= futureToleranceMs) return ok(now);
  return warn(
    `it says ${now}, but a task was changed at ${newest}`,
    'Set the clock of this machine, or let it follow a time server.',
  );
}
