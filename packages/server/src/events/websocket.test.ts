import { describe, expect, it } from 'vitest';
import { request } from 'node:http';
import { WebSocket } from 'ws';
import { eventServer, until } from './event-server-fixture.ts';

const seqsAndTypes = (frames: readonly Record<string, unknown>[]) =>
  frames.map((frame) => frame['seq'] ?? frame['type']);
const numbers = (count: number, from = 1) => Array.from({ length: count }, (_, index) => ({ n: from + index }));

describe('the beginning of a WebSocket', () => {
  it('[W1] is hello, which names the end of the log', async () => {
    await using server = await eventServer();
    await server.publish('alpha', { n: 1 }, { n: 2 });
    const socket = await server.connect('/ws/alpha');
    expect(socket.frames[0]).toEqual({
      type: 'hello',
      client_id: 'alpha',
      connection_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      cursor: server.streaming.cursorAt('alpha', 2),
      heartbeat_interval_ms: 30_000,
      server: { name: 'LeanVibe', version: '1.0.0' },
    });
  });

  it('[W2] is live without a cursor', async () => {
    await using server = await eventServer();
    await server.publish('alpha', { n: 1 });
    const socket = await server.connect('/ws/alpha');
    await server.publish('alpha', { n: 2 }, { n: 3 });
    await socket.through(3);
    expect(seqsAndTypes(socket.frames)).toEqual(['hello', 2, 3]);
    expect(socket.events.map(({ data }) => data)).toEqual([{ n: 2 }, { n: 3 }]);
  });

  it('[W2] replays what was missed, says synced, then goes live', async () => {
    await using server = await eventServer();
    await server.publish('alpha', ...numbers(3));
    const socket = await server.connect(`/ws/alpha?cursor=${server.streaming.cursorAt('alpha', 1)}`);
    await socket.frame('synced');
    await server.publish('alpha', { n: 4 });
    await socket.through(4);
    expect(seqsAndTypes(socket.frames)).toEqual(['hello', 2, 3, 'synced', 4]);
    expect(await socket.frame('synced')).toEqual({ type: 'synced', cursor: server.streaming.cursorAt('alpha', 3) });
  });

  it('[W2] says synced at once to a reader that missed nothing, even in a workspace that does not exist yet', async () => {
    await using server = await eventServer();
    const socket = await server.connect(`/ws/alpha?cursor=${server.streaming.cursorAt('alpha', 0)}`);
    await socket.frame('synced');
    expect(seqsAndTypes(socket.frames)).toEqual(['hello', 'synced']);
  });

  it('[W2] replays many windows of the log completely and in order', async () => {
    await using server = await eventServer();
    await server.publish('alpha', ...numbers(3000));
    const socket = await server.connect(`/ws/alpha?cursor=${server.streaming.cursorAt('alpha', 100)}`);
    await socket.frame('synced');
    expect(socket.events.map(({ seq }) => seq)).toEqual(numbers(2900, 101).map(({ n }) => n));
  });

  it.each([
    ['ahead', 9, 'cursor-ahead'],
    ['of another workspace', null, 'cursor-invalid'],
  ])('[W4] asks for a snapshot when the cursor is %s, and goes on live', async (_, seq, reason) => {
    await using server = await eventServer();
    await server.publish('alpha', { n: 1 });
    const cursor = seq === null ? server.streaming.cursorAt('beta', 1) : server.streaming.cursorAt('alpha', seq);
    const socket = await server.connect(`/ws/alpha?cursor=${cursor}`);
    await server.publish('alpha', { n: 2 });
    await socket.through(2);
    expect(socket.frames.slice(1)).toMatchObject([
      { type: 'snapshot_required', reason, cursor: server.streaming.cursorAt('alpha', 1) },
      { seq: 2 },
    ]);
  });

  it('[W4] asks for a snapshot when the events after the cursor are gone', async () => {
    await using server = await eventServer();
    await server.publish('alpha', ...numbers(5));
    await server.truncate(2);
    const expired = await server.connect(`/ws/alpha?cursor=${server.streaming.cursorAt('alpha', 2)}`);
    expect(await expired.frame('snapshot_required')).toMatchObject({ reason: 'cursor-expired' });
    const kept = await server.connect(`/ws/alpha?cursor=${server.streaming.cursorAt('alpha', 3)}`);
    await kept.frame('synced');
    expect(seqsAndTypes(kept.frames)).toEqual(['hello', 4, 5, 'synced']);
  });
});

