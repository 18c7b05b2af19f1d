import { describe, expect, it } from 'vitest';
import { Connection } from '@leanvibe/protocol/streaming';
import { eventServer, until } from './event-server-fixture.ts';

const second = 1000;

describe('the list of connections', () => {
  it('[W9] shows sockets and streams', async () => {
    await using server = await eventServer();
    await server.publish('alpha', { n: 1 });
    const agent = { 'user-agent': 'leanvibe-cli/1.0.0' };
    const socket = await server.connect('/ws/alpha?device_id=phone', agent);
    const stream = await server.stream('/events/beta');
    await server.publish('alpha', { n: 2 });
    await socket.through(2);
    socket.send({ type: 'ack', cursor: server.streaming.cursorAt('alpha', 2) });
    await until(() => server.connections.list()[0]!.acked_cursor !== null);
    const list = Connection.array().parse(await server.json('/connections'));
    const { connection_id: id } = await socket.frame('hello');
    expect(list).toMatchObject([
      {
        connection_id: id,
        client_id: 'alpha',
        device_id: 'phone',
        client_type: 'cli',
        transport: 'websocket',
        cursor: server.streaming.cursorAt('alpha', 2),
        acked_cursor: server.streaming.cursorAt('alpha', 2),
        queued_bytes: 0,
        events_sent: 1,
      },
      { client_id: 'beta', transport: 'sse', device_id: null, acked_cursor: null },
    ]);
    await stream.cancel();
    socket.terminate();
    await until(() => server.connections.list().length === 0);
    expect(await server.json('/connections')).toEqual([]);
  });
});

describe('the life of a connection', () => {
  it('[W6] is kept up by pings, and a socket that does not answer is closed and forgotten', async () => {
    await using server = await eventServer();
    const alive = await server.connect('/ws/alpha');
    const dead = await server.connect('/ws/alpha');
    // Paused, it answers nothing.
    dead.webSocket.pause();
    const pinged = new Promise((resolve) => alive.webSocket.once('ping', resolve));
    server.clock.nowMs += 30 * second;
    server.connections.sweep();
    await pinged;
    await until(() => server.connections.list()[0]!.last_seen === new Date(server.clock.nowMs).toISOString());
    server.clock.nowMs += 60 * second;
    server.connections.sweep();
    expect(server.connections.list()).toHaveLength(1);
    dead.webSocket.resume();
    expect(await dead.end()).toEqual({ code: 1001, reason: 'heartbeat-timeout' });
    expect(alive.closed).toBeNull();
  });

  it.each([3_600_000, -3_600_000])('[W6] does not suffer when the clock is set by %d ms', async (jumpMs) => {
    await using server = await eventServer();
    const socket = await server.connect('/ws/alpha');
    const pinged = async (): Promise<void> => {
      const ping = new Promise((resolve) => socket.webSocket.once('ping', resolve));
      server.clock.nowMs += 30 * second;
      server.connections.sweep();
      await ping;
    };
    await pinged();
    server.clock.nowMs += jumpMs;
    server.clock.setMs += jumpMs;
    server.connections.sweep();
    await pinged();
    expect(server.connections.list()).toHaveLength(1);
  });

  it('[S2] ends at once when its token is revoked, and nobody else is affected', async () => {
    await using server = await eventServer({ auth: 'token' });
    const [lost, kept] = await Promise.all([
      server.token({ client_ids: ['alpha'] }),
      server.token({ client_ids: ['alpha'] }),
    ]);
    const revoked = await server.connect('/ws/alpha', lost.headers);
    const other = await server.connect('/ws/alpha', kept.headers);
    const stream = await server.stream('/events/alpha', lost.headers);
    await server.revoke(lost.id);
    await server.publish('alpha', { n: 1 });
    expect(await revoked.end()).toEqual({ code: 4001, reason: 'unauthorized' });
    expect(revoked.events).toEqual([]);
    expect(await stream.rest()).not.toContain('agent_progress');
    await other.through(1);
  });

  it('[S2] ends when its token does', async () => {
    await using server = await eventServer({ auth: 'token' });
    const expiresAt = new Date(server.clock.nowMs + 60 * second).toISOString();
    const { headers } = await server.token({ client_ids: ['alpha'], expires_at: expiresAt });
    const socket = await server.connect('/ws/alpha', headers);
    server.clock.nowMs += 59 * second;
    server.connections.sweep();
    expect(server.connections.list()).toHaveLength(1);
    server.clock.nowMs += second;
    server.connections.sweep();
    expect(await socket.end()).toEqual({ code: 4001, reason: 'unauthorized' });
  });

  it.each([
    ['server-restart', 1012],
    ['shutting-down', 1001],
  ] as const)('[W8] ends with %s (%d) when the server stops', async (code, closeCode) => {
    await using server = await eventServer();
    const socket = await server.connect('/ws/alpha');
    const stream = await server.stream('/events/alpha');
    await server.connections.closeAll(code);
    expect(await socket.end()).toEqual({ code: closeCode, reason: code });
    await stream.rest();
    expect((await fetch(`${server.url}/events/alpha`)).status).toBe(503);
    const late = await server.open('/ws/alpha').end();
    expect(late).toEqual({ code: closeCode, reason: code });
  });

  it('[C9] is counted in health and figures', async () => {
    await using server = await eventServer({ maxConnections: 1 });
    expect(server.connections.health()).toMatchObject({ status: 'ok', connections: 0, max_connections: 1 });
    const socket = await server.connect('/ws/alpha');
    expect(server.connections.health()).toMatchObject({ status: 'degraded', connections: 1 });
    await server.connections.closeAll('server-restart');
    expect(server.connections.figures()).toEqual({ open: 0, opened: 1, closed: { 'server-restart': 1 } });
    await socket.end();
  });
});

