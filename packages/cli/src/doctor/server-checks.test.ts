import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createLeanVibeClient } from '@leanvibe/client/leanvibe-client';
import type { Health } from '@leanvibe/protocol/health';
import { expect, it } from 'vitest';
import { checkNode } from './runtime-check.ts';
import { askServer, checkPort, checkServer } from './server-checks.ts';

const url = 'http://127.0.0.1:8765';
const health = (status: Health['status'], detail?: string): Health => ({
  status,
  version: '1.0.0',
  uptime_seconds: 1,
  components: { Store: { status, ...(detail ? { detail } : {}) }, TaskService: { status: 'ok' } },
});

it.each([
  ['ok', 'ok', 'is ok'],
  ['degraded', 'warn', 'is degraded; Store is degraded (the disk is full)'],
  ['down', 'fail', 'is down; Store is down (the disk is full)'],
] as const)('[C9] [CLI] judges a server that says it is %s as %s', (status, state, text) => {
  const answer = { health: health(status, 'the disk is full'), dateMs: null };
  expect(checkServer(url, true, answer)).toMatchObject({ state, detail: expect.stringContaining(text) });
});

it('[CLI] fails where a server should answer, and warns where it need not', () => {
  expect(checkServer(url, true, null).state).toBe('fail');
  expect(checkServer(url, false, null).state).toBe('warn');
});

it('[C9] [CLI] asks also a server that says with 503 how it is', async () => {
  const server = createServer((_request, response) => {
    response.writeHead(503, { 'content-type': 'application/json' }).end(JSON.stringify(health('down')));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = createLeanVibeClient({ baseUrl, clientId: 'default' });
  const answer = await askServer(client, new AbortController().signal);
  server.close();
  expect(answer?.health.status).toBe('down');
});

it('[CLI] tells a port that is taken from one that cannot be had', async () => {
  expect(await checkPort('127.0.0.1', 0)).toMatchObject({ state: 'ok' });
  // An address of documentation, which no machine has.
  expect(await checkPort('192.0.2.1', 8765)).toMatchObject({
    state: 'fail',
    detail: expect.stringContaining('cannot listen on 192.0.2.1:8765'),
  });
});

it('[CLI] refuses a Node.js that is too old', () => {
  expect(checkNode('26.0.0').state).toBe('ok');
  expect(checkNode('100.1.0').state).toBe('ok');
  expect(checkNode('24.9.0')).toMatchObject({ state: 'fail', advice: expect.stringContaining('npm start') });
});
