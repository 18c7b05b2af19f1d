import { describe, expect, it } from 'vitest';
import { FakeHub } from './fake-hub-fixture.ts';
import { openStream, seqs, start, take, until, upTo } from './stream-fixture.ts';
import type { StreamStatus } from './stream-types.ts';

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
    hub.publish(50);
    const onStatus = ({ state }: StreamStatus): void => void states.push(state);
    await using stream = openStream(hub, { cursor: 'epoch001.45', onStatus, tuning: { maxQueuedEvents: 5 } });
    hub.scripts.push({ rewind: 45 });
    expect(seqs(await take(stream, 5))).toEqual(upTo(50, 46));
    await until(() => stream.status.state === 'live');
    expect(states).not.toContain('paused');
  });
});
