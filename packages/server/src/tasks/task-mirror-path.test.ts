import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { StartRefused } from '../start-refused.ts';
import { mirrorPath } from './task-mirror-path.ts';

describe('mirrorPath', () => {
  let folder: string;
  let database: string;
  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'leanvibe-mirror-path-')));
    mkdirSync(join(folder, 'data'));
    database = join(folder, 'data', 'leanvibe.db');
    writeFileSync(database, '');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('[T13] takes a new file, an existing one, and one beside the database', () => {
    const path = join(folder, 'tasks.json');
    expect(mirrorPath(path, database)).toBe(path);
    writeFileSync(path, '{}');
    expect(mirrorPath(path, database)).toBe(path);
    expect(mirrorPath(join(folder, 'data', 'tasks.json'), database)).toBe(join(folder, 'data', 'tasks.json'));
  });

  it('[T13] follows a link to the file that is meant', () => {
    writeFileSync(join(folder, 'real.json'), '{}');
    symlinkSync(join(folder, 'real.json'), join(folder, 'link.json'));
    expect(mirrorPath(join(folder, 'link.json'), database)).toBe(join(folder, 'real.json'));
  });

  it.each([
    'leanvibe.db',
    'LeanVibe.db',
    'leanvibe.db-wal',
    'leanvibe.db-shm',
    'leanvibe.db-journal',
    'leanvibe.lock',
    'server.json',
    'backups',
  ])('[T13] refuses the server’s own %s', (name) => {
    expect(() => mirrorPath(join(folder, 'data', name), database)).toThrow(StartRefused);
    expect(() => mirrorPath(join(folder, 'data', name), database)).toThrow(/own data/);
  });

  it('[T13] refuses the database under another name', () => {
    symlinkSync(database, join(folder, 'tasks.json'));
    expect(() => mirrorPath(join(folder, 'tasks.json'), database)).toThrow(/own data/);
  });

  it('[T13] refuses a folder, a file in a missing folder, and one below a file', () => {
    expect(() => mirrorPath(folder, database)).toThrow(/is a folder/);
    expect(() => mirrorPath(join(folder, 'gone', 'tasks.json'), database)).toThrow(/no folder/);
    expect(() => mirrorPath(join(database, 'tasks.json'), database)).toThrow(StartRefused);
  });
});
