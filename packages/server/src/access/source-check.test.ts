import { describe, expect, it } from 'vitest';
import { serveEverything, startHttpServer } from '../http/http-server-fixture.ts';
import { exchange, requestText } from '../http/raw-exchange-fixture.ts';
import { loopbackHosts, sourceRefusal, type RequestSource } from './source-check.ts';

const startLoopback = () => startHttpServer({ routes: serveEverything });
const startBeyond = () => startHttpServer({ auth: 'token', loopback: false, routes: serveEverything });

type Port = number;

const servedHosts: ((port: Port) => string)[] = [
  () => 'localhost',
  () => '127.0.0.1',
  () => '[::1]',
  () => 'LocalHost',
  () => 'LOCALHOST',
  (port) => `localhost:${port}`,
  (port) => `127.0.0.1:${port}`,
  (port) => `[::1]:${port}`,
  (port) => `LOCALHOST:${port}`,
];

const refusedHosts: ((port: Port) => string)[] = [
  () => '',
  () => 'evil.example',
  (port) => `evil.example:${port}`,
  (port) => `localhost.evil.example:${port}`,
  (port) => `evil-localhost:${port}`,
  (port) => `localhostx:${port}`,
  (port) => `localhost.:${port}`,
  () => 'localhost.',
  (port) => `localhost:${port + 1}`,
  () => 'localhost:80',
  () => 'localhost:',
  () => 'localhost:abc',
  (port) => `localhost:${port}:${port}`,
  (port) => `localhost:-${port}`,
  (port) => `localhost:${port + 65_536}`,
  (port) => `127.1:${port}`,
  (port) => `127.0.1:${port}`,
  (port) => `127.0.0.2:${port}`,
  (port) => `127.0.0.1.:${port}`,
  (port) => `127.0.0.1.nip.io:${port}`,
  (port) => `0.0.0.0:${port}`,
  (port) => `0:${port}`,
  (port) => `2130706433:${port}`,
  (port) => `0x7f000001:${port}`,
  (port) => `0177.0.0.1:${port}`,
  (port) => `[::ffff:127.0.0.1]:${port}`,
  (port) => `[::]:${port}`,
  (port) => `[0:0:0:0:0:0:0:1]:${port}`,
  (port) => `[::1%lo]:${port}`,
  (port) => `::1:${port}`,
  (port) => `user@localhost:${port}`,
  (port) => `localhost:${port}@evil.example`,
  (port) => `localhost:${port}/`,
  (port) => `localhost:${port}, evil.example`,
  (port) => `http://localhost:${port}`,
  (port) => `localhost:${port}#`,
  (port) => `local host:${port}`,
  (port) => `xn--lcalhost-54a:${port}`,
  () => 'my-machine.local',
  () => '*',
];

describe('the Host of a request to loopback', () => {
  it('[S1] is served under every name of loopback, with the own port or none', async () => {
    await using server = await startLoopback();
    for (const host of servedHosts.map((make) => make(server.port))) {
      const answer = await exchange(server.port, requestText('GET', '/health', [`Host: ${host}`]));
      expect([host, answer.status]).toEqual([host, 200]);
    }
  });

  it('[S1] is refused under every other name or port, before anything is done', async () => {
    await using server = await startLoopback();
    for (const host of refusedHosts.map((make) => make(server.port))) {
      const answer = await exchange(server.port, requestText('GET', '/health', [`Host: ${host}`]));
      expect([host, answer.status]).toEqual([host, 403]);
      expect(JSON.parse(answer.body)).toMatchObject({ code: 'host-not-allowed', status: 403 });
    }
  });

  it('[S1] must be there, and once', async () => {
    await using server = await startLoopback();
    const own = `Host: localhost:${server.port}`;
    const requests = [
      requestText('GET', '/health', []),
      'GET /health HTTP/1.0\r\n\r\n',
      requestText('GET', '/health', [own, own]),
      requestText('GET', '/health', [own, 'hOST: evil.example']),
      requestText('GET', '/health', ['Host: evil.example', own]),
    ];
    for (const request of requests)
      expect([request, (await exchange(server.port, request)).status]).toEqual([request, 403]);
  });

  it('[S1] is also the one in the target, where that names one', async () => {
    await using server = await startLoopback();
    const ask = async (target: string) =>
      (await exchange(server.port, requestText('GET', target, [`Host: localhost:${server.port}`]))).status;
    expect(await ask(`http://localhost:${server.port}/health`)).toBe(200);
    expect(await ask(`http://evil.example/health`)).toBe(403);
    expect(await ask(`http://localhost.evil.example:${server.port}/health`)).toBe(403);
  });

  it('[S1] is refused on paths that do not exist and for every method alike', async () => {
    await using server = await startLoopback();
    for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE']) {
      for (const target of ['/tasks/p', '/nothing']) {
        const answer = await exchange(server.port, requestText(method, target, ['Host: evil.example']));
        expect([method, target, answer.status]).toEqual([method, target, 403]);
      }
    }
  });
});

