import { mkdtempSync, rmSync } from 'node:fs';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ProblemDetails } from '@leanvibe/protocol/problem';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { exchange, openConnection, readToEnd, requestText } from '../src/http/raw-exchange-fixture.ts';
import { ServerProcess } from './fault/server-process.ts';
import { hangMs } from './security-fixture.ts';

/** Much less than what is sent at it, and more than a garbage collector lets lie about on a small machine. */
const mostGrowthBytes = 160 * 1_048_576;
const mebibyte = 1_048_576;

const folder = mkdtempSync(join(tmpdir(), 'leanvibe-limits-'));
let server: ServerProcess;
let port: number;
let host: string;

beforeAll(async () => {
  server = new ServerProcess({ folder });
  port = await server.serving();
  host = `Host: localhost:${port}`;
});

afterAll(async () => {
  await server[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

const json = 'Content-Type: application/json';
const get = (path: string, lines: readonly string[] = []) => exchange(port, requestText('GET', path, [host, ...lines]));
const post = (path: string, body: string, lines: readonly string[] = []) =>
  exchange(port, requestText('POST', path, [host, json, `Content-Length: ${Buffer.byteLength(body)}`, ...lines], body));

/** The memory of the server's process, as it says itself. */
async function residentBytes(): Promise<number> {
  const { body } = await get('/metrics');
  return Number(/^\w*process_resident_memory_bytes (\S+)$/m.exec(body)![1]);
}

const expectServing = async (): Promise<void> => {
  expect((await post('/tasks/serving', '{"title":"still there"}')).status).toBe(201);
  expect((await get('/tasks/serving?limit=1')).status).toBe(200);
};

const title = (length: number) => JSON.stringify({ title: 'x', description: 'x'.repeat(length) });
const nested = (depth: number) => `{"title":"x","metadata":${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}}`;
const task = (body: object) => JSON.stringify({ title: 'x', ...body });

describe('row 7: ten times over each limit', () => {
  it(
    '[S4] is refused with the right status, costs little memory, and others are served',
    { timeout: 90_000 },
    async () => {
      await expectServing();
      const before = await residentBytes();
      const tries: [name: string, statuses: number[], () => Promise<{ status: number; body: string }>][] = [
        ['body', [413], () => post('/tasks/a', title(10 * mebibyte))],
        [
          'announced body',
          [413],
          () => exchange(port, requestText('POST', '/tasks/a', [host, json, `Content-Length: ${10 * mebibyte}`])),
        ],
        [
          'announced import',
          [413],
          () =>
            exchange(port, requestText('POST', '/tasks/a/import', [host, json, `Content-Length: ${640 * mebibyte}`])),
        ],
        ['one header', [431], () => get('/health', [`X: ${'x'.repeat(163_840)}`])],
        [
          'many headers',
          [431],
          () =>
            get(
              '/health',
              Array.from({ length: 20_000 }, (_, index) => `X${index}: x`),
            ),
        ],
        ['cookies', [431], () => get('/health', [`Cookie: ${'a=b; '.repeat(40_000)}`])],
        ['address', [414], () => get(`/${'x'.repeat(81_920)}`)],
        ['query', [414], () => get(`/tasks/a?q=${'x'.repeat(81_920)}`)],
        ['depth', [400], () => post('/tasks/a', nested(640))],
        ['depth of arrays', [400], () => post('/tasks/a/import', '['.repeat(500_000))],
        ['page', [400], () => get('/tasks/a?limit=10000')],
        ['long poll', [400], () => get('/events/a/log?wait_seconds=600')],
        ['cursor', [400], () => get(`/tasks/a?cursor=${'x'.repeat(7000)}`)],
        ['search', [400], () => get(`/tasks/a?q=${'x'.repeat(7000)}`)],
        ['filters', [400], () => get(`/tasks/a?${'tag=x&'.repeat(1000)}`)],
        ['title', [400], () => post('/tasks/a', task({ title: 'x'.repeat(2550) }))],
        ['description', [400], () => post('/tasks/a', title(655_360))],
        ['metadata', [400], () => post('/tasks/a', task({ metadata: { x: 'x'.repeat(163_840) } }))],
        [
          'members of metadata',
          [400],
          () =>
            post(
              '/tasks/a',
              task({ metadata: Object.fromEntries(Array.from({ length: 50_000 }, (_, index) => [`k${index}`, 1])) }),
            ),
        ],
        ['tags', [400], () => post('/tasks/a', task({ tags: Array.from({ length: 320 }, (_, index) => `t${index}`) }))],
        [
          'dependencies',
          [400],
          () =>
            post(
              '/tasks/a',
              task({
                depends_on: Array.from(
                  { length: 2560 },
                  (_, index) => `019aa0c2-7c1e-7d4c-9d2f-${String(index).padStart(12, '0')}`,
                ),
              }),
            ),
        ],
        [
          'operations',
          [400],
          () =>
            post(
              '/tasks/a/bulk',
              JSON.stringify({ operations: Array.from({ length: 10_000 }, () => ({ op: 'create', title: 'x' })) }),
            ),
        ],
        [
          'unknown members',
          [400],
          () =>
            post('/tasks/a', task(Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`k${index}`, 1])))),
        ],
        [
          'a number',
          [400],
          () => post('/tasks/a', task({ estimated_hours: 1 }).replace(':1}', `:${'9'.repeat(400)}}`)),
        ],
        ['idempotency key', [400], () => post('/tasks/a', task({}), [`Idempotency-Key: ${'x'.repeat(2550)}`])],
        ['actor', [400], () => post('/tasks/a', task({}), [`X-LeanVibe-Actor: human:${'x'.repeat(1200)}`])],
        ['client_id', [400], () => post(`/tasks/${'x'.repeat(1280)}`, task({}))],
        [
          'chunk extensions',
          [413],
          () =>
            exchange(
              port,
              requestText(
                'POST',
                '/tasks/a',
                [host, json, 'Transfer-Encoding: chunked'],
                `1;${'x'.repeat(163_840)}\r\n{\r\n`,
              ),
            ),
        ],
      ];
      for (let round = 0; round < 2; round += 1) {
        for (const [name, statuses, send] of tries) {
          const answer = await send();
          expect([name, statuses.includes(answer.status)], `${answer.status} ${answer.body.slice(0, 500)}`).toEqual([
            name,
            true,
          ]);
          expect(ProblemDetails.parse(JSON.parse(answer.body)).status).toBe(answer.status);
          expect([name, answer.body.length < 3 * mebibyte]).toEqual([name, true]);
        }
      }
      expect((await residentBytes()) - before).toBeLessThan(mostGrowthBytes);
      expect((await get('/tasks/a')).body).toBe('[]');
      await expectServing();
    },
  );

  it('[S4] an endless body is cut off when it is too long, not when it ends', { timeout: 60_000 }, async () => {
    const before = await residentBytes();
    const socket = await openConnection(port);
    const answer = readToEnd(socket);
    socket.write(`POST /tasks/a HTTP/1.1\r\n${host}\r\n${json}\r\nTransfer-Encoding: chunked\r\n\r\n`);
    const chunk = `10000\r\n${'x'.repeat(65_536)}\r\n`;
    let sent = 0;
    while (!socket.destroyed && sent < 256 * mebibyte) {
      sent += chunk.length;
      if (!socket.write(chunk)) await Promise.race([new Promise((resolve) => socket.once('drain', resolve)), answer]);
    }
    expect(await answer).toMatch(/^HTTP\/1\.1 413 |^$/);
    expect(sent).toBeLessThan(128 * mebibyte);
    expect((await residentBytes()) - before).toBeLessThan(mostGrowthBytes);
    await expectServing();
  });
});

