import type { Token } from '@leanvibe/protocol/token';
import { createApp } from '@leanvibe/server/create-app';
import { readConfig } from '@leanvibe/server/config';
import { expect, it } from 'vitest';
import { cli, startCli, startCliServer, temporaryFolder } from '../cli-fixture.ts';

it('[S2] [CLI] makes, lists and revokes tokens of the running server', async () => {
  await using server = await startCliServer({ LEANVIBE_AUTH: 'token' });
  const env = { LEANVIBE_TOKEN: server.app.firstToken! };
  const made = await server.run(
    ['token', 'create', 'claude', '--for', 'mine', '--role', 'agent', '--expires', '+90d'],
    { env },
  );
  expect(made).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^lv_\S+\n$/),
    stderr: expect.stringContaining('shown this once'),
  });
  const secret = made.stdout.trim();
  const asAgent = { env: { LEANVIBE_TOKEN: secret, LEANVIBE_WORKSPACE: 'mine' } };
  expect((await server.run(['tasks', 'list'], asAgent)).code).toBe(0);
  const listed = await server.run(['token', 'list'], { env });
  expect(listed.stdout).toMatch(/^[0-9a-f]{8} {2}claude {2}agent {2}mine +active {2}\d{4}-\d\d-\d\d \d\d:\d\d/m);
  expect(listed.stdout).not.toContain(secret);
  const [{ id }] = JSON.parse((await server.run(['token', 'list', '--json'], { env })).stdout) as [Token];
  expect(await server.run(['token', 'revoke', id.slice(-8)], { env })).toMatchObject({
    code: 0,
    stderr: 'Revoked "claude".\n',
  });
  expect(await server.run(['tasks', 'list'], asAgent)).toMatchObject({ code: 4 });
  expect((await server.run(['token', 'list'], { env })).stdout).not.toContain('claude');
  expect((await server.run(['token', 'list', '--all'], { env })).stdout).toContain('revoked');
  const unknown = await server.run(['token', 'revoke', id.replace(/.{8}$/, '00000000')], { env });
  expect(unknown).toMatchObject({ code: 4, stderr: expect.stringContaining('[token-not-found]') });
});

it('[S2] [CLI] works with the database when no server runs, and the server then knows the token', async () => {
  using folder = temporaryFolder();
  const env = { LEANVIBE_DATA_DIR: folder.path };
  const offline = await cli(['token', 'create', 'owner', '--admin'], { env });
  expect(offline).toMatchObject({ code: 0, stderr: expect.stringContaining('No server runs here') });
  const config = readConfig({ ...env, LEANVIBE_AUTH: 'token', LEANVIBE_PORT: '0', LEANVIBE_LOG_LEVEL: 'silent' });
  {
    await using app = await createApp(config);
    expect(app.firstToken).toBeNull();
    expect((await cli(['tasks', 'list'], { env: { ...env, LEANVIBE_TOKEN: offline.stdout.trim() } })).code).toBe(0);
    expect((await cli(['token', 'list'], { env })).code).toBe(4);
  }
  const [{ id }] = JSON.parse((await cli(['token', 'list', '--json'], { env })).stdout) as [Token];
  expect(JSON.parse((await cli(['token', 'revoke', id, '--json'], { env })).stdout)).toEqual({ revoked: id });
  expect((await cli(['token', 'list'], { env })).stderr).toContain('No tokens.');
});

it('[CLI] refuses offline what the server would refuse', async () => {
  using folder = temporaryFolder();
  const env = { LEANVIBE_DATA_DIR: folder.path };
  const past = await cli(['token', 'create', 'late', '--admin', '--expires', '-1d'], { env });
  expect(past).toMatchObject({ code: 4, stderr: expect.stringContaining('must be in the future') });
  const unknown = await cli(['token', 'revoke', '01a20e38-198a-720d-98e1-284210c6b126'], { env });
  expect(unknown).toMatchObject({ code: 4, stdout: '' });
});

it('[CLI] asks a person before it revokes a token', async () => {
  await using server = await startCliServer();
  const { id } = await server.json<Token>('token', 'create', 'precious', '--admin');
  const running = startCli(['token', 'revoke', id.slice(-8)], { env: server.env, terminalColumns: 80 });
  await running.until(({ stderr }) => stderr.includes('Revoke the token "precious"? [y/N]'));
  running.type('n\n');
  expect((await running.result).code).toBe(1);
  expect(await server.json<Token[]>('token', 'list')).toMatchObject([{ revoked_at: null }]);
});
