import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { eventServer, until, type EventServer } from '../src/events/event-server-fixture.ts';

/** A frame as a client sends it, with whatever is wrong in it. The mask is zero, so that the payload stays readable. */
function frame(firstByte: number, payload: Buffer, claimedLength = payload.length): Buffer {
  const header = Buffer.alloc(10);
  header[0] = firstByte;
  header[1] = 0x80 | 127;
  header.writeBigUInt64BE(BigInt(claimedLength), 2);
  return Buffer.concat([header, Buffer.alloc(4), payload]);
}

const fin = 0x80;
const text = 0x1;
const heartbeat = Buffer.from('{"type":"heartbeat"}');

/** A client without manners: it speaks bytes. */
class RawClient {
  readonly socket: Socket;
  #received = Buffer.alloc(0);
  closed = false;

  constructor(server: EventServer) {
    this.socket = connect(server.port, '127.0.0.1');
    this.socket.on('data', (chunk: Buffer) => (this.#received = Buffer.concat([this.#received, chunk])));
    this.socket.on('error', () => undefined);
    this.socket.on('close', () => (this.closed = true));
    this.socket.write(
      `GET /ws/alpha HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
        'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n',
    );
  }

  async greeted(): Promise<void> {
    await until(() => this.#received.includes('"hello"'));
  }

  /** The code and reason of the close frame, once it is there. */
  async closeFrame(): Promise<{ code: number; reason: string }> {
    const start = () => this.#received.indexOf(fin | 0x8, this.#received.indexOf('"hello"'));
    await until(() => start() !== -1 || this.closed);
    const at = start();
    const length = this.#received[at + 1]!;
    return {
      code: this.#received.readUInt16BE(at + 2),
      reason: this.#received.toString('utf8', at + 4, at + 2 + length),
    };
  }

  async write(bytes: Buffer): Promise<void> {
    if (!this.closed && !this.socket.write(bytes))
      await Promise.race([once(this.socket, 'drain'), once(this.socket, 'close')]);
  }
}

async function attack(server: EventServer, ...frames: Buffer[]): Promise<{ code: number; reason: string }> {
  const client = new RawClient(server);
  await client.greeted();
  for (const bytes of frames) await client.write(bytes);
  const end = await client.closeFrame();
  client.socket.destroy();
  return end;
}

describe('a client that breaks the protocol', () => {
  it.each([
    ['reserved bits', [frame(fin | text | 0x40, heartbeat)], 1002, 'protocol-error'],
    ['an unknown opcode', [frame(fin | 0x3, heartbeat)], 1002, 'protocol-error'],
    ['a continuation of nothing', [frame(fin, heartbeat)], 1002, 'protocol-error'],
    ['a control frame in pieces', [frame(0x9, Buffer.alloc(0))], 1002, 'protocol-error'],
    ['text that is not UTF-8', [frame(fin | text, Buffer.from([0x22, 0xc3, 0x28, 0x22]))], 1007, 'protocol-error'],
    ['a frame that claims 100 MB', [frame(fin | text, Buffer.alloc(64), 100_000_000)], 1009, 'frame-too-large'],
    ['a frame that claims 8 EB', [frame(fin | text, Buffer.alloc(64), 2 ** 62)], 1009, 'frame-too-large'],
    [
      'fragments that add up to too much',
      [frame(text, Buffer.alloc(200_000, 32)), frame(0, Buffer.alloc(200_000, 32))],
      1009,
      'frame-too-large',
    ],
    [
      'a flood of fragments',
      Array.from({ length: 1100 }, (_, n) => frame(n === 0 ? text : 0, Buffer.from(' '))),
      1008,
      'protocol-error',
    ],
  ])('[W5] is closed for %s', async (_name, frames, code, reason) => {
    await using server = await eventServer();
    const bystander = await server.connect('/ws/alpha');
    expect(await attack(server, ...frames)).toEqual({ code, reason });
    await until(() => server.connections.list().length === 1);
    await server.publish('alpha', { n: 1 });
    await bystander.through(1);
    expect(server.errors).toEqual([]);
  });

  it('[W5] is closed for an unmasked frame', async () => {
    await using server = await eventServer();
    expect(await attack(server, Buffer.from([fin | text, 0]))).toEqual({ code: 1002, reason: 'protocol-error' });
  });

  it('[W7] is closed for a frame that it sends byte by byte, in pieces without number', async () => {
    await using server = await eventServer();
    const client = new RawClient(server);
    await client.greeted();
    client.socket.setNoDelay(true);
    client.socket.write(frame(fin | text, Buffer.alloc(0), 200_000));
    let sent = 0;
    while (!client.closed && sent < 200_000) {
      client.socket.write(' ');
      sent += 1;
      if (sent % 4 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    await until(() => server.connections.list().length === 0);
    client.socket.destroy();
  });

  it('[W5] is closed for a flood of pings, and its pongs do not pile up', async () => {
    await using server = await eventServer();
    const client = new RawClient(server);
    await client.greeted();
    client.socket.pause();
    // The length of a control frame stands in one byte.
    const ping = Buffer.concat([Buffer.from([fin | 0x9, 0x80 | 100]), Buffer.alloc(104)]);
    const pings = Buffer.concat(Array.from({ length: 500 }, () => ping));
    for (let n = 0; n < 10; n += 1) await client.write(pings);
    await until(() => server.connections.list().length === 0);
    expect(server.connections.figures().closed).toEqual({ 'rate-limited': 1 });
    client.socket.destroy();
  });

  it('[W6] leaves nothing behind when it goes in the middle of a frame', async () => {
    await using server = await eventServer();
    const client = new RawClient(server);
    await client.greeted();
    await client.write(frame(fin | text, heartbeat, 1000));
    client.socket.resetAndDestroy();
    await until(() => server.connections.list().length === 0);
    expect(server.streaming.figures()).toEqual({ workspaces: 0, streams: 0, waiting: 0 });
  });
});