describe('row 8: slow clients', () => {
  const ended = (socket: Socket) => readToEnd(socket);

  it('[S4] three hundred of them hold up nobody, and are closed', { timeout: 90_000 }, async () => {
    const beginnings = [
      () => 'GET /health HTTP/1.1\r\nX-Slow: ',
      () => `POST /tasks/a HTTP/1.1\r\n${host}\r\n${json}\r\nContent-Length: 1000\r\n\r\n{`,
      () => `POST /tasks/a HTTP/1.1\r\n${host}\r\n${json}\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n`,
    ];
    const sockets = await Promise.all(Array.from({ length: 300 }, () => openConnection(port)));
    const ends = sockets.map(ended);
    // One in four says nothing at all.
    const dripping = sockets.filter((_socket, index) => index % 4 !== 0);
    dripping.forEach((socket, index) => socket.write(beginnings[index % beginnings.length]!()));
    const drip = setInterval(() => dripping.forEach((socket) => socket.writable && socket.write('1')), 1000);
    try {
      for (let count = 0; count < 50; count += 1) await expectServing();
      const texts = await Promise.all(ends);
      // Digit by digit the size of a chunk becomes none.
      for (const text of texts) expect(text).toMatch(/^HTTP\/1\.1 (408|400) .*problem\+json/s);
      expect(texts.filter((text) => text.startsWith('HTTP/1.1 408 ')).length).toBeGreaterThan(200);
    } finally {
      clearInterval(drip);
      for (const socket of sockets) socket.destroy();
    }
    await expectServing();
  });
});

