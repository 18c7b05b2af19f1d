import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exchange } from '../src/http/raw-exchange-fixture.ts';
import { startTarget, type Target } from './security-fixture.ts';

let target: Target;
beforeAll(async () => {
  target = await startTarget();
});
afterAll(() => target[Symbol.asyncDispose]());

/** Names that resolve, or could be made to resolve, to this machine, and spellings that a sloppy parser takes for its own. */
const foreignHosts = (port: number): string[] =>
  [
    'evil.example',
    'EVIL.EXAMPLE',
    'localhost.',
    'localhost.evil.example',
    'evil-localhost',
    'xn--lcalhost-54a',
    'localhost.localdomain',
    'local​host',
    'localhost%00.evil.example',
    'localhost\t',
    'localhost/',
    'localhost?',
    'localhost#',
    'localhost\\',
    'localhost@evil.example',
    'evil.example@localhost',
    'localhost,evil.example',
    'localhost evil.example',
    'http://localhost',
    '127.0.0.1.',
    '127.1',
    '127.0.1',
    '127.000.000.001',
    '127.0.0.2',
    '127.0.0.1.nip.io',
    '0177.0.0.1',
    '0x7f.0.0.1',
    '0x7f000001',
    '2130706433',
    '0',
    '0.0.0.0',
    '[::]',
    '[::1%25lo]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[0:0:0:0:0:0:0:1]',
    '::1',
    '[localhost]',
    'myhost.local',
    'host.docker.internal',
    '*',
    '',
  ].flatMap((name) => (name.endsWith('\t') ? [`${name}x`] : [name, `${name}:${port}`]));

const wrongPorts = (port: number): string[] =>
  [
    port + 1,
    port + 65_536,
    `${port}0`,
    `0x${port.toString(16)}`,
    `-${port}`,
    `+${port}`,
    ` ${port}`,
    '',
    '80',
    'x',
  ].map((wrong) => `localhost:${wrong}`);

const upgrade = ['Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13'];
const handshake = (lines: readonly string[], path = '/ws/alpha') =>
  ['GET ' + path + ' HTTP/1.1', ...lines, ...upgrade, 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==', '', ''].join(
    '\r\n',
  );

const connections = async () => (await target.call('GET', '/connections')).body as unknown[];

const expectRefused = (answer: { status: number; body: string }, name: unknown, code: string) => {
  expect([name, answer.status], answer.body).toEqual([name, 403]);
  expect(JSON.parse(answer.body)).toMatchObject({ status: 403, code });
};

describe('row 1: DNS rebinding', () => {
  it('[S1] is refused for every foreign Host, on real and unknown paths and on handshakes alike', async () => {
    const before = target.state();
    for (const host of [...foreignHosts(target.port), ...wrongPorts(target.port)]) {
      const line = `Host: ${host}`;
      const post = [line, 'Content-Type: application/json', 'Content-Length: 13'];
      // A Host that is no header value at all is refused by the parser, before anything else.
      const requests = {
        health: target.raw('GET', '/health', [line]),
        unknown: target.raw('GET', '/nothing/here', [line]),
        write: target.raw('POST', '/tasks/alpha', post, '{"title":"x"}'),
        socket: exchange(target.port, handshake([line])),
        noSuchSocket: exchange(target.port, handshake([line], '/ws/%00')),
      };
      for (const [name, request] of Object.entries(requests))
        expectRefused(await request, [name, host], 'host-not-allowed');
    }
    expect(target.state()).toBe(before);
    expect(await connections()).toEqual([]);
  });

  it('[S1] is refused without a Host, with two, and with another in the target', async () => {
    const { ownHost, port } = target;
    const evil = 'Host: evil.example';
    for (const lines of [[], [ownHost, ownHost], [ownHost, evil], [evil, ownHost], [ownHost, 'HOST: evil.example']]) {
      expectRefused(await target.raw('GET', '/health', lines), lines, 'host-not-allowed');
      expectRefused(await exchange(port, handshake(lines)), lines, 'host-not-allowed');
    }
    for (const address of [
      'http://evil.example/health',
      `http://localhost.evil.example:${port}/`,
      'http://localhost@evil/',
    ]) {
      expectRefused(await target.raw('GET', address, [ownHost]), address, 'host-not-allowed');
    }
    expectRefused(await target.send(`GET /health HTTP/1.0\r\n\r\n`), 'HTTP/1.0', 'host-not-allowed');
  });

  it('[S1] is not let in by headers that a proxy would set', async () => {
    const forwarded = [
      'X-Forwarded-Host: localhost',
      'Forwarded: host=localhost;for=127.0.0.1',
      'X-Original-Host: localhost',
    ];
    expectRefused(await target.raw('GET', '/health', ['Host: evil.example', ...forwarded]), 'in', 'host-not-allowed');
    const misled = [
      'X-Forwarded-Host: evil.example',
      'X-Forwarded-Proto: https',
      'X-HTTP-Method-Override: DELETE',
      'X-Original-URL: /tokens',
    ];
    const answer = await target.raw('POST', '/pairing', [target.ownHost, ...misled]);
    expect(answer.status).toBe(201);
    expect(answer.body).not.toContain('evil');
    expect(answer.body).not.toContain('https');
  });
});

/** Where a page could stand that opens a socket to this machine. */
const foreignOrigins = (port: number): string[] => [
  'null',
  'http://evil.example',
  `http://evil.example:${port}`,
  `https://localhost:${port}`,
  'http://localhost',
  `http://localhost:${port + 1}`,
  `http://localhost:${port}0`,
  `http://localhost:${port}.evil.example`,
  `http://localhost.evil.example:${port}`,
  `http://evil-localhost:${port}`,
  `http://localhost.:${port}`,
  `http://localhost:${port}/`,
  `http://localhost:${port}@evil.example`,
  `http://evil.example#localhost:${port}`,
  `http://127.0.0.1:${port}`,
  `http://[::1]:${port}`,
  `ws://localhost:${port}`,
  `file://localhost:${port}`,
  `chrome-extension://localhost:${port}`,
  `http://localhost:${port}, http://evil.example`,
  `http://localhost:${port} http://evil.example`,
  `localhost:${port}`,
  '*',
  '',
];

describe('row 3: cross-site WebSocket hijack', () => {
  it('[S1] is refused at the handshake for every foreign Origin, and never counted', async () => {
    for (const origin of foreignOrigins(target.port)) {
      const answer = await exchange(target.port, handshake([target.ownHost, `Origin: ${origin}`]));
      expectRefused(answer, origin, 'origin-not-allowed');
      expect(answer.headers.has('sec-websocket-accept')).toBe(false);
      expect(await connections()).toEqual([]);
    }
    const metrics = (await target.call('GET', '/metrics')).text;
    expect(metrics).toMatch(/^leanvibe_connections 0$/m);
  });

  it('[S1] is refused by what the browser says of where the request began, too', async () => {
    for (const site of ['cross-site', 'same-site', 'nonsense']) {
      const lines = [target.ownHost, `Sec-Fetch-Site: ${site}`, 'Sec-Fetch-Mode: websocket', 'Sec-Fetch-Dest: empty'];
      expectRefused(await exchange(target.port, handshake(lines)), site, 'origin-not-allowed');
    }
  });

  it('[S1] is not what the own page does', async () => {
    const socket = target.socket('/ws/alpha', { origin: target.url });
    await socket.frame('hello');
    expect(await connections()).toHaveLength(1);
    socket.terminate();
  });
});