describe('acks', () => {
  it('[W5] are kept per device, go only forward, and survive a restart', async () => {
    await using server = await eventServer();
    await server.publish('alpha', { n: 1 }, { n: 2 }, { n: 3 });
    const phone = await server.connect('/ws/alpha?device_id=phone');
    for (const seq of [2, 3, 1]) phone.send({ type: 'ack', cursor: server.streaming.cursorAt('alpha', seq) });
    const tablet = await server.connect('/ws/alpha?device_id=tablet');
    await until(() => server.acks.seqOf('alpha', 'phone') === 3);
    phone.terminate();
    tablet.terminate();
    await server.restart();
    await server.connect('/ws/alpha?device_id=phone');
    await until(() => server.acks.seqOf('alpha', 'phone') === 3);
    await server.connect('/ws/alpha?device_id=tablet');
    expect(server.acks.seqOf('alpha', 'tablet')).toBe(0);
  });

  it('[W5] are written at most once per flush, whatever a device sends', async () => {
    await using server = await eventServer();
    await server.publish('alpha', ...Array.from({ length: 100 }, (_, n) => ({ n })));
    const phone = await server.connect('/ws/alpha?device_id=phone');
    for (let seq = 1; seq <= 100; seq += 1)
      phone.send({ type: 'ack', cursor: server.streaming.cursorAt('alpha', seq) });
    await until(() => server.acks.seqOf('alpha', 'phone') === 100);
    await server.acks.flush();
    const stored = await server.store.document('alpha', 'device_ack', 'phone');
    expect(JSON.parse(stored!.doc)).toEqual({
      device_id: 'phone',
      cursor: server.streaming.cursorAt('alpha', 100),
      acked_at: new Date(server.clock.nowMs).toISOString(),
    });
  });

  it('[W5] of what is not in the log are refused, and the socket stays open', async () => {
    await using server = await eventServer();
    const socket = await server.connect('/ws/alpha?device_id=phone');
    socket.send({ type: 'ack', cursor: server.streaming.cursorAt('alpha', 1) });
    socket.send({ type: 'ack', cursor: 'nonsense' });
    const errors = await socket.framesOf('error', 2);
    expect(errors.map(({ code }) => code)).toEqual(['cursor-invalid', 'cursor-invalid']);
  });
});