/** A socket without the checks of a good client: what it writes after the handshake is up to the test. */
async function openRawSocket(): Promise<{ socket: Socket; end: Promise<string> }> {
  const socket = await openConnection(port);
  const greeted = new Promise<void>((resolve) => socket.once('data', () => resolve()));
  const key = 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==';
  socket.write(
    `GET /ws/flood HTTP/1.1\r\n${host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n${key}\r\n\r\n`,
  );
  const end = readToEnd(socket);
  await greeted;
  return { socket, end };
}

/** A frame with the mask of a client (of zeros, which leaves the bytes alone). */
function frame(opcode: number, payload: Buffer, { fin = true, announced = payload.length } = {}): Buffer {
  const head = Buffer.alloc(14);
  head[0] = (fin ? 0x80 : 0) | opcode;
  head[1] = 0x80 | 127;
  head.writeBigUInt64BE(BigInt(announced), 2);
  return Buffer.concat([head, payload]);
}

/** A control frame, or another short one. */
const shortFrame = (opcode: number, payload: Buffer, fin = true): Buffer =>
  Buffer.concat([Buffer.from([(fin ? 0x80 : 0) | opcode, 0x80 | payload.length, 0, 0, 0, 0]), payload]);

/** The code with which the last frame closed. */
const closeCode = (text: string): string =>
  /(protocol-error|frame-too-large|rate-limited|binary-frame|slow-consumer)/.exec(text)?.[1] ?? '';

