import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { routes } from '@leanvibe/protocol/route-catalogue';
import { serveEverything, startHttpServer } from './http-server-fixture.ts';

type Line = Record<string, unknown>;

const requestLines = (lines: readonly string[]): Line[] =>
  lines.map((line) => JSON.parse(line) as Line).filter(({ msg }) => msg === 'request');

describe('the request log', () => {
  it('[C9] has one line for each request, with its id, pattern, status and duration', async () => {
    await using server = await startHttpServer({ routes: serveEverything });
    const response = await server.fetch('/tasks/my-project?status=done');
    await server.fetch('/no/such/place');
    await expect.poll(() => requestLines(server.lines)).toHaveLength(2);
    expect(requestLines(server.lines)).toMatchObject([
      {
        request_id: response.headers.get('x-request-id'),
        method: 'GET',
        route: '/tasks/:client_id',
        status: 200,
        duration_ms: expect.any(Number),
      },
      { route: 'unmatched', status: 404 },
    ]);
  });

  it('[C9] says nothing of requests above info', async () => {
    await using server = await startHttpServer({ routes: serveEverything, logLevel: 'warn' });
    await server.fetch('/health');
    await server.fetch('/nothing');
    await server.app.close();
    expect(server.lines).toEqual([]);
  });

  it('[S2] never shows a token, a cookie, a code or a query, whatever happens to the request', async () => {
    await using server = await startHttpServer({
      auth: 'token',
      routes: (host) => {
        host.serve(routes.getHealth, () => {
          throw new Error('unexpected');
        });
        host.serve(routes.listTasks, () => ({ status: 200, headers: {}, body: '[]' }));
      },
    });
    const input = { name: 'owner', admin: true, client_ids: [], role: 'human', expires_at: null } as const;
    const { secret } = await server.tokens.create({ ...input, client_ids: [] });
    const { code } = server.codes.create();
    const bearer = { authorization: `Bearer ${secret}`, 'x-request-id': 'mine' };
    const attempts: [string, RequestInit][] = [
      ['/tasks/p?q=private-words', { headers: bearer }],
      [`/tasks/p?token=${secret}`, { headers: bearer }],
      [`/tasks/${secret}/board/%zz`, { headers: bearer }],
      [`/nothing/${secret}`, {}],
      ['/tasks/p', { headers: { cookie: `leanvibe_session=${secret}` } }],
      ['/tasks/p', { headers: { authorization: `Bearer ${secret}x` } }],
      ['/tasks/p', { headers: { 'x-request-id': `${secret} and more` } }],
      ['/health', { headers: bearer }],
      [`/pair?code=${code}`, {}],
      [`/pair?code=${code}`, {}],
      [
        '/tokens',
        { method: 'POST', headers: { ...bearer, 'content-type': 'application/json' }, body: `{"name":"${secret}"` },
      ],
    ];
    for (const [path, init] of attempts) await server.fetch(path, init);
    await expect.poll(() => requestLines(server.lines).length).toBeGreaterThanOrEqual(attempts.length - 1);
    const log = server.lines.join('');
    expect(log).toContain('unexpected');
    for (const text of [secret, secret.slice(3), code, 'private-words', 'leanvibe_session', 'Bearer'])
      expect(log).not.toContain(text);
  });

  it('[C9] tells of an answer that was broken off', async () => {
    await using server = await startHttpServer({
      routes: ({ serve }) =>
        serve(routes.exportTasks, (_input, { reply }) => {
          const broken = (async function* () {
            yield 'first';
            throw new Error('the store went away');
          })();
          void reply.send(Readable.from(broken));
          return null;
        }),
    });
    await expect(server.fetch('/tasks/p/export').then((response) => response.text())).rejects.toThrow();
    await expect.poll(() => server.lines.join('')).toContain('the store went away');
  });
});
