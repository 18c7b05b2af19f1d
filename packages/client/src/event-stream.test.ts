import { describe, expect, it, vi } from 'vitest';
import type { EventStream } from './event-stream.ts';
import { FakeHub } from './fake-hub-fixture.ts';
import { createLeanVibeClient, type LeanVibeClientOptions } from './leanvibe-client.ts';
import { LeanVibeError } from './leanvibe-error.ts';
import type { StreamItem, StreamOptions, StreamStatus } from './stream-types.ts';

const start = 'epoch001.0';

const openStream = (hub: FakeHub, options: StreamOptions = {}, client: Partial<LeanVibeClientOptions> = {}) =>
  createLeanVibeClient({ baseUrl: hub.url, clientId: 'fake', random: () => 0, ...client }).events.stream(options);

const until = (condition: () => boolean): Promise<void> =>
  vi.waitFor(() => expect(condition()).toBe(true), { interval: 2, timeout: 5000 });

async function take(stream: EventStream, count: number): Promise<StreamItem[]> {
  const items: StreamItem[] = [];
  while (items.length < count) {
    const { done, value } = await stream.next();
    if (done) break;
    items.push(value);
  }
  return items;
}

const seqs = (items: readonly StreamItem[]): unknown[] => items.map((item) => ('seq' in item ? item.seq : item.type));
const upTo = (end: number, from = 1): number[] => Array.from({ length: end - from + 1 }, (_, index) => from + index);

describe('what a stream yields', () => {
  it('[W2] replays what was missed, then goes live', async () => {
    await using hub = await FakeHub.start();
    hub.publish(3);
    await using stream = openStream(hub, { cursor: start });
    expect(seqs(await take(stream, 3))).toEqual([1, 2, 3]);
    hub.publish(2);
    expect(seqs(await take(stream, 2))).toEqual([4, 5]);
    expect(stream.status.state).toBe('live');
    expect(stream.cursor).toBe('epoch001.5');
  });

  it('[W2] starts live without a cursor, and resumes from there though nothing was received', async () => {
    await using hub = await FakeHub.start();
    hub.publish(3);
    await using stream = openStream(hub);
    const next = stream.next();
    await until(() => stream.status.state === 'live');
    expect(stream.cursor).toBe('epoch001.3');
    hub.last.socket.terminate();
    hub.publish(1);
    expect((await next).value).toMatchObject({ seq: 4 });
    expect(hub.last.query.get('cursor')).toBe('epoch001.3');
  });

  it('[W3] takes batches apart', async () => {
    await using hub = await FakeHub.start();
    hub.scripts.push({ batch: true });
    hub.publish(5);
    await using stream = openStream(hub, { cursor: start });
    expect(seqs(await take(stream, 5))).toEqual(upTo(5));
  });

  it('[E2] yields live events, which have no place in the log, as they come', async () => {
    await using hub = await FakeHub.start();
    await using stream = openStream(hub, { cursor: start });
    const items = take(stream, 2);
    await until(() => stream.status.state === 'live');
    const metrics = { type: 'metrics_updated', channel: 'metrics', priority: 'low', data: { tasks: 1 } };
    hub.last.send(metrics);
    hub.last.send(metrics);
    expect(await items).toEqual([metrics, metrics]);
    expect(stream.cursor).toBe(start);
  });

  it('[W5] passes over frames that it does not know', async () => {
    await using hub = await FakeHub.start();
    await using stream = openStream(hub, { cursor: start });
    const next = stream.next();
    await until(() => stream.status.state === 'live');
    hub.last.send({ type: 'brand_new', cursor: 7 });
    hub.publish(1);
    expect((await next).value).toMatchObject({ seq: 1 });
    expect(hub.connections).toHaveLength(1);
  });

  it('[W2] keeps its place when what was missed was not for this reader', async () => {
    await using hub = await FakeHub.start();
    await using stream = openStream(hub, { cursor: start });
    const next = stream.next();
    await until(() => stream.status.state === 'live');
    hub.last.send({ type: 'synced', cursor: 'epoch001.9' });
    await until(() => stream.cursor === 'epoch001.9');
    await stream.return();
    expect(await next).toEqual({ done: true, value: undefined });
  });
});

