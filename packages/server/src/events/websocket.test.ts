import { describe, expect, it } from 'vitest';
import { eventServer, until } from './event-server-fixture.ts';

describe('a WebSocket', () => {
  it('[W1] begins with hello, which names the end of the log', async () => {
    await using server = await eventServer();
    await server.publish('alpha', { n: 1 }, { n: 2 });
    const socket = await server.connect('/ws/alpha');
    expect(socket.frames[0]).toEqual({
      type: 'hello',
      client_id: 'alpha',
      connection_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      cursor: server.streaming.cursorAt('alpha', 2),
      heartbeat_interval_ms: 30_000,
      server: { name: 'leanvibe', version: '1.0.0' },
    });
  });

  it('[W2] starts live without a cursor', async () => {
    await using server = await eventServer();
    await server.publish('alpha', { n: 1 });
    const socket = await server.connect('/ws/alpha');
    await server.publish('alpha', { n: 2 }, { n: 3 });
    await socket.through(3);
    expect(socket.events.map(({ seq, data }) => [seq, data])).toEqual([
      [2, { n: 2 }],
      [3, { n: 3 }],
    ]);
    expect(socket.frames.map(({ type }) => type)).toEqual(['hello', 'agent_progress', 'agent_progress']);
  });

  it('[W2] replays what was missed, says synced, then goes live', async () => {
    await using server = await eventServer();
    await server.publish('alpha', { n: 1 }, { n: 2 }, { n: 3 });
    const socket = await server.connect(`/ws/alpha?cursor=${server.streaming.cursorAt('alpha', 1)}`);
    await socket.frame('synced');
    await server.publish('alpha', { n: 4 });
    await socket.through(4);
    expect(socket.frames.slice(1).map((frame) => frame['seq'] ?? frame['type'])).toEqual([2, 3, 'synced', 4]);
    expect(await socket.frame('synced')).toEqual({ type: 'synced', cursor: server.streaming.cursorAt('alpha', 3) });
  });

  it('[W6] keeps workspaces apart, and sockets of one workspace independent', async () => {
    await using server = await eventServer();
    const [one, two, other] = await Promise.all([
      server.connect('/ws/alpha'),
      server.connect('/ws/alpha'),
      server.connect('/ws/beta'),
    ]);
    await server.publish('alpha', { n: 1 });
    await one.through(1);
    one.terminate();
    await until(() => server.connections.list().length === 2);
    await server.publish('alpha', { n: 2 });
    await server.publish('beta', { b: 1 });
    await two.through(2);
    await other.through(1);
    expect(other.events.map(({ data }) => data)).toEqual([{ b: 1 }]);
  });
});
