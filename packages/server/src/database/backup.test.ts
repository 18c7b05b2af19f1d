import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { backUp, restore } from './backup.ts';
import { dataFiles, lockDataFolder } from './data-folder.ts';
import { openSqliteStore } from './sqlite-store.ts';
import { creation, idOf, temporaryFolder } from './store-fixture.ts';

const now = new Date('2026-11-22T11:05:12.345Z');

const openIn = (folder: string) => openSqliteStore({ file: dataFiles(folder).database, thread: false });

it('[C4] copies the database while it is written to', async () => {
  using temporary = temporaryFolder();
  const store = await openIn(temporary.path);
  await store.commit(creation('alpha', 1));
  const path = backUp(temporary.path, undefined, now);
  expect(path).toBe(join(temporary.path, 'backups', 'leanvibe-2026-11-22T11-05-12-345Z.db'));
  await store.commit(creation('alpha', 2));
  await store.close();
  const copy = await openSqliteStore({ file: path, thread: false });
  expect(await copy.task('alpha', idOf(1))).not.toBeNull();
  expect(await copy.task('alpha', idOf(2))).toBeNull();
  await copy.close();
  expect(() => backUp(temporary.path, path, now)).toThrow(/exists already/);
});

it('[C4] has nothing to back up in an empty folder', () => {
  using temporary = temporaryFolder();
  expect(() => backUp(temporary.path, undefined, now)).toThrow(/no database/);
});

it('[E5] restores a backup under a new epoch and keeps what it replaces', async () => {
  using temporary = temporaryFolder();
  const store = await openIn(temporary.path);
  await store.commit(creation('alpha', 1));
  const path = backUp(temporary.path, join(temporary.path, 'copy.db'), now);
  await store.commit(creation('alpha', 2));
  await store.close();
  const locked = lockDataFolder(temporary.path);
  const kept = restore(locked, path, now)!;
  locked.release();
  expect(readdirSync(temporary.path).filter((name) => name.includes('restoring'))).toEqual([]);
  const restored = await openIn(temporary.path);
  expect(restored.epoch).not.toBe(store.epoch);
  expect(await restored.task('alpha', idOf(2))).toBeNull();
  expect(await restored.head('alpha')).toMatchObject({ seq: 1 });
  await restored.close();
  const replaced = await openSqliteStore({ file: kept, thread: false });
  expect(await replaced.task('alpha', idOf(2))).not.toBeNull();
  expect(replaced.epoch).toBe(store.epoch);
  await replaced.close();
});

it('[E5] restores into an empty folder', async () => {
  using source = temporaryFolder();
  using target = temporaryFolder();
  const store = await openIn(source.path);
  await store.commit(creation('alpha', 1));
  await store.close();
  const path = backUp(source.path, undefined, now);
  const locked = lockDataFolder(target.path);
  expect(restore(locked, path, now)).toBeNull();
  locked.release();
  const restored = await openIn(target.path);
  expect(await restored.task('alpha', idOf(1))).not.toBeNull();
  await restored.close();
});

it('[C4] restores over a damaged database and keeps that for whoever wants to look', async () => {
  using temporary = temporaryFolder();
  const store = await openIn(temporary.path);
  await store.commit(creation('alpha', 1));
  await store.close();
  const path = backUp(temporary.path, join(temporary.path, 'copy.db'), now);
  const file = dataFiles(temporary.path).database;
  writeFileSync(file, 'damaged '.repeat(1000));
  writeFileSync(`${file}-wal`, 'its log');
  const locked = lockDataFolder(temporary.path);
  const kept = restore(locked, path, now)!;
  locked.release();
  expect(readFileSync(kept, 'utf8')).toContain('damaged');
  expect(readFileSync(`${kept}-wal`, 'utf8')).toBe('its log');
  expect(existsSync(`${file}-wal`)).toBe(false);
  const restored = await openIn(temporary.path);
  expect(await restored.task('alpha', idOf(1))).not.toBeNull();
  await restored.close();
});

it('[C4] refuses to restore what is missing, foreign or newer, and changes nothing', async () => {
  using temporary = temporaryFolder();
  const store = await openIn(temporary.path);
  await store.commit(creation('alpha', 1));
  await store.close();
  const file = dataFiles(temporary.path).database;
  const before = readFileSync(file);
  const text = join(temporary.path, 'text');
  writeFileSync(text, 'no database '.repeat(500));
  const foreign = join(temporary.path, 'foreign.db');
  new DatabaseSync(foreign).exec('CREATE TABLE a (b TEXT)');
  const newer = backUp(temporary.path, join(temporary.path, 'newer.db'), now);
  new DatabaseSync(newer).exec('PRAGMA user_version = 9999');
  const locked = lockDataFolder(temporary.path);
  expect(() => restore(locked, join(temporary.path, 'missing'), now)).toThrow(/There is no file/);
  expect(() => restore(locked, text, now)).toThrow(/not a LeanVibe database/);
  expect(() => restore(locked, foreign, now)).toThrow(/not a LeanVibe database/);
  expect(() => restore(locked, newer, now)).toThrow(/newer LeanVibe/);
  locked.release();
  expect(readFileSync(file).equals(before)).toBe(true);
  expect(existsSync(`${file}.restoring`)).toBe(false);
});
