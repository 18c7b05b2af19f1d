import { describe, expect, it } from 'vitest';
import { FakeHub } from './fake-hub-fixture.ts';
import { openStream, seqs, start, take, until } from './stream-fixture.ts';

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
