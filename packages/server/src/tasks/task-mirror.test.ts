import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openSqliteStore, type SqliteStore } from '../database/sqlite-store.ts';
import { eventOf, idOf, taskRow } from '../database/store-fixture.ts';
import { StartRefused } from '../start-refused.ts';
import { TaskMirror } from './task-mirror.ts';

describe('TaskMirror', () => {
  let folder: string;
  let path: string;
  let databaseFile: string;
  let store: SqliteStore;
  const log = { info: vi.fn(), warn: vi.fn() };

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'leanvibe-mirror-'));
    mkdirSync(join(folder, 'data'));
    mkdirSync(join(folder, 'out'));
    databaseFile = join(folder, 'data', 'leanvibe.db');
    path = join(folder, 'out', 'tasks.json');
    store = await openSqliteStore({ file: databaseFile });
    log.info.mockReset();
    log.warn.mockReset();
  });
  afterEach(async () => {
    await store.close();
    rmSync(folder, { recursive: true });
  });

  const open = (): TaskMirror =>
    new TaskMirror({ path, databaseFile, onAppend: (listener) => store.onAppend(listener), log });
  const write = (clientId: string, n: number, version = 1) =>
    store.commit({
      clientId,
      tasks: [{ row: taskRow(n, { version }), expectedVersion: version - 1 }],
      events: [eventOf(n)],
    });
  const mirror = (): Record<string, { title: string; version: number }> => JSON.parse(readFileSync(path, 'utf8'));
  const titles = (): string[] => Object.values(mirror()).map(({ title }) => title);

  it('[T13] writes the file at the start, also over an older one', async () => {
    writeFileSync(path, '{"old": {}}');
    await write('w', 1);
    await using taskMirror = open();
    await taskMirror.written;
    expect(Object.keys(mirror())).toEqual([idOf(1)]);
    expect(taskMirror.health()).toEqual({ status: 'ok' });
  });

  it('[T13] follows commits, over all workspaces', async () => {
    await using taskMirror = open();
    await taskMirror.written;
    expect(mirror()).toEqual({});
    await write('w', 1);
    await write('v', 1);
    await write('v', 2);
    await vi.waitFor(() => expect(Object.keys(mirror())).toEqual([idOf(1), `v/${idOf(1)}`, idOf(2)]), 5000);
    expect(readdirSync(join(folder, 'out'))).toEqual(['tasks.json']);
  });

  it('[T13] is a whole JSON object at every read while 64 write, and complete at the end', async () => {
    const taskMirror = open();
    await taskMirror.written;
    let isWriting = true;
    const writers = Array.from({ length: 64 }, async (_, writer) => {
      for (let version = 1; version <= 10; version += 1) await write('w', writer, version);
    });
    const reader = (async () => {
      const states = new Set<string>();
      while (isWriting) {
        const text = readFileSync(path, 'utf8');
        const versions = Object.values(JSON.parse(text) as ReturnType<typeof mirror>).map(({ version }) => version);
        expect(versions.every((version) => version >= 1 && version <= 10)).toBe(true);
        states.add(text);
        await new Promise((resolve) => setImmediate(resolve));
      }
      return states.size;
    })();
    await Promise.all(writers);
    isWriting = false;
    expect(await reader).toBeGreaterThan(0);
    await taskMirror[Symbol.asyncDispose]();
    expect(Object.values(mirror()).map(({ version }) => version)).toEqual(Array.from({ length: 64 }, () => 10));
  });

  it('[T13] writes the last state before it ends', async () => {
    const taskMirror = open();
    await write('w', 1);
    await write('w', 2);
    await taskMirror[Symbol.asyncDispose]();
    expect(titles()).toEqual(['Task 1', 'Task 2']);
    await taskMirror[Symbol.asyncDispose]();
  });

  it('[T13] tells that the folder is gone, and goes on when it is back', async () => {
    await using taskMirror = open();
    await taskMirror.written;
    renameSync(join(folder, 'out'), join(folder, 'away'));
    await write('w', 1);
    await vi.waitFor(() => expect(taskMirror.health().status).toBe('degraded'), 5000);
    expect(log.warn).toHaveBeenCalledWith(
      expect.objectContaining({ reason: expect.stringContaining('ENOENT') }),
      expect.any(String),
    );
    renameSync(join(folder, 'away'), join(folder, 'out'));
    await vi.waitFor(() => expect(taskMirror.health().status).toBe('ok'), 5000);
    expect(titles()).toEqual(['Task 1']);
    expect(log.warn).toHaveBeenCalledTimes(1);
    expect(log.info).toHaveBeenCalledTimes(1);
  });

  it('[T13] ends although the file cannot be written', async () => {
    const taskMirror = open();
    await taskMirror.written;
    rmSync(join(folder, 'out'), { recursive: true });
    await write('w', 1);
    await taskMirror[Symbol.asyncDispose]();
    expect(existsSync(path)).toBe(false);
    expect(taskMirror.health().status).toBe('degraded');
  });

  it('[T13] leaves the permissions of the file as they are, and follows no link at its draft', async () => {
    writeFileSync(path, '{}');
    chmodSync(path, 0o640);
    writeFileSync(join(folder, 'victim'), 'untouched');
    symlinkSync(join(folder, 'victim'), `${path}.new`);
    await using taskMirror = open();
    await taskMirror.written;
    expect(statSync(path).mode & 0o777).toBe(0o640);
    expect(readFileSync(join(folder, 'victim'), 'utf8')).toBe('untouched');
  });

  it('[T13] refuses to start where it would destroy the database', () => {
    path = databaseFile;
    expect(open).toThrow(StartRefused);
  });
});
