import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { allRoutes } from '@leanvibe/protocol/route-catalogue';
import { describe, expect, it } from 'vitest';
import { exchange, requestText } from '../src/http/raw-exchange-fixture.ts';
import { ServerProcess } from './fault/server-process.ts';
import { expectProblem, startTarget } from './security-fixture.ts';

const sha256 = (secret: string): string => createHash('sha256').update(secret).digest('base64url');

describe('row 4: tokens and pairing', () => {
  it('[S2] [S3] no secret reaches the disk or a log, by whatever way it is sent', async () => {
    await using target = await startTarget({ auth: 'token' });
    const { owner } = target;
    const made = await target.token({ role: 'agent', name: 'claude' });
    const link = (await target.call('POST', '/pairing', { token: owner })).body as { url: string };
    const code = new URL(link.url).searchParams.get('code')!;
    const opened = await target.call('GET', `/pair?code=${code}`);
    const session = /leanvibe_session=([^;]+)/.exec(opened.headers.get('set-cookie')!)![1]!;
    const secrets = [owner, made.token, session, code];
    for (const secret of secrets) {
      await target.call('GET', '/tasks/alpha', { token: secret });
      await target.call('GET', `/tasks/alpha?token=${secret}&access_token=${secret}`);
      await target.call('GET', `/${secret}`, { token: owner });
      await target.call('GET', `/tasks/alpha/${secret}`, {
        token: owner,
        headers: { referer: `http://localhost/?${secret}` },
      });
      await target.call('GET', '/tasks/alpha', { headers: { cookie: `leanvibe_session=${secret}` } });
      await target.call('GET', '/tasks/alpha', { headers: { authorization: `Basic ${secret}` } });
      await target.call('DELETE', `/tokens/${secret}`, { token: owner });
      await target.call('POST', '/tokens', { token: owner, body: `{"name":"${secret}` });
      const socket = target.socket(`/ws/alpha?cursor=${secret}`, {}, [`leanvibe.bearer.${secret}`]);
      await Promise.race([socket.frame('hello'), socket.end()]).catch(() => undefined);
      socket.terminate();
      await target.send(`GET /?${secret} HTTP/9.9\r\nAuthorization: Bearer ${secret}\r\n\r\n`);
    }
    const keyed = { token: owner, body: { name: 'kept', client_ids: ['alpha'] }, headers: { 'idempotency-key': 'k' } };
    const kept = (await target.call('POST', '/tokens', keyed)).body as { token: string };
    expect(((await target.call('POST', '/tokens', keyed)).body as { token: string }).token).toBe(kept.token);

    const files = target.filesAtRest();
    const log = target.logged.join('');
    for (const secret of [...secrets, kept.token]) {
      expect(files).not.toContain(secret);
      expect(log).not.toContain(secret);
    }
    for (const secret of [owner, made.token, session, kept.token]) expect(files).toContain(sha256(secret));
    expect(log).not.toContain(sha256(owner));
  });

  it('[S3] a pairing link works once, even when it is opened many times at once', async () => {
    await using target = await startTarget({ auth: 'token' });
    const link = new URL(target.app.pairingUrl());
    const path = link.pathname + link.search;
    const opened = await Promise.all(Array.from({ length: 20 }, () => target.call('GET', path)));
    const winners = opened.filter(({ status }) => status === 303);
    expect(winners).toHaveLength(1);
    expect(winners[0]!.headers.get('location')).toBe('/');
    expect(winners[0]!.headers.get('cache-control')).toBe('no-store');
    expect(winners[0]!.headers.get('referrer-policy')).toBe('no-referrer');
    const cookie = winners[0]!.headers.get('set-cookie')!;
    for (const attribute of ['HttpOnly', 'SameSite=Strict', 'Path=/']) expect(cookie).toContain(attribute);
    expect(cookie).not.toContain('Domain');
    for (const reply of opened.filter(({ status }) => status !== 303)) expectProblem(reply, 401, 'unauthorized');
    expectProblem(await target.call('GET', path), 401, 'unauthorized');
    expect((await target.call('GET', '/tokens', { token: target.owner })).body).toHaveLength(2);
  });

  it('[S2] a session of a browser is no authority by itself', async () => {
    await using target = await startTarget({ auth: 'token' });
    const link = new URL(target.app.pairingUrl());
    const opened = await target.call('GET', link.pathname + link.search);
    const cookie = opened.headers.get('set-cookie')!.split(';', 1)[0]!;
    const write = (lines: string[]) =>
      target.raw(
        'POST',
        '/tasks/alpha',
        [target.ownHost, `Cookie: ${cookie}`, 'Content-Length: 13', ...lines],
        '{"title":"x"}',
      );
    const json = 'Content-Type: application/json';
    const own = `Origin: http://localhost:${target.port}`;
    const refused: [string[], number][] = [
      [[json], 403],
      [[json, 'Sec-Fetch-Site: cross-site'], 403],
      [[json, 'Sec-Fetch-Site: same-site', own], 403],
      [['Content-Type: text/plain', own], 415],
      [['Content-Type: text/plain; application/json', own], 415],
      [['Content-Type: application/x-www-form-urlencoded', own], 415],
      [[own], 415],
    ];
    for (const [lines, status] of refused) expect([lines, (await write(lines)).status]).toEqual([lines, status]);
    expect((await target.call('GET', '/tasks/alpha', { token: target.owner })).body).toEqual([]);
    expect((await write([json, own])).status).toBe(201);
  });

  it('[S2] what is nearly a token, or one in another place, opens nothing', async () => {
    await using target = await startTarget({ auth: 'token' });
    const { owner } = target;
    const near = [
      owner.slice(0, -1),
      `${owner}A`,
      owner.toUpperCase(),
      owner.slice(3),
      `lv_${owner}`,
      sha256(owner),
      '',
      'null',
      '__proto__',
      'constructor',
      '*',
      "' OR 1=1 --",
      '\u{1F600}',
    ];
    for (const secret of near) {
      for (const path of ['/tasks/alpha', '/tokens']) {
        const lines = [target.ownHost, `Authorization: Bearer ${secret}`];
        expect([secret, (await target.raw('GET', path, lines)).status]).toEqual([secret, 401]);
      }
    }
    for (const query of ['token', 'access_token', 'bearer', 'api_key'])
      expectProblem(await target.call('GET', `/tasks/alpha?${query}=${owner}`), 401, 'unauthorized');
    const lines = [`Authorization: Basic ${owner}`, `Authorization: Bearer x`, `X-Api-Key: ${owner}`];
    for (const line of lines)
      expect((await target.raw('GET', '/tasks/alpha', [target.ownHost, line])).status).toBe(401);
  });
});

