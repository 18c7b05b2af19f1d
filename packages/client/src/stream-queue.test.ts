import { describe, expect, it } from 'vitest';
import { StreamQueue } from './stream-queue.ts';
import type { StreamItem } from './stream-types.ts';

const event = (seq: number): StreamItem => ({
  id: '019aa0c2-7c1e-7d4c-9d2f-5b7a3c1d9e01',
  type: 'agent_started',
  seq,
  cursor: `epoch001.${seq}`,
  client_id: 'alpha',
  channel: 'agent',
  priority: 'medium',
  timestamp: '2026-11-22T11:05:12.345Z',
  actor: { kind: 'agent', id: 'claude' },
  data: {},
});

const queueOf = (maxEvents: number) => new StreamQueue({ maxEvents, maxCharacters: 1000 }, 'epoch001.0');

describe('a queue', () => {
  it('[W7] has room for its events however often it is told where the log stands', async () => {
    const queue = queueOf(3);
    expect(queue.offer(event(1), 10)).toBe(true);
    for (let seq = 2; seq < 9; seq += 1) queue.mark(`epoch001.${seq}`);
    expect(queue.offer(event(9), 10)).toBe(true);
    expect(queue.offer(event(10), 10)).toBe(false);
    expect((await queue.take()).value).toMatchObject({ seq: 1 });
    expect(queue.cursor).toBe('epoch001.8');
    expect((await queue.take()).value).toMatchObject({ seq: 9 });
  });

  it('[W7] serves readers in the order in which they came, and tells one of them of its end', async () => {
    const queue = queueOf(3);
    const readers = [queue.take(), queue.take(), queue.take()];
    queue.offer(event(1), 10);
    queue.end(new Error('Over'));
    queue.end();
    const [first, second, third] = await Promise.allSettled(readers);
    expect(first).toMatchObject({ value: { value: { seq: 1 } } });
    expect(second).toMatchObject({ reason: new Error('Over') });
    expect(third).toMatchObject({ value: { done: true } });
  });
});
