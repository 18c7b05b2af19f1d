import { once } from 'node:events';
import { appendFileSync, closeSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createApp } from '@leanvibe/server/create-app';
import { readConfig } from '@leanvibe/server/config';
import { lockDataFolder } from '@leanvibe/server/database/data-folder';
import { expect, it } from 'vitest';
import { cli, startCliServer, temporaryFolder, type RunOptions } from '../cli-fixture.ts';
import type { CheckResult } from '../doctor/check-result.ts';
import type { Environment } from '../terminal.ts';

/** What the doctor finds, by the name of the check. */
async function examine(env: Environment, options: RunOptions = {}) {
  const { code, stdout, stderr } = await cli(['doctor', '--json'], { ...options, env });
  const { state, checks } = JSON.parse(stdout) as { state: string; checks: CheckResult[] };
  for (const check of checks) expect(check.advice === null).toBe(check.state === 'ok');
  return { code, stderr, state, byName: Object.fromEntries(checks.map((check) => [check.check, check])) };
}

/** A data folder with a database that was closed properly. */
async function usedFolder() {
  const folder = temporaryFolder();
  const env = { LEANVIBE_DATA_DIR: folder.path, LEANVIBE_PORT: '0', LEANVIBE_LOG_LEVEL: 'silent' };
  await using _app = await createApp(readConfig(env));
  await cli(['tasks', 'add', 'x'], { env: { LEANVIBE_DATA_DIR: folder.path } });
  return { ...folder, env, database: join(folder.path, 'leanvibe.db') };
}

it('[CLI] finds nothing wrong with a running server', async () => {
  await using server = await startCliServer();
  const { code, state, byName } = await examine(server.env);
  expect({ code, state }).toEqual({ code: 0, state: 'ok' });
  expect(Object.keys(byName).toSorted()).toEqual([
    'Node.js',
    'access',
    'clock',
    'data folder',
    'database',
    'disk space',
    'lock',
    'mirror',
    'schema',
    'server',
    'settings',
    'token',
  ]);
  expect(byName['lock']!.detail).toContain(`in use by process ${process.pid}, at ${server.app.url}`);
  expect(byName['server']!.detail).toContain(`${server.app.url} is ok`);
  expect(byName['database']!.detail).toMatch(/leanvibe\.db is whole$/);
  expect(byName['schema']!.detail).toMatch(/^\d+, the newest$/);
  const { stdout } = await server.run(['doctor']);
  expect(stdout).toMatch(/^ok {4}Node\.js {6}\d+/);
});

it('[CLI] only warns where no server runs, and looks whether one could', async () => {
  using folder = temporaryFolder();
  const { code, state, byName } = await examine({ LEANVIBE_DATA_DIR: join(folder.path, 'new'), LEANVIBE_PORT: '0' });
  expect({ code, state }).toEqual({ code: 0, state: 'warn' });
  expect(byName['data folder']!.detail).toMatch(/made at the first start/);
  expect(byName['clock']!.state).toBe('ok');
  expect(byName['port']).toMatchObject({ state: 'ok' });
});

it('[CLI] names the port that another program has', async () => {
  using folder = temporaryFolder();
  const other = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  const { code, byName, stderr } = await examine({ LEANVIBE_DATA_DIR: folder.path, LEANVIBE_PORT: String(port) });
  other.close();
  expect(code).toBe(1);
  expect(byName['port']).toMatchObject({ state: 'fail', detail: `127.0.0.1:${port} is taken by another program` });
  expect(JSON.parse(stderr).error.message).toBe('1 check failed.');
});

it('[CLI] names every wrong setting, and a folder that is none', async () => {
  using folder = temporaryFolder();
  const file = join(folder.path, 'file');
  writeFileSync(file, '');
  const settings = await examine({ LEANVIBE_DATA_DIR: folder.path, LEANVIBE_PORT: 'x', LEANVIBE_HOTS: 'y' });
  expect(settings.code).toBe(1);
  expect(settings.byName['settings']!.detail).toMatch(/LEANVIBE_HOTS is not a setting[^]*LEANVIBE_PORT must be/);
  const nowhere = await examine({ LEANVIBE_DATA_DIR: join(file, 'x'), LEANVIBE_PORT: '0' });
  expect(nowhere.byName['data folder']).toMatchObject({ state: 'fail', detail: `${file} is not a folder` });
});

it('[CLI] sees that a process holds the folder and does not answer', async () => {
  using folder = temporaryFolder();
  const locked = lockDataFolder(folder.path);
  try {
    const { code, byName } = await examine({ LEANVIBE_DATA_DIR: folder.path, LEANVIBE_URL: 'http://127.0.0.1:1' });
    expect(code).toBe(1);
    expect(byName['lock']).toMatchObject({ state: 'warn', detail: expect.stringContaining('another process') });
    expect(byName['server']).toMatchObject({ state: 'fail' });
    expect(byName['port']).toBeUndefined();
  } finally {
    locked.release();
  }
});

