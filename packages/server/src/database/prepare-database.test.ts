import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { StartRefused } from '../start-refused.ts';
import { readMigrations, schemaVersion, type Migration } from './migrate.ts';
import { prepareDatabase } from './prepare-database.ts';
import { openSqliteStore } from './sqlite-store.ts';
import { creation, idOf, temporaryFolder } from './store-fixture.ts';

const refusal = (work: () => void): string => {
  try {
    work();
  } catch (error) {
    expect(error).toBeInstanceOf(StartRefused);
    return (error as Error).message;
  }
  return expect.fail('was not refused');
};

const shipped = readMigrations();
const addition: Migration = {
  number: shipped.at(-1)!.number + 1,
  name: '9999-addition.sql',
  sql: 'CREATE TABLE addition (a TEXT) STRICT',
};

const tables = (file: string): string[] => {
  const database = new DatabaseSync(file, { readOnly: true });
  const rows = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all() as { name: string }[];
  database.close();
  return rows.map((row) => row.name);
};

async function fileWithTask(folder: string): Promise<string> {
  const file = join(folder, 'test.db');
  const store = await openSqliteStore({ file, thread: false });
  await store.commit(creation('alpha', 1));
  await store.close();
  return file;
}

it('[C4] numbers its migrations without gaps', () => {
  expect(shipped.map((migration) => migration.number)).toEqual(shipped.map((_, index) => index + 1));
});

it('[C4] backs a database with data up before it migrates, and only then', async () => {
  using folder = temporaryFolder();
  const file = await fileWithTask(folder.path);
  expect(readdirSync(folder.path)).toEqual(['test.db']);
  prepareDatabase(file, [...shipped, addition]);
  expect(tables(file)).toContain('addition');
  const backup = join(folder.path, 'backups', 'before-9999-addition.db');
  expect(tables(backup)).not.toContain('addition');
  const store = await openSqliteStore({ file: backup, thread: false });
  expect(await store.task('alpha', idOf(1))).not.toBeNull();
  await store.close();
  prepareDatabase(file, [...shipped, addition]);
  expect(readdirSync(join(folder.path, 'backups')).filter((name) => name.endsWith('.db'))).toEqual([
    'before-9999-addition.db',
  ]);
});

it('[C4] leaves the database as it was when a migration fails', async () => {
  using folder = temporaryFolder();
  const file = await fileWithTask(folder.path);
  const broken = { ...addition, sql: 'CREATE TABLE half (a TEXT) STRICT; CREATE TABLE half (a TEXT) STRICT' };
  expect(refusal(() => prepareDatabase(file, [...shipped, broken]))).toMatch(
    /9999-addition\.sql .* failed; the database is as it was/,
  );
  expect(tables(file)).not.toContain('half');
  const store = await openSqliteStore({ file, thread: false });
  expect(await store.task('alpha', idOf(1))).not.toBeNull();
  await store.close();
});

it('[C4] makes an interrupted backup again', async () => {
  using folder = temporaryFolder();
  const file = await fileWithTask(folder.path);
  mkdirSync(join(folder.path, 'backups'));
  const unfinished = join(folder.path, 'backups', 'before-9999-addition.db.unfinished');
  writeFileSync(unfinished, 'half a copy');
  prepareDatabase(file, [...shipped, addition]);
  expect(readdirSync(join(folder.path, 'backups'))).toEqual(['before-9999-addition.db']);
});

it('[C4] refuses a database that is newer than the program', async () => {
  using folder = temporaryFolder();
  const file = await fileWithTask(folder.path);
  prepareDatabase(file, [...shipped, addition]);
  expect(refusal(() => prepareDatabase(file))).toMatch(/written by a newer LeanVibe/);
  const database = new DatabaseSync(file);
  expect(schemaVersion(database)).toBe(addition.number);
  database.close();
});

it('[C4] refuses a file that is no database, or that of another program, and does not touch it', () => {
  using folder = temporaryFolder();
  const text = join(folder.path, 'text.db');
  writeFileSync(
    text,
    'this is not a database, but it is long enough to be taken for one by its size alone '.repeat(20),
  );
  const before = readFileSync(text);
  expect(refusal(() => prepareDatabase(text))).toMatch(/cannot be read .* leanvibe restore/);
  expect(readFileSync(text).equals(before)).toBe(true);
  const foreign = join(folder.path, 'foreign.db');
  const database = new DatabaseSync(foreign);
  database.exec('CREATE TABLE photos (a TEXT)');
  database.close();
  const photos = readFileSync(foreign);
  expect(refusal(() => prepareDatabase(foreign))).toMatch(/another program/);
  expect(readFileSync(foreign).equals(photos)).toBe(true);
});

it('[C4] refuses a damaged database after a crash', async () => {
  using folder = temporaryFolder();
  const file = join(folder.path, 'test.db');
  const store = await openSqliteStore({ file, thread: false });
  await Promise.all(Array.from({ length: 300 }, (_, n) => store.commit(creation('alpha', n))));
  await store.close();
  const bytes = readFileSync(file);
  // Page 2 onwards holds rows; wipe a stretch in the middle and take the mark of a clean end away.
  bytes.fill(0xa5, Math.floor(bytes.length / 2), Math.floor(bytes.length / 2) + 20_000);
  writeFileSync(file, bytes);
  const database = new DatabaseSync(file);
  database.exec("DELETE FROM meta WHERE key = 'closed_cleanly'");
  database.close();
  expect(refusal(() => prepareDatabase(file))).toMatch(/damaged|cannot be read/);
});

it('[C4] says what is the matter with a folder that is not there', () => {
  using folder = temporaryFolder();
  expect(refusal(() => prepareDatabase(join(folder.path, 'missing', 'test.db')))).toMatch(/cannot be opened/);
});

it('[E1] gives each new database an epoch of its own', async () => {
  using folder = temporaryFolder();
  const one = await openSqliteStore({ file: join(folder.path, 'one.db'), thread: false });
  const other = await openSqliteStore({ file: join(folder.path, 'other.db'), thread: false });
  expect(one.epoch).not.toBe(other.epoch);
  await one.close();
  await other.close();
});