describe('events on a WebSocket', () => {
  it('[W6] go to every socket of the workspace and to no other', async () => {
    await using server = await eventServer();
    const paths = ['/ws/alpha', '/ws/alpha', '/ws/beta'];
    const [one, two, other] = await Promise.all(paths.map((path) => server.connect(path)));
    await server.publish('alpha', { n: 1 });
    await one!.through(1);
    one!.terminate();
    await until(() => server.connections.list().length === 2);
    await server.publish('alpha', { n: 2 });
    await server.publish('beta', { b: 1 });
    await Promise.all([two!.through(2), other!.through(1)]);
    expect(two!.events.map(({ data }) => data)).toEqual([{ n: 1 }, { n: 2 }]);
    expect(other!.events.map(({ data }) => data)).toEqual([{ b: 1 }]);
  });

  it('[E3] are those of the channels and priorities that were asked for', async () => {
    await using server = await eventServer();
    const socket = await server.connect('/ws/alpha?channels=agent,files&min_priority=high');
    await server.publishAs('agent_started', 'alpha', {});
    await server.publishAs('system_error', 'alpha', {});
    await server.publishAs('agent_error', 'alpha', { last: true });
    await socket.through(3);
    expect(socket.events.map(({ type }) => type)).toEqual(['agent_error']);
  });

  it('[E2] include those that are not kept, for open sockets only', async () => {
    await using server = await eventServer();
    const socket = await server.connect('/ws/alpha');
    const filtered = await server.connect('/ws/alpha?min_priority=medium');
    server.publishLive('alpha', { tasks: 3 });
    await server.publish('alpha', { n: 1 });
    await Promise.all([socket.through(1), filtered.through(1)]);
    expect(socket.frames.slice(1)).toMatchObject([{ type: 'metrics_updated', data: { tasks: 3 } }, { seq: 1 }]);
    expect(seqsAndTypes(filtered.frames)).toEqual(['hello', 1]);
  });

  it('[W3] come in batches with batch_ms, in order and complete', async () => {
    await using server = await eventServer();
    const socket = await server.connect('/ws/alpha?batch_ms=20');
    for (const { n } of numbers(10)) await server.publish('alpha', { n });
    await socket.through(10);
    expect(socket.events.map(({ seq }) => seq)).toEqual(numbers(10).map(({ n }) => n));
    expect(new Set(socket.frames.slice(1).map(({ type }) => type))).toEqual(new Set(['batch']));
  });

  it('[W3] are batched in frames of bounded size', async () => {
    await using server = await eventServer();
    await server.publish('alpha', ...numbers(100).map(({ n }) => ({ n, text: 'x'.repeat(2000) })));
    const cursor = server.streaming.cursorAt('alpha', 0);
    const socket = await server.connect(`/ws/alpha?batch_ms=5&cursor=${cursor}`);
    await socket.through(100);
    for (const frame of socket.frames) expect(JSON.stringify(frame).length).toBeLessThan(64 * 1024);
  });

  it('[W9] over the rate are delayed into a batch, and none is lost', async () => {
    await using server = await eventServer();
    await server.setPreferences('alpha', { max_events_per_second: 5 });
    const socket = await server.connect('/ws/alpha');
    await server.publish('alpha', ...numbers(40));
    await socket.through(5);
    expect(seqsAndTypes(socket.frames)).toEqual(['hello', 1, 2, 3, 4, 5]);
    server.clock.nowMs += 1000;
    await socket.through(40);
    expect(seqsAndTypes(socket.frames)).toEqual(['hello', 1, 2, 3, 4, 5, 'batch']);
    expect(socket.events.map(({ seq }) => seq)).toEqual(numbers(40).map(({ n }) => n));
    server.clock.nowMs += 1000;
    await server.publish('alpha', { n: 41 });
    await socket.through(41);
    expect(socket.frames.at(-1)).toMatchObject({ seq: 41 });
  });
});