it('[CLI] finds a lock that is none', async () => {
  using folder = temporaryFolder();
  mkdirSync(join(folder.path, 'leanvibe.lock'));
  const { code, byName } = await examine({ LEANVIBE_DATA_DIR: folder.path, LEANVIBE_PORT: '0' });
  expect(code).toBe(1);
  expect(byName['lock']).toMatchObject({ state: 'fail', detail: expect.stringContaining('cannot be read') });
});

it('[CLI] finds a damaged database', async () => {
  using used = await usedFolder();
  const descriptor = openSync(used.database, 'r+');
  writeSync(descriptor, Buffer.alloc(8192, 0xa5), 0, 8192, 4096);
  closeSync(descriptor);
  const { code, byName } = await examine(used.env);
  expect(code).toBe(1);
  expect(byName['database']).toMatchObject({ state: 'fail', advice: expect.stringContaining('leanvibe restore') });
});

it('[CLI] finds a database of a newer version, and one of another program', async () => {
  using used = await usedFolder();
  const database = new DatabaseSync(used.database);
  database.exec('PRAGMA user_version = 999');
  expect((await examine(used.env)).byName['schema']).toMatchObject({
    state: 'fail',
    detail: expect.stringContaining('999'),
  });
  database.exec('PRAGMA application_id = 7');
  database.close();
  expect((await examine(used.env)).byName['database']).toMatchObject({
    state: 'fail',
    detail: expect.stringContaining('another program'),
  });
});

it('[CLI] finds that what should be the database is none', async () => {
  using folder = temporaryFolder();
  appendFileSync(join(folder.path, 'leanvibe.db'), 'hello, this is text '.repeat(200));
  const { byName } = await examine({ LEANVIBE_DATA_DIR: folder.path, LEANVIBE_PORT: '0' });
  expect(byName['database']).toMatchObject({ state: 'fail', detail: expect.stringContaining('cannot be read') });
});

it('[CLI] notices a clock that is behind what the board says', async () => {
  using used = await usedFolder();
  const { byName } = await examine(used.env, { clock: { now: () => Date.now() - 3_600_000 } });
  expect(byName['clock']).toMatchObject({ state: 'warn', detail: expect.stringContaining('a task was changed at') });
});

it('[CLI] notices that the clock of the server is another', async () => {
  await using server = await startCliServer();
  const { byName } = await examine(server.env, { clock: { now: () => Date.now() + 600_000 } });
  expect(byName['clock']).toMatchObject({
    state: 'warn',
    detail: expect.stringMatching(/^the server's clock is \d+ s behind/),
  });
});

it('[CLI] looks where the mirror is to be', async () => {
  using folder = temporaryFolder();
  const env = { LEANVIBE_DATA_DIR: folder.path, LEANVIBE_PORT: '0' };
  const missing = join(folder.path, 'missing', 'tasks.json');
  expect((await examine({ ...env, LEANVIBE_MIRROR: missing })).byName['mirror']).toMatchObject({ state: 'fail' });
  const good = join(folder.path, 'tasks.json');
  expect((await examine({ ...env, LEANVIBE_MIRROR: good })).byName['mirror']).toMatchObject({ state: 'ok' });
});

it('[S2] [CLI] tells whether the token is good, and what binding beyond this machine means', async () => {
  await using server = await startCliServer({ LEANVIBE_AUTH: 'token' });
  const withToken = (token: string) => examine({ ...server.env, LEANVIBE_AUTH: 'token', LEANVIBE_TOKEN: token });
  expect((await withToken('')).byName['token']).toMatchObject({ state: 'warn' });
  expect((await withToken('lv_wrong')).byName['token']).toMatchObject({ state: 'fail' });
  expect((await withToken(server.app.firstToken!)).byName['token']).toMatchObject({ state: 'ok' });
  expect((await withToken('')).byName['access']!.detail).toContain('a token is needed');
  const beyond = await examine({ ...server.env, LEANVIBE_HOST: '0.0.0.0' });
  expect(beyond.byName['access']).toMatchObject({
    state: 'warn',
    detail: expect.stringContaining('others in the network'),
  });
});

it('[CLI] prints what to do under each finding', async () => {
  using folder = temporaryFolder();
  const { stdout, stderr, code } = await cli(['doctor', '--url', 'http://127.0.0.1:1'], {
    env: { LEANVIBE_DATA_DIR: folder.path, LEANVIBE_PORT: '0' },
  });
  expect(code).toBe(1);
  expect(stdout).toMatch(/^fail {2}server {7}no LeanVibe answers at http:\/\/127\.0\.0\.1:1\n +→ Start it with/m);
  expect(stderr).toBe('error: 1 check failed.\n');
});
