import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { StartRefused } from '../start-refused.ts';
import { dataFiles, lockDataFolder, readServerInfo } from './data-folder.ts';
import { temporaryFolder } from './store-fixture.ts';

it('[S1] gives a data folder to one process at a time and names the one that has it', () => {
  using temporary = temporaryFolder();
  const folder = join(temporary.path, 'deep', 'data');
  const locked = lockDataFolder(folder);
  expect(locked.databaseFile).toBe(join(folder, 'leanvibe.db'));
  expect(() => lockDataFolder(folder)).toThrow(/in use by a running LeanVibe \(another process\)/);
  const info = { pid: 4711, url: 'http://127.0.0.1:8765', started_at: '2026-11-01T00:00:00.000Z' };
  locked.announce(info);
  expect(readServerInfo(folder)).toEqual(info);
  expect(() => lockDataFolder(folder)).toThrow(/process 4711, at http:\/\/127\.0\.0\.1:8765/);
  locked.release();
  expect(readServerInfo(folder)).toBeNull();
  lockDataFolder(folder).release();
});

it('[S1] refuses a folder that it cannot make', () => {
  using temporary = temporaryFolder();
  writeFileSync(join(temporary.path, 'file'), '');
  const attempt = () => lockDataFolder(join(temporary.path, 'file', 'data'));
  expect(attempt).toThrow(StartRefused);
  expect(attempt).toThrow(/cannot be written/);
});

it('[S1] refuses a folder whose lock cannot be made', () => {
  using temporary = temporaryFolder();
  mkdirSync(dataFiles(temporary.path).lock);
  expect(() => lockDataFolder(temporary.path)).toThrow(/cannot be locked/);
});

it('[S1] takes what is unreadable for no announcement', () => {
  using temporary = temporaryFolder();
  writeFileSync(dataFiles(temporary.path).server, 'not json');
  expect(readServerInfo(temporary.path)).toBeNull();
  expect(existsSync(dataFiles(temporary.path).server)).toBe(true);
});
