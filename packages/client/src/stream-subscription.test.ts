import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { FakeHub } from './fake-hub-fixture.ts';
import { createLeanVibeClient } from './leanvibe-client.ts';
import { LeanVibeError } from './leanvibe-error.ts';
import { openStream, seqs, start, take, until } from './stream-fixture.ts';

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

  it('[W5] acknowledges nothing twice', async () => {
    await using hub = await FakeHub.start();
    hub.publish(1);
    await using stream = openStream(hub, { cursor: start, deviceId: 'phone', tuning: { ackIntervalMs: 0 } });
    await take(stream, 1);
    for (const load of [1, 2, 3]) {
      const next = stream.next();
      await until(() => hub.last.received.length > 0);
      hub.last.send({ type: 'metrics_updated', channel: 'metrics', priority: 'low', data: { load } });
      expect((await next).value).toMatchObject({ data: { load } });
    }
    hub.publish(1);
    await take(stream, 1);
    const waiting = stream.next();
    await until(() => hub.last.received.some(({ cursor }) => cursor === 'epoch001.2'));
    expect(hub.last.received.map(({ cursor }) => cursor)).toEqual(['epoch001.1', 'epoch001.2']);
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

  it('[W2] has an address for programs that bring their own WebSocket', () => {
    const client = createLeanVibeClient({ baseUrl: 'https://hub.example:8765/', clientId: 'a:b' });
    const address = client.events.socketUrl({ cursor: 'e.1', channels: ['tasks', 'agent'] });
    expect(address).toBe('wss://hub.example:8765/ws/a%3Ab?cursor=e.1&channels=tasks%2Cagent');
    expect(client.events.socketUrl()).toBe('wss://hub.example:8765/ws/a%3Ab');
  });

  it('[W2] comes over any WebSocket that is given', async () => {
    await using hub = await FakeHub.start();
    hub.publish(2);
    await using stream = openStream(hub, { cursor: start }, { WebSocket });
    expect(seqs(await take(stream, 2))).toEqual([1, 2]);
    hub.last.socket.terminate();
    hub.publish(1);
    expect(seqs(await take(stream, 1))).toEqual([3]);
  });
});