describe('frames of a client', () => {
  it('[W5] heartbeat is answered with the time', async () => {
    await using server = await eventServer();
    const socket = await server.connect('/ws/alpha');
    socket.send({ type: 'heartbeat' });
    expect(await socket.frame('heartbeat_ack')).toEqual({
      type: 'heartbeat_ack',
      timestamp: new Date(server.clock.nowMs).toISOString(),
    });
  });

  it('[W5] subscribe changes what is received from then on', async () => {
    await using server = await eventServer();
    const socket = await server.connect('/ws/alpha?channels=system');
    socket.send({ type: 'subscribe', channels: ['agent'], min_priority: 'high' });
    expect(await socket.frame('subscribed')).toEqual({
      type: 'subscribed',
      channels: ['agent'],
      min_priority: 'high',
      batch_ms: 0,
    });
    await server.publishAs('system_error', 'alpha', {});
    await server.publishAs('agent_error', 'alpha', {});
    await socket.through(2);
    expect(socket.events.map(({ type }) => type)).toEqual(['agent_error']);
    socket.send({ type: 'subscribe', batch_ms: 1 });
    expect((await socket.framesOf('subscribed', 2))[1]).toMatchObject({ channels: ['agent'], batch_ms: 1 });
    await server.publishAs('agent_error', 'alpha', {});
    await socket.through(3);
    expect(socket.frames.at(-1)).toMatchObject({ type: 'batch', events: [{ seq: 3 }] });
  });

  it.each([
    ['not json', 'malformed-frame'],
    ['{"type":"dance"}', 'unknown-frame'],
    ['{"type":"subscribe","channels":"tasks"}', 'validation-failed'],
    ['{"type":"heartbeat","__proto__":{"x":1}}', 'malformed-frame'],
  ])('[W5] %s is answered with an error, and the socket stays open', async (text, code) => {
    await using server = await eventServer();
    const socket = await server.connect('/ws/alpha');
    socket.send(text);
    expect(await socket.frame('error')).toMatchObject({ code });
    socket.send({ type: 'heartbeat' });
    await socket.frame('heartbeat_ack');
  });

  it('[W5] requests that nobody answers are refused under their request_id', async () => {
    await using server = await eventServer();
    const socket = await server.connect('/ws/alpha');
    socket.send({ type: 'command', request_id: 'r1', command: '/status' });
    expect(await socket.frame('error')).toMatchObject({ code: 'feature-unavailable', request_id: 'r1' });
  });

  it('[W5] requests are answered under their request_id, after deltas', async () => {
    await using server = await eventServer({
      handlers: {
        message: async ({ content }, { delta, clientId }) => {
          delta('to ');
          delta('you');
          return { content, clientId };
        },
        command: () => Promise.reject(new Error('secret')),
      },
    });
    const socket = await server.connect('/ws/alpha');
    socket.send({ type: 'message', request_id: 'r1', content: 'hi' });
    socket.send({ type: 'command', request_id: 'r2', command: '/x' });
    const response = await socket.frame('response');
    expect(response).toEqual({ type: 'response', request_id: 'r1', data: { content: 'hi', clientId: 'alpha' } });
    expect((await socket.framesOf('delta', 2)).map(({ text }) => text)).toEqual(['to ', 'you']);
    const error = await socket.frame('error');
    expect(error).toMatchObject({ code: 'internal-error', request_id: 'r2' });
    expect(JSON.stringify(error)).not.toContain('secret');
    expect(server.errors.join()).toContain('secret');
  });

  it('[W5] requests are told when the socket closes', async () => {
    const aborted = Promise.withResolvers<void>();
    const started = Promise.withResolvers<void>();
    await using server = await eventServer({
      handlers: {
        message: async (_frame, { signal }) => {
          signal.addEventListener('abort', () => aborted.resolve());
          started.resolve();
          await aborted.promise;
          return {};
        },
      },
    });
    const socket = await server.connect('/ws/alpha');
    socket.send({ type: 'message', request_id: 'r1', content: 'hi' });
    await started.promise;
    socket.terminate();
    await aborted.promise;
  });

  it('[S2] requests need a token that may write', async () => {
    await using server = await eventServer({ auth: 'token', handlers: { message: async () => ({}) } });
    const { headers } = await server.token({ client_ids: ['alpha'], role: 'read-only' });
    const socket = await server.connect('/ws/alpha', headers);
    socket.send({ type: 'message', request_id: 'r1', content: 'hi' });
    expect(await socket.frame('error')).toMatchObject({ code: 'forbidden', request_id: 'r1' });
  });

  it('[W5] a binary frame closes with 1003', async () => {
    await using server = await eventServer();
    const socket = await server.connect('/ws/alpha');
    socket.webSocket.send(Buffer.from('{"type":"heartbeat"}'));
    expect(await socket.end()).toEqual({ code: 1003, reason: 'binary-frame' });
  });

  it('[W5] a frame of 256 KiB is read, a larger one closes with 1009', async () => {
    await using server = await eventServer();
    const socket = await server.connect('/ws/alpha');
    const heartbeat = (bytes: number) => `{"type":"heartbeat"}${' '.repeat(bytes - 20)}`;
    socket.send(heartbeat(262_144));
    await socket.frame('heartbeat_ack');
    socket.send(heartbeat(262_145));
    expect(await socket.end()).toEqual({ code: 1009, reason: 'frame-too-large' });
  });

  it('[W5] a flood is answered with one error, and closed when it goes on', async () => {
    await using server = await eventServer();
    const socket = await server.connect('/ws/alpha');
    for (let n = 0; n < 300; n += 1) socket.send({ type: 'heartbeat' });
    await socket.framesOf('heartbeat_ack', 200);
    expect(await socket.frame('error')).toMatchObject({ code: 'rate-limited' });
    for (let n = 0; n < 2000; n += 1) socket.send({ type: 'heartbeat' });
    expect(await socket.end()).toEqual({ code: 1008, reason: 'rate-limited' });
  });

  it('[W6] pings of the client are answered', async () => {
    await using server = await eventServer();
    const socket = await server.connect('/ws/alpha');
    const pong = new Promise<string>((resolve) => {
      socket.webSocket.once('pong', (data: Buffer) => resolve(data.toString()));
    });
    socket.webSocket.ping('are you there');
    expect(await pong).toBe('are you there');
  });
});

