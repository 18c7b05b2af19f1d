import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { eventServer, until, type EventServer } from '../src/events/event-server-fixture.ts';
import { TestSocket } from '../src/events/test-socket-fixture.ts';

const allowedQueueBytes = 256 * 1024;
const second = 1000;
const text = 'x'.repeat(20_000);

/** What waits for the reader `device_id=slow`. */
const queuedBytes = (server: EventServer): number =>
  server.connections.list().find(({ device_id: device }) => device === 'slow')?.queued_bytes ?? 0;

/** How many events the only connection was sent. */
const sent = (server: EventServer): number => server.connections.list()[0]!.events_sent;

/** Appends large events that only some want, and a small one for everybody after each; more than any kernel holds for a socket. */
async function publishMuch(server: EventServer, rounds: number, onRound: () => void): Promise<number> {
  let end = 0;
  for (let round = 0; round < rounds; round += 1) {
    await server.publishAs('file_changed', 'alpha', ...Array.from({ length: 20 }, () => ({ path: 'a', text })));
    end = await server.publish('alpha', { round });
    onRound();
  }
  return end;
}

const isComplete = ({ events }: TestSocket, from: number, end: number): boolean =>
  events.length === end - from && events.every(({ seq }, index) => seq === from + index + 1);

describe('a reader that stalls', () => {
  it('[W7] is held in bounded memory, delays nobody of 200, and catches up without loss', async () => {
    await using server = await eventServer();
    const healthy = await Promise.all(Array.from({ length: 200 }, () => server.connect('/ws/alpha?min_priority=low')));
    const stalled = await server.connect('/ws/alpha?device_id=slow');
    stalled.webSocket.pause();
    let most = 0;
    const rounds = 75;
    const end = await publishMuch(server, rounds, () => {
      most = Math.max(most, queuedBytes(server));
    });
    // The others have everything while it still stands.
    await Promise.all(healthy.map((socket) => socket.through(end)));
    for (const { events } of healthy)
      expect(events.map(({ data }) => data['round'])).toEqual([...Array(rounds).keys()]);
    expect(stalled.events.length).toBeLessThan(end);
    expect(most).toBeGreaterThan(0);
    expect(most).toBeLessThanOrEqual(allowedQueueBytes);

    stalled.webSocket.resume();
    await stalled.through(end);
    expect(isComplete(stalled, 0, end)).toBe(true);
  });

  it('[W7] is closed with 4008 after 60 seconds without progress, and resumes where it was', async () => {
    await using server = await eventServer();
    const stalled = await server.connect('/ws/alpha?device_id=slow');
    const healthy = await server.connect('/ws/alpha?min_priority=low');
    stalled.webSocket.pause();
    const end = await publishMuch(server, 75, () => undefined);
    for (let waited = 0; waited < 60; waited += 20) {
      server.connections.sweep();
      expect(queuedBytes(server)).toBeGreaterThan(0);
      server.clock.nowMs += 20 * second;
    }
    server.connections.sweep();
    expect(server.connections.list()).toHaveLength(1);
    stalled.webSocket.resume();
    expect(await stalled.end()).toEqual({ code: 4008, reason: 'slow-consumer' });
    expect(healthy.closed).toBeNull();

    const seen = stalled.events.at(-1)!;
    expect(isComplete(stalled, 0, seen.seq)).toBe(true);
    const resumed = await server.connect(`/ws/alpha?cursor=${seen.cursor}`);
    await resumed.frame('synced');
    expect(isComplete(resumed, seen.seq, end)).toBe(true);
  });

  it('[W7] catches up over Server-Sent Events too, and leaves when what it needs is gone', async () => {
    await using server = await eventServer({ cacheBytes: 1 });
    const [patient, late] = await Promise.all([server.stream('/events/alpha'), server.stream('/events/alpha')]);
    const end = await publishMuch(server, 75, () => undefined);
    // Nobody reads yet; the stream is full of what came first.
    expect((await patient.events(end)).map(({ data }) => data['seq'])).toEqual(
      Array.from({ length: end }, (_, n) => n + 1),
    );
    await server.truncate(1);
    const rest = (await late.rest()).matchAll(/^id: .*\.(\d+)$/gm);
    const seqs = [...rest].map(([, seq]) => Number(seq));
    expect(seqs).toEqual(seqs.map((_, n) => n + 1));
    expect(seqs.length).toBeLessThan(end);
    expect(server.connections.figures().closed).toEqual({ 'cursor-expired': 1 });
  });

  it('[W7] holds as little over Server-Sent Events, and is ended too', async () => {
    await using server = await eventServer();
    const response = await new Promise<IncomingMessage>((resolve) => {
      get(`${server.url}/events/alpha?device_id=slow`, resolve);
    });
    response.pause();
    const closed = new Promise((resolve) => response.once('close', resolve));
    response.on('error', () => undefined);
    let most = 0;
    await publishMuch(server, 75, () => {
      most = Math.max(most, queuedBytes(server));
    });
    expect(most).toBeGreaterThan(0);
    expect(most).toBeLessThanOrEqual(allowedQueueBytes);
    server.connections.sweep();
    server.clock.nowMs += 60 * second;
    server.connections.sweep();
    response.resume();
    await closed;
    await until(() => server.connections.list().length === 0);
  });
});