const refusedOrigins: ((port: Port) => string)[] = [
  () => 'null',
  () => '',
  () => '*',
  () => 'http://evil.example',
  () => 'https://evil.example',
  (port) => `https://localhost:${port}`,
  (port) => `http://localhost:${port}/`,
  (port) => `http://localhost:${port + 1}`,
  () => 'http://localhost',
  (port) => `http://127.0.0.1:${port}`,
  (port) => `http://[::1]:${port}`,
  (port) => `http://localhost.evil.example:${port}`,
  (port) => `http://evil.example#localhost:${port}`,
  (port) => `http://localhost:${port}.evil.example`,
  (port) => `http://localhost:${port}@evil.example`,
  (port) => `http://user@localhost:${port}`,
  (port) => `http://localhost.:${port}`,
  (port) => `http://localhost:${port} http://evil.example`,
  (port) => `//localhost:${port}`,
  (port) => `localhost:${port}`,
  (port) => `ws://localhost:${port}`,
  () => 'file://',
  () => 'chrome-extension://abcdefghijklmnop',
];

describe('the Origin of a request', () => {
  it('[S1] is served when it is the own one, in any case', async () => {
    await using server = await startLoopback();
    for (const origin of [`http://localhost:${server.port}`, `HTTP://LOCALHOST:${server.port}`]) {
      const lines = [`Host: localhost:${server.port}`, `Origin: ${origin}`];
      expect((await exchange(server.port, requestText('GET', '/health', lines))).status).toBe(200);
    }
  });

  it('[S1] is refused when it is any other', async () => {
    await using server = await startLoopback();
    for (const origin of refusedOrigins.map((make) => make(server.port))) {
      const lines = [`Host: localhost:${server.port}`, `Origin: ${origin}`];
      const answer = await exchange(server.port, requestText('GET', '/health', lines));
      expect([origin, answer.status]).toEqual([origin, 403]);
      expect(JSON.parse(answer.body)).toMatchObject({ code: 'origin-not-allowed' });
    }
  });

  it('[S1] gets no leave to read an answer from elsewhere', async () => {
    await using server = await startLoopback();
    const lines = [`Host: localhost:${server.port}`, 'Origin: http://evil.example'];
    const preflight = [...lines, 'Access-Control-Request-Method: POST', 'Access-Control-Request-Private-Network: true'];
    for (const text of [requestText('GET', '/health', lines), requestText('OPTIONS', '/tasks/p', preflight)]) {
      const answer = await exchange(server.port, text);
      expect(answer.status).toBe(403);
      expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
    }
  });

  it('[S2] beyond loopback is that of the Host, whatever its name, also behind TLS', async () => {
    await using server = await startBeyond();
    const ask = async (origin: string) =>
      (await exchange(server.port, requestText('GET', '/health', ['Host: hub.local:9', `Origin: ${origin}`]))).status;
    expect(await ask('http://hub.local:9')).toBe(200);
    expect(await ask('https://hub.local:9')).toBe(200);
    expect(await ask('http://evil.example')).toBe(403);
    expect(await ask('null')).toBe(403);
  });
});

describe('a request that a page elsewhere caused without an Origin', () => {
  const source = (headers: Record<string, string>, method = 'GET'): RequestSource => ({
    method,
    target: '/docs',
    headers: { host: 'localhost', ...headers },
    rawHeaders: [],
    port: 8765,
  });
  const policy = { hosts: loopbackHosts('127.0.0.1') };
  const followed = { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };

  it.each([
    ['none', {}, 'GET', null],
    ['same-origin', {}, 'POST', null],
    ['cross-site', {}, 'GET', 'origin-not-allowed'],
    ['same-site', {}, 'GET', 'origin-not-allowed'],
    ['anything', {}, 'GET', 'origin-not-allowed'],
    ['cross-site', followed, 'GET', null],
    ['cross-site', followed, 'POST', 'origin-not-allowed'],
    ['cross-site', { ...followed, 'sec-fetch-dest': 'iframe' }, 'GET', 'origin-not-allowed'],
    ['cross-site', { 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' }, 'GET', 'origin-not-allowed'],
  ])('[S1] Sec-Fetch-Site %s with %j of %s gives %s', (site, more, method, verdict) => {
    expect(sourceRefusal(source({ 'sec-fetch-site': site, ...more }, method), policy)).toBe(verdict);
  });

  it('[S1] knows the address that the server is bound to as a name', () => {
    const bound = { hosts: loopbackHosts('127.0.0.9') };
    expect(sourceRefusal(source({ host: '127.0.0.9:8765' }), bound)).toBeNull();
    expect(sourceRefusal(source({ host: '127.0.0.9:8765' }), policy)).toBe('host-not-allowed');
    expect(sourceRefusal(source({ host: '[::1]' }), { hosts: loopbackHosts('::1') })).toBeNull();
  });
});
