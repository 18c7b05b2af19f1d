import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { cli, startCliServer } from '../cli-fixture.ts';

it('[CLI] [C9] shows how the server and the board are', async () => {
  await using server = await startCliServer();
  await server.run(['tasks', 'add', 'x', '--status', 'testing', '-w', 'mine']);
  const { code, stdout, stderr } = await server.run(['status', '-w', 'mine']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(new RegExp(`^LeanVibe \\S+ at ${server.app.url}: ok, up \\d+ s\n`));
  expect(stdout).toMatch(/^TaskService +ok$/m);
  expect(stdout).toContain('Workspace mine: 1 task (Backlog 0, In Progress 0, Testing 1, Done 0)\n');
  expect(await server.json('status', '-w', 'mine')).toMatchObject({
    url: server.app.url,
    workspace: 'mine',
    health: { status: 'ok' },
    stats: { total_tasks: 1 },
  });
});

it('[CLI] [C9] exits with 1 and shows the parts when the server says that it is down', async () => {
  const health = {
    status: 'down',
    version: '9.9.9',
    uptime_seconds: 3700,
    components: { Store: { status: 'down', detail: 'the disk \u001b[5mfailed' } },
  };
  const ailing = createServer((_request, response) => {
    response.writeHead(503, { 'content-type': 'application/json' }).end(JSON.stringify(health));
  }).listen(0, '127.0.0.1');
  await once(ailing, 'listening');
  const url = `http://127.0.0.1:${(ailing.address() as AddressInfo).port}`;
  const { code, stdout, stderr } = await cli(['status', '--url', url]);
  ailing.close();
  expect({ code, stderr }).toEqual({ code: 1, stderr: 'error: The server is down.\n' });
  expect(stdout).toContain(`LeanVibe 9.9.9 at ${url}: down, up 1 h 1 min`);
  expect(stdout).toMatch(/^Store +down +the disk {2}\[5mfailed$/m);
});

it('[S3] [CLI] shows the health to everyone, and says when the figures need a token', async () => {
  await using server = await startCliServer({ LEANVIBE_AUTH: 'token' });
  const { code, stdout, stderr } = await server.run(['status']);
  expect(code).toBe(4);
  expect(stdout).toMatch(/^LeanVibe .*: ok/);
  expect(stderr).toContain('[unauthorized]');
});
