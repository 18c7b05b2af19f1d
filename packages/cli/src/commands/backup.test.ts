import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Task } from '@leanvibe/protocol/task';
import { createApp } from '@leanvibe/server/create-app';
import { readConfig } from '@leanvibe/server/config';
import { expect, it } from 'vitest';
import { cli, startCli, startCliServer, temporaryFolder } from '../cli-fixture.ts';

it('[C4] [CLI] backs up while the server runs, and never overwrites a file', async () => {
  await using server = await startCliServer();
  await server.run(['tasks', 'add', 'kept']);
  const file = join(server.folder, 'copy.db');
  expect(await server.run(['backup', 'copy.db'], { cwd: server.folder })).toEqual({
    code: 0,
    stdout: `${file}\n`,
    stderr: '',
  });
  const again = await server.run(['backup', file]);
  expect(again).toMatchObject({ code: 1, stderr: expect.stringContaining('never overwrites a file') });
  const { path } = await server.json<{ path: string }>('backup');
  expect(path.startsWith(join(server.folder, 'backups', 'leanvibe-'))).toBe(true);
  expect(existsSync(path)).toBe(true);
});

it('[C4] [CLI] restores a backup when no server runs, and keeps what it replaces', async () => {
  using folder = temporaryFolder();
  const env = { LEANVIBE_DATA_DIR: folder.path };
  const config = readConfig({ ...env, LEANVIBE_PORT: '0', LEANVIBE_LOG_LEVEL: 'silent' });
  const run = (...argv: string[]) => cli(argv, { env });
  const titles = async () => JSON.parse((await run('tasks', 'list', '--json')).stdout).map(({ title }: Task) => title);
  const file = join(folder.path, 'copy.db');
  {
    await using _app = await createApp(config);
    await run('tasks', 'add', 'before');
    await run('backup', file);
    await run('tasks', 'add', 'after');
    const busy = await run('restore', file);
    expect(busy).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/in use by a running LeanVibe \(process \d+, at http/),
    });
  }
  const restored = JSON.parse((await run('restore', file, '--json')).stdout) as { restored: string; kept: string };
  expect(restored).toEqual({ restored: file, kept: expect.stringContaining('replaced-') });
  {
    await using _app = await createApp(config);
    expect(await titles()).toEqual(['before']);
  }
  expect((await run('restore', restored.kept)).stderr).toMatch(
    /^Restored .*\nThe database that was replaced is kept in .*\n$/,
  );
  await using _app = await createApp(config);
  expect(await titles()).toEqual(['before', 'after']);
});

it('[CLI] asks a person before it replaces the database', async () => {
  using folder = temporaryFolder();
  const running = startCli(['restore', 'any.db'], { env: { LEANVIBE_DATA_DIR: folder.path }, terminalColumns: 80 });
  await running.until(({ stderr }) => stderr.includes('[y/N]'));
  running.type('\n');
  expect(await running.result).toMatchObject({ code: 1, stderr: expect.stringContaining('Nothing was changed.') });
});

it('[CLI] refuses to restore what is no backup, and leaves everything as it was', async () => {
  using folder = temporaryFolder();
  const env = { LEANVIBE_DATA_DIR: join(folder.path, 'data') };
  const stranger = join(folder.path, 'stranger.db');
  writeFileSync(stranger, 'not a database at all, but long enough to look at'.repeat(100));
  const refused = await cli(['restore', stranger], { env });
  expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('is not a LeanVibe database') });
  const missing = await cli(['restore', join(folder.path, 'missing.db')], { env });
  expect(missing).toMatchObject({ code: 1, stderr: expect.stringContaining('There is no file') });
  expect(await cli(['backup'], { env })).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('There is no database'),
  });
});

it('[CLI] finds the database where LEANVIBE_DATABASE_URL puts it', async () => {
  using folder = temporaryFolder();
  const env = {
    LEANVIBE_DATA_DIR: join(folder.path, 'data'),
    LEANVIBE_DATABASE_URL: join(folder.path, 'db', 'board.db'),
  };
  const backup = join(folder.path, 'copy.db');
  {
    await using _app = await createApp(readConfig({ ...env, LEANVIBE_PORT: '0', LEANVIBE_LOG_LEVEL: 'silent' }));
    await cli(['tasks', 'add', 'elsewhere'], { env });
    expect((await cli(['backup', backup], { env })).code).toBe(0);
  }
  const { kept } = JSON.parse((await cli(['restore', backup, '--json'], { env })).stdout);
  expect(kept.startsWith(join(folder.path, 'db', 'backups'))).toBe(true);
});

it('[CLI] names every wrong setting before it touches anything', async () => {
  using folder = temporaryFolder();
  const env = { LEANVIBE_DATA_DIR: folder.path, LEANVIBE_PORT: 'x', LEANVIBE_HOTS: 'y' };
  const { code, stderr } = await cli(['backup'], { env });
  expect(code).toBe(2);
  expect(stderr).toContain('LEANVIBE_PORT must be');
  expect(stderr).toContain('Did you mean LEANVIBE_HOST?');
});