describe('row 9: WebSocket floods', () => {
  const small = Buffer.from('{"type":"heartbeat"}');

  it('[W5] [W6] of every kind are closed with the reason, and others are served', { timeout: 90_000 }, async () => {
    const bystander = new WebSocket(`ws://localhost:${port}/ws/flood`);
    await new Promise((resolve) => bystander.once('message', resolve));
    const before = await residentBytes();
    const repeat = (bytes: Buffer, times: number) => Buffer.concat(Array.from({ length: times }, () => bytes));
    const attacks: [name: string, reason: string[], bytes: Buffer][] = [
      ['a frame of 100 MB is announced', ['frame-too-large'], frame(1, Buffer.alloc(1000), { announced: 100_000_000 })],
      [
        'a frame of 2^63 bytes is announced',
        ['frame-too-large', 'protocol-error'],
        frame(1, Buffer.alloc(0), { announced: Number.MAX_SAFE_INTEGER }),
      ],
      ['a frame is too large', ['frame-too-large'], frame(1, Buffer.alloc(2_621_440, 0x20))],
      [
        'fragments have no end',
        ['frame-too-large', 'protocol-error'],
        Buffer.concat([shortFrame(1, Buffer.from('x'), false), repeat(shortFrame(0, Buffer.from('x'), false), 20_000)]),
      ],
      [
        'fragments are empty',
        ['frame-too-large', 'protocol-error'],
        Buffer.concat([shortFrame(1, Buffer.alloc(0), false), repeat(shortFrame(0, Buffer.alloc(0), false), 20_000)]),
      ],
      ['pings come in floods', ['rate-limited'], repeat(shortFrame(9, Buffer.alloc(125)), 50_000)],
      ['frames come in floods', ['rate-limited'], repeat(shortFrame(1, small), 50_000)],
      ['mistakes come in floods', ['rate-limited'], repeat(shortFrame(1, Buffer.from('{')), 50_000)],
      ['a frame has no mask', ['protocol-error'], Buffer.from([0x81, 2, 0x7b, 0x7d])],
      ['reserved bits are set', ['protocol-error'], Buffer.from([0xf1, 0x80, 0, 0, 0, 0])],
      ['a control frame is long', ['protocol-error'], frame(9, Buffer.alloc(1000))],
      ['a ping is in fragments', ['protocol-error'], shortFrame(9, Buffer.alloc(1), false)],
      ['a frame is of no kind', ['protocol-error'], shortFrame(3, small)],
      ['a fragment has no beginning', ['protocol-error'], shortFrame(0, small)],
      ['a text is no UTF-8', ['protocol-error'], shortFrame(1, Buffer.from([0xff, 0xfe]))],
      ['a frame is binary', ['binary-frame'], shortFrame(2, small)],
      ['HTTP goes on', ['protocol-error'], Buffer.from('GET /health HTTP/1.1\r\n\r\n')],
    ];
    for (const [name, reasons, bytes] of attacks) {
      const { socket, end } = await openRawSocket();
      socket.write(bytes);
      const stuck = new Promise<string>((resolve) => setTimeout(resolve, hangMs, 'is still open').unref());
      const text = await Promise.race([end, stuck]);
      expect([name, reasons.includes(closeCode(text))], `${closeCode(text)} ${text.slice(-200)}`).toEqual([name, true]);
      socket.destroy();
      await expectServing();
    }
    expect((await residentBytes()) - before).toBeLessThan(mostGrowthBytes);
    const event = new Promise((resolve) => bystander.once('message', resolve));
    expect((await post('/tasks/flood', '{"title":"x"}')).status).toBe(201);
    expect(JSON.parse(String(await event))).toMatchObject({ type: 'task_created' });
    bystander.terminate();
  });

  it('[W7] those who never read cost a bounded amount, and others hear everything', { timeout: 90_000 }, async () => {
    const heard: string[] = [];
    const listener = new WebSocket(`ws://localhost:${port}/ws/stall`);
    listener.on('message', (data: Buffer) => heard.push(data.toString()));
    const deaf = await Promise.all(
      Array.from({ length: 50 }, async () => {
        const socket = await openConnection(port);
        socket.pause();
        socket.write(
          `GET /ws/stall HTTP/1.1\r\n${host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`,
        );
        return socket;
      }),
    );
    const before = await residentBytes();
    const events = 150;
    for (let count = 0; count < events; count += 1)
      expect((await post('/tasks/stall', title(60_000))).status).toBe(201);
    await expect
      .poll(() => heard.filter((text) => text.includes('task_created')).length, { timeout: hangMs })
      .toBe(events);
    // All of it for each of them would be 450 MB.
    expect((await residentBytes()) - before).toBeLessThan(mostGrowthBytes);
    const connections = JSON.parse((await get('/connections')).body) as { client_id: string; queued_bytes: number }[];
    const queued = connections.filter(({ client_id: id }) => id === 'stall').map(({ queued_bytes: bytes }) => bytes);
    expect(queued).toHaveLength(51);
    expect(Math.max(...queued)).toBeLessThan(mebibyte);
    for (const socket of deaf) socket.destroy();
    listener.terminate();
  });
});