describe('resuming', () => {
  it('[W2] goes on where it was cut off, and drops what is sent twice', async () => {
    await using hub = await FakeHub.start();
    hub.scripts.push({ cutAfter: 2 }, { rewind: 2, double: true, cutAfter: 4 }, { rewind: 99 });
    hub.publish(6);
    await using stream = openStream(hub, { cursor: start });
    expect(seqs(await take(stream, 6))).toEqual(upTo(6));
    expect(hub.connections.map(({ query }) => query.get('cursor'))).toEqual([start, 'epoch001.2', 'epoch001.4']);
  });

  it.each([
    ['cursor-expired', (hub: FakeHub) => void (hub.firstSeq = 5)],
    ['cursor-invalid', (hub: FakeHub) => hub.restore('epoch002')],
  ])('[W4] says that a snapshot is required (%s), and goes on from there', async (reason, happen) => {
    await using hub = await FakeHub.start();
    hub.publish(6);
    await using stream = openStream(hub, { cursor: 'epoch001.2' });
    happen(hub);
    hub.publish(1);
    const verdictCursor = hub.cursor;
    expect(await take(stream, 1)).toEqual([{ type: 'snapshot_required', reason, cursor: verdictCursor }]);
    expect(stream.cursor).toBe(verdictCursor);
    hub.publish(2);
    expect(seqs(await take(stream, 2))).toEqual(upTo(hub.events.length, hub.events.length - 1));
    hub.last.socket.terminate();
    hub.publish(1);
    expect(seqs(await take(stream, 1))).toEqual([hub.events.length]);
  });

  it('[W4] passes over the events that a board which was read has in it', async () => {
    await using hub = await FakeHub.start();
    hub.publish(4);
    await using stream = openStream(hub, { cursor: 'epoch001.9' });
    expect(await take(stream, 1)).toMatchObject([{ reason: 'cursor-ahead', cursor: 'epoch001.4' }]);
    hub.publish(3);
    stream.skipTo('epoch001.6');
    expect(seqs(await take(stream, 1))).toEqual([7]);
    hub.last.socket.terminate();
    stream.skipTo('epoch001.8');
    hub.publish(2);
    expect(seqs(await take(stream, 1))).toEqual([9]);
    expect(hub.last.query.get('cursor')).toBe('epoch001.8');
  });

  it('[W4] lets no cursor of another log or from before move it', async () => {
    await using hub = await FakeHub.start();
    hub.publish(4);
    await using stream = openStream(hub, { cursor: 'epoch001.2' });
    stream.skipTo('another1.4');
    stream.skipTo('epoch001.1');
    stream.skipTo('what is this');
    expect(seqs(await take(stream, 2))).toEqual([3, 4]);
  });
});