/** Stands between a client and the server, and lets through what a test lets through. */
async function openValve(serverPort: number) {
  const listener = createServer();
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const accepted = once(listener, 'connection') as Promise<[Socket]>;
  return {
    port: (listener.address() as AddressInfo).port,
    async join() {
      const [client] = await accepted;
      const server = connect(serverPort, '127.0.0.1');
      client.pipe(server);
      for (const end of [client, server]) end.on('error', () => undefined);
      client.on('close', () => server.destroy());
      server.on('close', () => client.destroy());
      return {
        // Read on demand only: what is not asked for stays in the kernel, and then in the server.
        async pass(bytes: number): Promise<void> {
          for (let passed = 0; passed < bytes;) {
            const chunk = server.read() as Buffer | null;
            passed += chunk?.length ?? 0;
            if (chunk === null) await once(server, 'readable');
            else client.write(chunk);
          }
        },
        open: () => void server.pipe(client),
      };
    },
    close: () => listener.close(),
  };
}

describe('a server that stops', () => {
  it('[W8] does not wait for readers that stall', async () => {
    const server = await eventServer();
    const socket = await server.connect('/ws/alpha?device_id=slow');
    const response = await new Promise<IncomingMessage>((resolve) => {
      get(`${server.url}/events/alpha`, resolve);
    });
    response.on('error', () => undefined);
    response.pause();
    socket.webSocket.pause();
    await publishMuch(server, 40, () => undefined);
    await server[Symbol.asyncDispose]();
    expect(server.connections.figures()).toMatchObject({ open: 0, closed: { 'server-restart': 2 } });
    socket.webSocket.resume();
    response.resume();
  });
});

describe('a reader that trickles', () => {
  it('[W7] is kept as long as it takes some each minute, in bounded memory, and gets everything', async () => {
    await using server = await eventServer();
    const valve = await openValve(server.port);
    const slow = new TestSocket(`ws://127.0.0.1:${valve.port}/ws/alpha?device_id=slow`, {
      host: `127.0.0.1:${server.port}`,
    });
    const { pass, open } = await valve.join();
    await pass(200);
    await slow.frame('hello');
    const end = await publishMuch(server, 75, () => undefined);
    let sips = 0;
    while (queuedBytes(server) > 0) {
      const before = sent(server);
      // The kernel asks for more only when much of what it holds for a socket has gone: megabytes, on this machine.
      await pass(3_000_000);
      await until(() => sent(server) > before || queuedBytes(server) === 0);
      sips += 1;
      // The pings lie unanswered in the meantime.
      server.clock.nowMs += 50 * second;
      server.connections.sweep();
      expect(server.connections.list()).toHaveLength(1);
      expect(queuedBytes(server)).toBeLessThanOrEqual(allowedQueueBytes);
    }
    expect(sips).toBeGreaterThan(3);
    open();
    await slow.through(end);
    expect(isComplete(slow, 0, end)).toBe(true);
    slow.terminate();
    valve.close();
  });
});

describe('a client that sends and never reads', () => {
  it('[W7] is not read from once its answers pile up', async () => {
    await using server = await eventServer({ handlers: { message: async () => ({ answer: 'y'.repeat(200_000) }) } });
    const socket = await server.connect('/ws/alpha?device_id=slow');
    socket.webSocket.pause();
    let most = 0;
    for (let n = 0; n < 150; n += 1) {
      socket.send({ type: 'message', request_id: `r${n}`, content: 'x' });
      await new Promise((resolve) => setImmediate(resolve));
      most = Math.max(most, queuedBytes(server));
    }
    expect(most).toBeGreaterThan(0);
    // What one chunk of requests brought about before it was noticed may be there too.
    expect(most).toBeLessThan(5_000_000);
    socket.webSocket.resume();
    // Those that came all at once after the pause may be refused as too many; none is left without an answer.
    await socket.until(() => socket.frames.length === 151);
  });
});
