import { describe, expect, it } from 'vitest';
import { FakeHub } from './fake-hub-fixture.ts';
import { openStream, seqs, start, take, until, upTo } from './stream-fixture.ts';
import type { StreamStatus } from './stream-types.ts';

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