describe('the end of a stream', () => {
  it.each([
    [4001, 'unauthorized', 401],
    [4003, 'forbidden', 403],
  ])('[W8] stops with an error at close code %i', async (code, reason, status) => {
    await using hub = await FakeHub.start();
    hub.publish(2);
    await using stream = openStream(hub, { cursor: start });
    expect(seqs(await take(stream, 2))).toEqual([1, 2]);
    hub.last.socket.close(code, reason);
    await expect(stream.next()).rejects.toMatchObject({ name: 'LeanVibeError', code: reason, status });
    expect(stream.status).toMatchObject({ state: 'closed', reason });
    expect(await stream.next()).toEqual({ done: true, value: undefined });
    expect(hub.connections).toHaveLength(1);
  });

  it('[W8] yields what has come before the error that ends it', async () => {
    await using hub = await FakeHub.start();
    hub.publish(2);
    await using stream = openStream(hub, { cursor: start });
    await take(stream, 1);
    hub.last.socket.close(4001, '');
    await until(() => stream.status.state === 'closed');
    expect(seqs(await take(stream, 1))).toEqual([2]);
    await expect(stream.next()).rejects.toMatchObject({ code: 'unauthorized' });
  });

  it.each([
    [4008, 'slow-consumer'],
    [1001, 'shutting-down'],
    [1012, 'server-restart'],
    [1013, 'too-many-connections'],
  ])('[W8] connects again after close code %i', async (code, reason) => {
    await using hub = await FakeHub.start();
    const reasons: (string | null)[] = [];
    hub.publish(1);
    await using stream = openStream(hub, { cursor: start, onStatus: ({ reason: why }) => reasons.push(why) });
    expect(seqs(await take(stream, 1))).toEqual([1]);
    hub.last.socket.close(code, reason);
    await until(() => hub.connections.length === 2);
    hub.publish(1);
    expect(seqs(await take(stream, 1))).toEqual([2]);
    expect(reasons).toContain(reason);
  });

  it('[W4] ends quietly when the loop is left, and closes its socket', async () => {
    await using hub = await FakeHub.start();
    hub.publish(3);
    const stream = openStream(hub, { cursor: start });
    for await (const item of stream) if ('seq' in item && item.seq === 2) break;
    expect(stream.status.state).toBe('closed');
    await until(() => hub.last.closed === 1000);
    expect(await stream.next()).toEqual({ done: true, value: undefined });
  });

  it('[C10] ends when its signal says so, while a reader waits', async () => {
    await using hub = await FakeHub.start();
    const controller = new AbortController();
    const stream = openStream(hub, { cursor: start, signal: controller.signal });
    const next = stream.next();
    await until(() => stream.status.state === 'live');
    controller.abort();
    expect(await next).toEqual({ done: true, value: undefined });
    expect(stream.status.state).toBe('closed');
  });

  it('[C10] does not even connect when its signal has said so before', async () => {
    await using hub = await FakeHub.start();
    const stream = openStream(hub, { signal: AbortSignal.abort() });
    expect(await stream.next()).toEqual({ done: true, value: undefined });
    expect(stream.status).toMatchObject({ state: 'closed' });
    expect(hub.connections).toHaveLength(0);
  });

  it('[S2] sends the token as a subprotocol', async () => {
    await using hub = await FakeHub.start();
    hub.publish(1);
    await using stream = openStream(hub, { cursor: start }, { token: 'secret' });
    await take(stream, 1);
    expect(hub.last.protocols).toBe('leanvibe.bearer.secret');
  });

  it('[S2] ends with the error of a token that no WebSocket can carry', async () => {
    await using hub = await FakeHub.start();
    await using stream = openStream(hub, {}, { token: 'not a token' });
    await expect(stream.next()).rejects.toThrow(/protocol/i);
    expect(stream.status).toMatchObject({ state: 'closed', reason: 'invalid-address' });
  });

  it.each([
    [400, 'validation-failed'],
    [401, 'unauthorized'],
    [403, 'host-not-allowed'],
  ])('[W8] asks over HTTP why it was refused, and stops at %i', async (status, code) => {
    await using hub = await FakeHub.start();
    hub.httpAnswer = [status, code];
    // Node asks a second time after a 401.
    hub.scripts.push({ refuse: status }, { refuse: status });
    await using stream = openStream(hub, {}, { random: () => 0.9 });
    await expect(stream.next()).rejects.toMatchObject({ code, status });
    expect(stream.status).toMatchObject({ state: 'closed', reason: code });
    expect(hub.connections).toHaveLength(0);
  });

  it('[W8] tries again when the refusal is one that passes', async () => {
    await using hub = await FakeHub.start();
    hub.scripts.push({ refuse: 503 }, { refuse: 503 });
    hub.publish(1);
    await using stream = openStream(hub, { cursor: start });
    expect(seqs(await take(stream, 1))).toEqual([1]);
    expect(hub.httpRequests).toBeGreaterThan(0);
  });
});

describe('what a stream carries', () => {
  it('[W2] says what it wants when it connects', async () => {
    await using hub = await FakeHub.start();
    hub.publish(1);
    await using stream = openStream(hub, {
      cursor: start,
      channels: ['tasks', 'agent'],
      minPriority: 'high',
      batchMs: 50,
      deviceId: 'phone',
      clientType: 'ios',
    });
    await take(stream, 1);
    expect(hub.last.path).toBe('/ws/fake');
    expect(Object.fromEntries(hub.last.query)).toEqual({
      cursor: start,
      channels: 'tasks,agent',
      min_priority: 'high',
      batch_ms: '50',
      device_id: 'phone',
      client_type: 'ios',
    });
  });

  it('[W5] changes a subscription at once, and keeps it when it connects again', async () => {
    await using hub = await FakeHub.start();
    hub.publish(1);
    await using stream = openStream(hub, { cursor: start, minPriority: 'low' });
    await take(stream, 1);
    stream.subscribe({ channels: ['tasks'] });
    stream.subscribe({ minPriority: 'high', batchMs: 0 });
    await until(() => hub.last.received.length === 2);
    expect(hub.last.received).toEqual([
      { type: 'subscribe', channels: ['tasks'] },
      { type: 'subscribe', min_priority: 'high', batch_ms: 0 },
    ]);
    hub.last.socket.terminate();
    await until(() => hub.connections.length === 2);
    expect(Object.fromEntries(hub.last.query)).toMatchObject({
      channels: 'tasks',
      min_priority: 'high',
      batch_ms: '0',
    });
  });

  it('[W5] tells of a frame that the server refuses, and goes on', async () => {
    await using hub = await FakeHub.start();
    const problems: LeanVibeError[] = [];
    hub.publish(1);
    await using stream = openStream(hub, { cursor: start, onProblem: (error) => problems.push(error) });
    await take(stream, 1);
    stream.subscribe({ minPriority: 'wrong' as 'low' });
    await until(() => problems.length === 1);
    expect(problems[0]).toBeInstanceOf(LeanVibeError);
    expect(problems[0]).toMatchObject({ code: 'validation-failed', detail: 'min_priority: wrong' });
    hub.publish(1);
    expect(seqs(await take(stream, 1))).toEqual([2]);
  });

  it('[W5] acknowledges what its reader has handled, not what it has received', async () => {
    await using hub = await FakeHub.start();
    hub.publish(3);
    await using stream = openStream(hub, { cursor: start, deviceId: 'phone', tuning: { ackIntervalMs: 1 } });
    await take(stream, 3);
    await until(() => hub.last.received.some(({ cursor }) => cursor === 'epoch001.2'));
    const waiting = stream.next();
    await until(() => hub.last.received.some(({ cursor }) => cursor === 'epoch001.3'));
    expect(hub.last.received.every(({ type }) => type === 'ack')).toBe(true);
    await stream.return();
    await waiting;
  });

  it('[W5] acknowledges nothing without a device', async () => {
    await using hub = await FakeHub.start();
    hub.publish(3);
    await using stream = openStream(hub, { cursor: start, tuning: { ackIntervalMs: 0 } });
    await take(stream, 3);
    stream.subscribe({ minPriority: 'low' });
    await until(() => hub.last.received.length > 0);
    expect(hub.last.received).toEqual([{ type: 'subscribe', min_priority: 'low' }]);
  });
});