const withFolder = async (run: (folder: string) => Promise<void>): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'leanvibe-bind-'));
  try {
    await run(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

describe('row 5: where it listens', () => {
  it.each(['0.0.0.0', '::', '192.0.2.1', 'example.com'])('[S2] on %s without a token it does not start', (host) =>
    withFolder(async (folder) => {
      await using server = new ServerProcess({ folder, env: { LEANVIBE_HOST: host, LEANVIBE_AUTH: 'none' } });
      expect(await server.port).toBeNull();
      const { code } = await server.ended;
      expect(code).toBeGreaterThan(0);
      expect(server.output).toContain('LEANVIBE_AUTH cannot be none');
      expect(server.output).not.toMatch(/^\s+at /m);
    }),
  );

  it('[S2] [S3] beyond loopback a token is asked for by default, everywhere but where the state is told', () =>
    withFolder(async (folder) => {
      await using server = new ServerProcess({
        folder,
        env: { LEANVIBE_HOST: '0.0.0.0', LEANVIBE_LOG_LEVEL: 'trace' },
      });
      const found = await server.port.then(() => /(?:\d+\.){3}\d+:(\d+)/.exec(server.output));
      const port = Number(found![1]);
      for (const { method, path, access } of allRoutes) {
        const address = path.replace('{client_id}', 'alpha').replace(/\{\w+\}/, '019aa0c2-7c1e-7d4c-9d2f-5b7a3c1d9e01');
        const { status } = await exchange(
          port,
          requestText(method, address, [`Host: 192.0.2.1:${port}`, 'Content-Length: 0']),
        );
        expect([method, path, status === 401]).toEqual([method, path, access !== 'public']);
      }
      const token = /lv_[\w-]{43}/.exec(server.output)![0];
      const lines = [`Host: 192.0.2.1:${port}`, `Authorization: Bearer ${token}`];
      const allowed = await exchange(port, requestText('GET', '/tasks/alpha', lines));
      expect([allowed.status, allowed.headers.has('ratelimit-limit')]).toEqual([200, true]);
      await server.end('SIGTERM');
      // It is shown to the person who started the server, once, and is in no line of the log.
      expect(server.output.split(token)).toHaveLength(2);
      expect(
        server.output
          .split('\n')
          .filter((line) => line.startsWith('{'))
          .join(),
      ).not.toContain(token);
    }));

  it('[S1] by default nobody reaches it but this machine', async () => {
    await using target = await startTarget();
    expect(new URL(target.url).hostname).toBe('127.0.0.1');
    expect(target.app.firstToken).toBeNull();
  });
});