describe('the handshake', () => {
  const rejection = async (url: string, headers = {}): Promise<{ status: number; body: Record<string, unknown> }> => {
    const webSocket = new WebSocket(url, { headers });
    return new Promise((resolve) => {
      webSocket.on('error', () => undefined);
      webSocket.on('unexpected-response', (_request, response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => (text += chunk.toString()));
        response.on('end', () =>
          resolve({ status: response.statusCode!, body: JSON.parse(text) as Record<string, unknown> }),
        );
      });
    });
  };

  it.each([
    ['/ws/.bad', 400, 'validation-failed'],
    ['/ws/alpha?batch_ms=9999', 400, 'validation-failed'],
    ['/ws/alpha/more', 404, 'not-found'],
  ])('[C3] for %s is answered %d with a problem', async (path, status, code) => {
    await using server = await eventServer();
    const { body, ...answer } = await rejection(`ws://127.0.0.1:${server.port}${path}`, { 'x-request-id': 'my-id' });
    expect(answer).toEqual({ status });
    expect(body).toMatchObject({ status, code, request_id: 'my-id', type: `urn:leanvibe:problem:${code}` });
  });

  it('[C3] that is not one of RFC 6455 is answered 400 with a problem', async () => {
    await using server = await eventServer();
    const headers = {
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-key': 'short',
      'sec-websocket-version': '13',
    };
    const answer = await new Promise<string>((resolve) => {
      request(`${server.url}/ws/alpha`, { headers }, (response) => {
        response.on('data', (chunk: Buffer) => resolve(chunk.toString()));
      }).end();
    });
    expect(JSON.parse(answer)).toMatchObject({ code: 'malformed-request' });
  });

  it('[W8] for another workspace than the token is for opens and is closed with the reason', async () => {
    await using server = await eventServer({ auth: 'token' });
    const { headers } = await server.token({ client_ids: ['beta'] });
    const socket = server.open('/ws/alpha', headers);
    expect(await socket.end()).toEqual({ code: 4003, reason: 'forbidden' });
    expect(socket.frames).toEqual([]);
  });

  it('[W8] without a good token opens and is closed with the reason', async () => {
    await using server = await eventServer({ auth: 'token' });
    const socket = server.open('/ws/alpha', { authorization: 'Bearer nonsense' });
    expect(await socket.end()).toEqual({ code: 4001, reason: 'unauthorized' });
    expect(socket.frames).toEqual([]);
  });

  it('[S1] from another origin is answered 403', async () => {
    await using server = await eventServer();
    const { status, body } = await rejection(`ws://127.0.0.1:${server.port}/ws/alpha`, {
      origin: 'http://evil.example',
    });
    expect(status).toBe(403);
    expect(body).toMatchObject({ code: 'origin-not-allowed' });
  });

  it('[S4] beyond the limit opens and is closed with the reason', async () => {
    await using server = await eventServer({ maxConnections: 2 });
    await server.connect('/ws/alpha');
    await server.connect('/ws/beta');
    const socket = server.open('/ws/alpha');
    expect(await socket.end()).toEqual({ code: 1013, reason: 'too-many-connections' });
  });

  it('[S2] may carry the token as a subprotocol, which is echoed', async () => {
    await using server = await eventServer({ auth: 'token' });
    const { headers } = await server.token({ client_ids: ['alpha'] });
    const protocol = headers['authorization']!.replace('Bearer ', 'leanvibe.bearer.');
    const socket = server.open('/ws/alpha', {}, ['other', protocol]);
    await socket.frame('hello');
    expect(socket.webSocket.protocol).toBe(protocol);
  });

  it('[W1] a request without an upgrade is answered 426', async () => {
    await using server = await eventServer();
    const response = await fetch(`${server.url}/ws/alpha`);
    expect(response.status).toBe(426);
    expect(response.headers.get('upgrade')).toBe('websocket');
  });
});
