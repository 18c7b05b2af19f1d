import { describe, expect, it } from 'vitest';
import { FakeHub } from './fake-hub-fixture.ts';
import { createLeanVibeClient } from './leanvibe-client.ts';
import { ScriptedSocket } from './scripted-socket-fixture.ts';
import { openStream, seqs, start, take, until, upTo } from './stream-fixture.ts';
import type { StreamItem, StreamStatus } from './stream-types.ts';

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

  it('[W7] stays away until half of what waits was read', async () => {
    await using hub = await FakeHub.start();
    hub.publish(40);
    await using stream = openStream(hub, { cursor: start, tuning: { maxQueuedEvents: 10 } });
    await take(stream, 1);
    await until(() => stream.status.state === 'paused');
    // One was handed over, ten wait; when four of them are read, six are left.
    await take(stream, 4);
    expect(stream.status.state).toBe('paused');
    await take(stream, 1);
    expect(stream.status.state).toBe('connecting');
  });

  it('[W7] is not taken to be behind because the server repeats itself', async () => {
    await using hub = await FakeHub.start();
    const states: string[] = [];
    hub.scripts.push({}, { rewind: 5 });
    hub.publish(5);
    const onStatus = ({ state }: StreamStatus): void => void states.push(state);
    await using stream = openStream(hub, { cursor: start, onStatus, tuning: { maxQueuedEvents: 5 } });
    const first = await take(stream, 1);
    await until(() => states.filter((state) => state === 'live').length === 1);
    hub.last.socket.terminate();
    await until(() => states.filter((state) => state === 'live').length === 2);
    expect(states).not.toContain('paused');
    expect(seqs([...first, ...(await take(stream, 4))])).toEqual(upTo(5));
  });

  it('[W7] hears nothing more from a socket that it has let go of', async () => {
    const { opened } = ScriptedSocket;
    opened.length = 0;
    const client = createLeanVibeClient({ baseUrl: 'http://hub', clientId: 'fake', WebSocket: ScriptedSocket });
    await using stream = client.events.stream({ cursor: start, tuning: { maxQueuedEvents: 2 } });
    const hello = { type: 'hello', cursor: 'epoch001.9', heartbeat_interval_ms: 30_000 };
    const event = (seq: number) => ({
      type: 'agent_started',
      seq,
      cursor: `epoch001.${seq}`,
      channel: 'agent',
      data: {},
    });
    const next = stream.next();
    for (const frame of [hello, event(1), event(2), event(3), event(4)]) opened[0]!.deliver(frame);
    expect(stream.status.state).toBe('paused');
    const read = [(await next).value, ...(await take(stream, 2))];
    opened[0]!.deliver(event(9));
    const [, second] = opened;
    expect(second!.url).toContain('cursor=epoch001.3');
    for (const frame of [hello, event(4), event(5)]) second!.deliver(frame);
    expect(seqs([...(read as StreamItem[]), ...(await take(stream, 2))])).toEqual(upTo(5));
  });
});
