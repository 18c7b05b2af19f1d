import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, closeSync, mkdirSync, openSync, readFileSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it, type TestContext } from 'vitest';
import { temporaryFolder } from '../src/database/store-fixture.ts';
import { ServerProcess } from './fault/server-process.ts';
import { WatchedServer } from './fault/watched-server.ts';

const patienceMs = 60_000;

const hashOf = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');

/** Starts a server that must refuse to: it says one thing, and exits with an error. */
async function refusalOf(folder: string, options: { userId?: number } = {}): Promise<string> {
  await using server = new ServerProcess({ folder, ...options });
  const { code, signal } = await server.ended;
  expect(signal).toBeNull();
  expect(code).not.toBe(0);
  // A message for a person, not a stack trace.
  expect(server.output).not.toMatch(/\n\s+at /);
  return server.output;
}

/** A folder with a database that was written to and closed in good order. */
async function writtenFolder(): Promise<WatchedServer> {
  const server = new WatchedServer(1);
  await server.start();
  await server.write(30);
  await server.endAndReconcile('SIGTERM');
  return server;
}

it(
  '[S1] a second server on the same data folder says who has it, and leaves the first alone',
  { timeout: patienceMs },
  async () => {
    await using first = new WatchedServer(1);
    await first.start();
    await first.write(20);
    const message = await refusalOf(first.folder);
    expect(message).toContain(`http://127.0.0.1:${first.port}`);
    expect(message).toMatch(/in use by a running LeanVibe \(process \d+/);
    expect(message).toContain('LEANVIBE_DATA_DIR');
    await first.write(20);
    expect((await first.endAndReconcile('SIGTERM')).end.code).toBe(0);
  },
);

it('[S1] a folder is free again as soon as its server was killed', { timeout: patienceMs }, async () => {
  await using server = new WatchedServer(1);
  await server.start();
  await server.write(10);
  await server.endAndReconcile('SIGKILL');
  await server.start();
  await server.write(10);
  expect((await server.endAndReconcile('SIGTERM')).end.code).toBe(0);
});

it('[S1] refuses a data folder that it cannot write, and says which', { timeout: patienceMs }, async () => {
  using parent = temporaryFolder();
  const folder = join(parent.path, 'read-only');
  mkdirSync(folder, { mode: 0o555 });
  chmodSync(parent.path, 0o755);
  // Root may write anywhere, so that it has to be somebody else.
  const nobody = 65534;
  const message = await refusalOf(folder, process.getuid?.() === 0 ? { userId: nobody } : {});
  expect(message).toContain(`The data folder ${folder} cannot be written`);
});

it(
  '[S1] refuses a data folder on a read-only file system, and says which',
  { timeout: patienceMs },
  async (context) => {
    using parent = temporaryFolder();
    const folder = mountReadOnly(parent.path, context);
    try {
      expect(await refusalOf(folder)).toContain(`The data folder ${folder} cannot be`);
    } finally {
      spawnSync('umount', [folder]);
    }
  },
);

it('[C4] refuses a file that is no database, and does not touch it', { timeout: patienceMs }, async () => {
  using folder = temporaryFolder();
  const file = join(folder.path, 'leanvibe.db');
  writeFileSync(file, 'This is not a database. '.repeat(1000));
  const before = hashOf(file);
  const message = await refusalOf(folder.path);
  expect(message).toContain(file);
  expect(message).toContain('leanvibe restore');
  expect(hashOf(file)).toBe(before);
});

it('[C4] refuses a database whose pages are damaged, and does not touch it', { timeout: patienceMs }, async () => {
  await using server = await writtenFolder();
  const file = server.databaseFile;
  // Not closed in good order, as after any crash: then it is verified.
  forget(file, 'closed_cleanly');
  scribble(file);
  const before = hashOf(file);
  const message = await refusalOf(server.folder);
  expect(message).toContain(file);
  expect(message).toContain('leanvibe restore');
  expect(hashOf(file)).toBe(before);
});

it('[C4] refuses a damaged database with a write-ahead log, and touches neither', { timeout: patienceMs }, async () => {
  await using server = await writtenFolder();
  await server.start();
  await server.write(1);
  await server.endAndReconcile('SIGKILL');
  const files = [server.databaseFile, `${server.databaseFile}-wal`];
  scribble(server.databaseFile);
  const before = files.map(hashOf);
  expect(await refusalOf(server.folder)).toContain('leanvibe restore');
  expect(files.map(hashOf)).toEqual(before);
});

it('[C4] refuses a database of a newer version, and does not touch it', { timeout: patienceMs }, async () => {
  await using server = await writtenFolder();
  const database = new DatabaseSync(server.databaseFile);
  database.exec('PRAGMA user_version = 9999');
  database.close();
  const before = hashOf(server.databaseFile);
  const message = await refusalOf(server.folder);
  expect(message).toContain('newer LeanVibe');
  expect(message).toContain('9999');
  expect(hashOf(server.databaseFile)).toBe(before);
});

it('[S1] refuses a database that another program holds, and leaves it alone', { timeout: patienceMs }, async () => {
  await using server = await writtenFolder();
  const other = new DatabaseSync(server.databaseFile);
  other.exec('BEGIN IMMEDIATE');
  const message = await refusalOf(server.folder);
  expect(message).toContain(server.databaseFile);
  expect(message).toContain('no other program may hold it');
  other.exec('ROLLBACK');
  other.close();
  await server.start();
  await server.write(5);
  expect((await server.endAndReconcile('SIGTERM')).end.code).toBe(0);
});

function forget(file: string, key: string): void {
  const database = new DatabaseSync(file);
  database.prepare('DELETE FROM meta WHERE key = ?').run(key);
  database.close();
}

/** Damages a good part of the pages. */
function scribble(file: string): void {
  const pageBytes = 4096;
  const descriptor = openSync(file, 'r+');
  for (let page = 3; page < statSync(file).size / pageBytes; page += 2) {
    writeSync(descriptor, Buffer.alloc(pageBytes, 0xa5), 0, pageBytes, page * pageBytes);
  }
  closeSync(descriptor);
}

function mountReadOnly(parent: string, context: TestContext): string {
  const folder = join(parent, 'mounted');
  mkdirSync(folder);
  const { status, stderr } = spawnSync('mount', ['-t', 'tmpfs', '-o', 'ro,size=1m', 'leanvibe-test', folder], {
    encoding: 'utf8',
  });
  if (status !== 0) context.skip(`a read-only file system cannot be mounted here: ${stderr}`);
  return folder;
}
