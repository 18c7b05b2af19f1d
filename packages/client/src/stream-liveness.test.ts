import { describe, expect, it } from 'vitest';
import { FakeHub } from './fake-hub-fixture.ts';
import { createLeanVibeClient, type LeanVibeClientOptions } from './leanvibe-client.ts';
import { ManualTimers } from './manual-timers-fixture.ts';
import { start, until } from './stream-fixture.ts';
import { defaultTuning, type StreamOptions } from './stream-types.ts';

/** A live stream whose time stands still, with a reader that waits. */
async function liveStream(hub: FakeHub, options: StreamOptions = {}, client: Partial<LeanVibeClientOptions> = {}) {
  const timers = new ManualTimers();
  const { events } = createLeanVibeClient({ baseUrl: hub.url, clientId: 'fake', timers, random: () => 0.5, ...client });
  const reasons: (string | null)[] = [];
  const stream = events.stream({ cursor: start, onStatus: ({ reason }) => reasons.push(reason), ...options });
  const next = stream.next();
  await until(() => stream.status.state === 'live');
  return { timers, stream, next, reasons };
}

const heartbeats = (hub: FakeHub): number => hub.last.received.filter(({ type }) => type === 'heartbeat').length;

describe('a socket whose other end is gone without a word', () => {
  it('[W5] is noticed within half a minute, and replaced', async () => {
    await using hub = await FakeHub.start();
    hub.scripts.push({ silentAfter: 1 });
    const { timers, stream, next, reasons } = await liveStream(hub);
    hub.publish(1);
    expect((await next).value).toMatchObject({ seq: 1 });
    const waiting = stream.next();
    hub.publish(1);
    timers.advance(30_000);
    expect((await waiting).value).toMatchObject({ seq: 2 });
    expect(reasons).toContain('heartbeat-timeout');
    await stream.return();
  });

  it('[W5] is not suspected while the server answers', async () => {
    await using hub = await FakeHub.start();
    const problems: string[] = [];
    const { timers, stream } = await liveStream(hub, { onProblem: ({ code }) => problems.push(code) });
    for (let count = 1; count <= 3; count += 1) {
      timers.advance(20_000);
      await until(() => heartbeats(hub) === count);
      // Comes after the answer, which thereby has arrived before time goes on.
      hub.last.send({ type: 'error', code: 'after-the-answer', detail: '' });
      await until(() => problems.length === count);
    }
    expect(hub.connections).toHaveLength(1);
    await stream.return();
  });

  it('[W1] is asked as often as the server wants to be', async () => {
    await using hub = await FakeHub.start();
    hub.heartbeatIntervalMs = 2000;
    const { timers, stream } = await liveStream(hub);
    timers.advance(2500);
    await until(() => heartbeats(hub) === 1);
    await stream.return();
  });

  it('[W1] is given up when it does not even greet', async () => {
    await using hub = await FakeHub.start();
    hub.scripts.push({ mute: true });
    const timers = new ManualTimers();
    const { events } = createLeanVibeClient({ baseUrl: hub.url, clientId: 'fake', timers, random: () => 0.5 });
    const stream = events.stream({ cursor: start });
    const next = stream.next();
    await until(() => hub.connections.length === 1);
    timers.sleep(defaultTuning.connectTimeoutMs);
    expect(stream.status).toMatchObject({ state: 'offline', reason: 'connect-timeout' });
    hub.publish(1);
    timers.advance(defaultTuning.reconnectBaseMs);
    expect((await next).value).toMatchObject({ seq: 1 });
    await stream.return();
  });

  it.each(['{', '7', '{"type":1}', '{"type":"batch"}', '{"type":"hello","cursor":"x"}', '{"type":"synced"}'])(
    '[W2] is given up when it talks nonsense (%s)',
    async (text) => {
      await using hub = await FakeHub.start();
      const { timers, stream, next } = await liveStream(hub);
      hub.last.socket.send(text);
      await until(() => stream.status.state === 'offline');
      expect(stream.status.reason).toBe('malformed-frame');
      hub.publish(1);
      timers.advance(defaultTuning.reconnectBaseMs);
      expect((await next).value).toMatchObject({ seq: 1 });
      await stream.return();
    },
  );

  it('[W2] is given up when it sends bytes', async () => {
    await using hub = await FakeHub.start();
    const { stream } = await liveStream(hub);
    hub.last.socket.send(Buffer.from('{"type":"synced","cursor":"x"}'), { binary: true });
    await until(() => stream.status.reason === 'malformed-frame');
    await stream.return();
  });
});