describe('a reader that is behind', () => {
  it('[W7] keeps no more than its queue, lets go of the socket and resumes', async () => {
    await using hub = await FakeHub.start();
    const states: string[] = [];
    hub.publish(100);
    await using stream = openStream(hub, {
      cursor: start,
      onStatus: ({ state }) => states.push(state),
      tuning: { maxQueuedEvents: 10 },
    });
    const first = await take(stream, 1);
    await until(() => stream.status.state === 'paused');
    const rest = await take(stream, 99);
    expect(seqs([...first, ...rest])).toEqual(upTo(100));
    expect(states).toContain('paused');
    expect(hub.connections.length).toBeGreaterThan(2);
  });

  it('[W7] counts characters too, so that few large events do not fill the memory', async () => {
    await using hub = await FakeHub.start();
    hub.publish(10, { text: 'x'.repeat(1000) });
    await using stream = openStream(hub, { cursor: start, tuning: { maxQueuedCharacters: 2000 } });
    const first = await take(stream, 1);
    await until(() => stream.status.state === 'paused');
    expect(seqs([...first, ...(await take(stream, 9))])).toEqual(upTo(10));
  });

  it('[W7] loses no snapshot for which there was no room', async () => {
    await using hub = await FakeHub.start();
    hub.publish(3);
    await using stream = openStream(hub, { cursor: start, tuning: { maxQueuedEvents: 2 } });
    const items = await take(stream, 1);
    await until(() => hub.last.query.get('cursor') === start && stream.status.state === 'live');
    hub.restore('epoch002');
    hub.publish(1);
    hub.last.send({ type: 'snapshot_required', reason: 'cursor-invalid', cursor: hub.cursor });
    await until(() => stream.status.state === 'paused');
    items.push(...(await take(stream, 3)));
    expect(seqs(items)).toEqual([1, 2, 3, 'snapshot_required']);
  });

  it('[W7] passes over what waits as well when it is told to', async () => {
    await using hub = await FakeHub.start();
    hub.publish(5);
    await using stream = openStream(hub, { cursor: start });
    await take(stream, 1);
    await until(() => stream.status.state === 'live');
    stream.skipTo('epoch001.4');
    expect(seqs(await take(stream, 1))).toEqual([5]);
  });
});

describe('state', () => {
  it('[W2] can be observed from the first attempt to the end', async () => {
    await using hub = await FakeHub.start();
    const seen: StreamStatus[] = [];
    hub.scripts.push({ cutAfter: 1 });
    hub.publish(2);
    await using stream = openStream(hub, { cursor: start, onStatus: (status) => seen.push(status) });
    expect(stream.status).toMatchObject({ state: 'idle', offlineSinceMs: null });
    await take(stream, 2);
    await until(() => stream.status.state === 'live');
    stream.close();
    await until(() => seen.at(-1)?.state === 'closed');
    expect(seen.map(({ state }) => state)).toEqual([
      'connecting',
      'catching-up',
      'offline',
      'connecting',
      'catching-up',
      'live',
      'closed',
    ]);
    const [, catchingUp, offline, connecting] = seen;
    expect(catchingUp).toMatchObject({ offlineSinceMs: null, retryInMs: null });
    expect(offline).toMatchObject({ retryInMs: 0, reason: 'close-1006', offlineSinceMs: expect.any(Number) });
    expect(connecting!.offlineSinceMs).toBe(offline!.offlineSinceMs);
  });
});
