import { ProblemDetails } from '@leanvibe/protocol/problem';
import { routes } from '@leanvibe/protocol/route-catalogue';
import { describe, expect, it } from 'vitest';
import { jsonAnswer } from './answer.ts';
import { serveEverything, startHttpServer } from './http-server-fixture.ts';
import { exchange, openConnection, readToEnd, requestText, type RawAnswer } from './raw-exchange-fixture.ts';

const start = () => startHttpServer({ routes: serveEverything });

/** Short enough for a test, each told apart from the others by far. */
const impatient = { headersTimeoutMs: 200, bodyTimeoutMs: 200, requestTimeoutMs: 60_000, checkEveryMs: 50 };

const codeOf = ({ status, headers, body }: RawAnswer): string => {
  expect(headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  const problem = ProblemDetails.parse(JSON.parse(body));
  expect(problem).toMatchObject({ status, request_id: headers.get('x-request-id') });
  return problem.code;
};

const json = 'Content-Type: application/json';

describe('sizes', () => {
  it('[S4] an address has at most 8 KiB', async () => {
    await using server = await start();
    const host = `Host: localhost:${server.port}`;
    const ask = (length: number) =>
      exchange(server.port, requestText('GET', `/tasks/p?q=${'x'.repeat(length - 11)}`, [host]));
    expect((await ask(900)).status).toBe(200);
    expect((await ask(8192)).status).toBe(400);
    for (const length of [8193, 12_000, 40_000, 400_000]) {
      const answer = await ask(length);
      expect([length, answer.status, codeOf(answer)]).toEqual([length, 414, 'uri-too-long']);
    }
  });

  it('[S4] headers have at most 16 KiB together', async () => {
    await using server = await start();
    const host = `Host: localhost:${server.port}`;
    const one = (length: number) => requestText('GET', '/health', [host, `X-Filler: ${'x'.repeat(length)}`]);
    const many = requestText('GET', '/health', [
      host,
      ...Array.from({ length: 2000 }, (_, index) => `X-${index}: 1234567`),
    ]);
    expect((await exchange(server.port, one(12_000))).status).toBe(200);
    for (const request of [one(20_000), one(160_000), one(1_000_000), many]) {
      const answer = await exchange(server.port, request);
      expect([answer.status, codeOf(answer)]).toEqual([431, 'headers-too-large']);
    }
  });

  it('[S4] a body has at most 1 MiB, said or unsaid', async () => {
    await using server = await start();
    const lines = [`Host: localhost:${server.port}`, json];
    const title = (length: number) => `{"title":"${'x'.repeat(length - 12)}"}`;
    const said = (length: number) =>
      exchange(server.port, requestText('POST', '/tasks/p', [...lines, `Content-Length: ${length}`], title(length)));
    const unsaid = (length: number) => {
      const body = `${length.toString(16)}\r\n${title(length)}\r\n0\r\n\r\n`;
      return exchange(server.port, requestText('POST', '/tasks/p', [...lines, 'Transfer-Encoding: chunked'], body));
    };
    for (const send of [said, unsaid]) {
      expect(codeOf(await send(1_048_576))).toBe('validation-failed');
      const answer = await send(1_048_577);
      expect([answer.status, codeOf(answer)]).toEqual([413, 'payload-too-large']);
    }
    const claimed = await exchange(
      server.port,
      requestText('POST', '/tasks/p', [...lines, 'Content-Length: 99999999999']),
    );
    expect(codeOf(claimed)).toBe('payload-too-large');
  });

  it('[S4] an import has at most 64 MiB', async () => {
    await using server = await startHttpServer({
      routes: ({ serve }) => serve(routes.importTasks, ({ body }) => jsonAnswer(200, Object.keys(body).length)),
    });
    const send = (length: number) => {
      const body = `["${'x'.repeat(length - 4)}"]`;
      return server.fetch('/tasks/p/import', { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    };
    const largest = await send(67_108_864);
    expect([largest.status, await largest.text()]).toEqual([200, '1']);
    const claimed = `Content-Length: ${67_108_865}`;
    const lines = [`Host: localhost:${server.port}`, json, claimed];
    expect(codeOf(await exchange(server.port, requestText('POST', '/tasks/p/import', lines)))).toBe(
      'payload-too-large',
    );
  });

  it('[S2] nobody without a token gets to send a body at all', async () => {
    await using server = await startHttpServer({ auth: 'token', routes: serveEverything });
    const lines = [`Host: localhost:${server.port}`, json, 'Content-Length: 60000000'];
    const answer = await exchange(server.port, requestText('POST', '/tasks/p/import', lines, '['.repeat(1000)));
    expect([answer.status, codeOf(answer)]).toEqual([401, 'unauthorized']);
  });
});

describe('what is not HTTP', () => {
  it.each([
    ['noise', '\u0001\u0002\u0003\r\n\r\n'],
    ['another protocol', 'SSH-2.0-OpenSSH_9.9\r\n'],
    ['an unknown method', 'FROB / HTTP/1.1\r\nHost: localhost\r\n\r\n'],
    ['a header without a name', 'GET /health HTTP/1.1\r\n: x\r\n\r\n'],
    ['a blank in a header name', 'GET /health HTTP/1.1\r\nHost : localhost\r\n\r\n'],
    ['two lengths', 'POST /tasks/p HTTP/1.1\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabc'],
    [
      'a length and chunks',
      'POST /tasks/p HTTP/1.1\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    ['a length that is no number', 'POST /tasks/p HTTP/1.1\r\nContent-Length: 3x\r\n\r\nabc'],
    ['an unknown version', 'GET /health HTTP/9.9\r\nHost: localhost\r\n\r\n'],
  ])('[C3] is 400 malformed-request and the end of the connection: %s', async (_name, request) => {
    await using server = await start();
    const answer = await exchange(server.port, request);
    expect([answer.status, codeOf(answer), answer.headers.get('connection')]).toEqual([
      400,
      'malformed-request',
      'close',
    ]);
  });
});

describe('slowness', () => {
  it('[S4] a head that does not come to an end is 408', async () => {
    await using server = await startHttpServer({ limits: impatient });
    const answer = await exchange(server.port, `GET /health HTTP/1.1\r\nHost: localhost:${server.port}\r\nX-Slow: `);
    expect([answer.status, codeOf(answer)]).toEqual([408, 'request-timeout']);
  });

  it('[S4] a body that trickles in is 408, though it never pauses', async () => {
    await using server = await startHttpServer({ limits: impatient, routes: serveEverything });
    const socket = await openConnection(server.port);
    const lines = [`Host: localhost:${server.port}`, json, 'Content-Length: 100000'];
    socket.write(requestText('POST', '/tasks/p', lines, '{"title":"'));
    const trickle = setInterval(() => socket.writable && socket.write('x'), 20);
    const text = await readToEnd(socket);
    clearInterval(trickle);
    expect(text).toMatch(/^HTTP\/1.1 408 [\s\S]*"code":"request-timeout"/);
    expect((await server.fetch('/health')).status).toBe(200);
  });

  it('[S4] an import may take longer than other bodies', async () => {
    await using server = await startHttpServer({ limits: impatient, routes: serveEverything });
    const socket = await openConnection(server.port);
    const lines = [`Host: localhost:${server.port}`, json, 'Content-Length: 30'];
    socket.write(requestText('POST', '/tasks/p/import', lines));
    const answer = readToEnd(socket);
    const other = await exchange(server.port, requestText('POST', '/tasks/p', lines));
    expect(other.status).toBe(408);
    for (let sent = 0; sent < 28; sent += 1) socket.write(sent === 0 ? '[' : ' ');
    socket.end(' ]');
    expect(await answer).toMatch(/^HTTP\/1.1 200 /);
  });

  it('[S4] an idle connection is closed', async () => {
    await using server = await startHttpServer({ limits: { keepAliveTimeoutMs: 50 }, routes: serveEverything });
    const socket = await openConnection(server.port);
    socket.write(`GET /health HTTP/1.1\r\nHost: localhost:${server.port}\r\n\r\n`);
    expect(await readToEnd(socket)).toMatch(/^HTTP\/1.1 200 /);
  });

  it('[S4] an answer that nobody reads is given up, and its connection with it', async () => {
    await using server = await startHttpServer({
      limits: { stallTimeoutMs: 200 },
      routes: ({ serve }) =>
        serve(routes.exportTasks, () => ({ status: 200, headers: {}, body: Buffer.alloc(32 * 1_048_576, 0x20) })),
    });
    const socket = await openConnection(server.port);
    socket.pause().write(`GET /tasks/p/export HTTP/1.1\r\nHost: localhost:${server.port}\r\n\r\n`);
    const open = () => new Promise((resolve) => server.app.server.getConnections((_error, count) => resolve(count)));
    await expect.poll(open).toBe(1);
    await expect.poll(open, { timeout: 5000 }).toBe(0);
    socket.destroy();
  });

  it('[S4] many slow connections do not keep others out', async () => {
    await using server = await startHttpServer({ limits: impatient, routes: serveEverything });
    const sockets = await Promise.all(Array.from({ length: 100 }, () => openConnection(server.port)));
    const ends = sockets.map(readToEnd);
    for (const socket of sockets) socket.write('GET /health HTTP/1.1\r\n');
    expect((await server.fetch('/health')).status).toBe(200);
    for (const text of await Promise.all(ends)) expect(text).toMatch(/^HTTP\/1.1 408 /);
  });

  it('[S1] an upgrade to what is not served is answered as a plain request', async () => {
    await using server = await start();
    const lines = [`Host: localhost:${server.port}`, 'Upgrade: h2c'];
    const text = ['GET /health HTTP/1.1', ...lines, 'Connection: Upgrade, close', '', ''].join('\r\n');
    expect((await exchange(server.port, text)).status).toBe(200);
  });
});