describe('sleep', () => {
  it('[W5] is noticed, and the socket asked whether it is still there', async () => {
    await using hub = await FakeHub.start();
    const { timers, stream } = await liveStream(hub);
    // Less than the silence after which it would ask anyway.
    timers.sleep(10_000);
    await until(() => heartbeats(hub) === 1);
    expect(stream.status.state).toBe('live');
    await stream.return();
  });

  it('[W5] ends a socket that did not survive it within the time of one answer', async () => {
    await using hub = await FakeHub.start();
    hub.scripts.push({ silentAfter: 1 });
    const { timers, stream, next, reasons } = await liveStream(hub);
    hub.publish(1);
    await next;
    timers.sleep(3_600_000);
    expect(stream.status.state).toBe('live');
    timers.advance(defaultTuning.heartbeatTimeoutMs + 2000);
    await until(() => reasons.includes('heartbeat-timeout'));
    await stream.return();
  });

  it('[W5] connects at once when it has slept through the waiting', async () => {
    await using hub = await FakeHub.start();
    const { timers, stream, next } = await liveStream(hub);
    hub.last.socket.close(1013, 'too-many-connections');
    await until(() => stream.status.state === 'offline');
    expect(stream.status.retryInMs).toBe(defaultTuning.reconnectMaxMs / 2);
    hub.publish(1);
    timers.sleep(3_600_000);
    expect((await next).value).toMatchObject({ seq: 1 });
    await stream.return();
  });

  it('[W5] is not confused by a clock that is set back', async () => {
    await using hub = await FakeHub.start();
    const { timers, stream } = await liveStream(hub);
    timers.advance(1000);
    timers.setClock(-86_400_000);
    timers.advance(3000);
    await until(() => heartbeats(hub) === 1);
    expect(stream.status.state).toBe('live');
    await stream.return();
  });
});

describe('a stream that was closed', () => {
  it.each(['live', 'offline'])('[C10] leaves no timer behind (%s)', async (state) => {
    await using hub = await FakeHub.start();
    const { timers, stream, next } = await liveStream(hub, { deviceId: 'phone' });
    hub.publish(1);
    await next;
    const waiting = stream.next();
    if (state === 'offline') hub.last.socket.terminate();
    await until(() => stream.status.state === state);
    expect(timers.waiting.length).toBeGreaterThan(1);
    stream.close();
    expect(await waiting).toEqual({ done: true, value: undefined });
    await until(() => timers.waiting.length === 0);
  });
});

describe('the network', () => {
  it('[W5] being back ends the waiting', async () => {
    await using hub = await FakeHub.start();
    const network = new EventTarget();
    const { stream, next } = await liveStream(hub, {}, { network });
    hub.last.socket.close(1013, 'too-many-connections');
    await until(() => stream.status.state === 'offline');
    hub.publish(1);
    network.dispatchEvent(new Event('online'));
    expect((await next).value).toMatchObject({ seq: 1 });
    await stream.return();
  });

  it('[W5] being back makes sure of a socket that seems to be open', async () => {
    await using hub = await FakeHub.start();
    const network = new EventTarget();
    const { stream } = await liveStream(hub, {}, { network });
    network.dispatchEvent(new Event('online'));
    await until(() => heartbeats(hub) === 1);
    await stream.return();
    network.dispatchEvent(new Event('online'));
    expect(stream.status.state).toBe('closed');
    expect(hub.connections).toHaveLength(1);
  });

  it('[W7] being back does not hurry a reader that is behind', async () => {
    await using hub = await FakeHub.start();
    const network = new EventTarget();
    const { stream, next } = await liveStream(hub, { tuning: { maxQueuedEvents: 2 } }, { network });
    hub.publish(5);
    await next;
    await until(() => stream.status.state === 'paused');
    network.dispatchEvent(new Event('online'));
    expect(stream.status.state).toBe('paused');
    await stream.return();
  });
});

describe('the waits between attempts', () => {
  it('[W8] grow while the server goes away again and again, and begin anew after a good connection', async () => {
    await using hub = await FakeHub.start();
    const { timers, stream, next } = await liveStream(hub);
    const waits: (number | null)[] = [];
    const lose = async (): Promise<void> => {
      await until(() => stream.status.state === 'live');
      hub.last.socket.terminate();
      await until(() => stream.status.state === 'offline');
      waits.push(stream.status.retryInMs);
      timers.advance(stream.status.retryInMs!);
    };
    for (let round = 0; round < 3; round += 1) await lose();
    await until(() => stream.status.state === 'live');
    timers.advance(defaultTuning.stableMs);
    await lose();
    expect(waits).toEqual([125, 250, 500, 125]);
    await stream.return();
    await next;
  });
});
