import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FakeHub, type ConnectionScript } from './fake-hub-fixture.ts';
import { createLeanVibeClient } from './leanvibe-client.ts';
import type { StreamOptions } from './stream-types.ts';

const script = fc.record<ConnectionScript>(
  {
    cutAfter: fc.integer({ min: 1, max: 5 }),
    closeWith: fc.constantFrom<[number, string]>(
      [1001, 'shutting-down'],
      [1012, 'server-restart'],
      [4008, 'slow-consumer'],
    ),
    refuse: fc.constant(503),
    rewind: fc.integer({ min: 0, max: 8 }),
    double: fc.boolean(),
    batch: fc.boolean(),
  },
  { requiredKeys: [] },
);

/** What happens: the connections that go wrong, how much is published before and at each event, and how the reader reads. */
const schedule = fc.record({
  scripts: fc.array(script, { maxLength: 8 }),
  before: fc.integer({ min: 0, max: 12 }),
  bursts: fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 12 }),
  cutAt: fc.uniqueArray(fc.integer({ min: 1, max: 20 }), { maxLength: 4 }),
  slowAt: fc.uniqueArray(fc.integer({ min: 1, max: 20 }), { maxLength: 4 }),
  maxQueuedEvents: fc.integer({ min: 1, max: 20 }),
});

const stopAt = 1000;

describe('a stream', () => {
  it('[W2] yields each event once and in order, however it is cut, repeated, refused, restarted and slowed down', async () => {
    await fc.assert(
      fc.asyncProperty(schedule, async ({ scripts, before, bursts, cutAt, slowAt, maxQueuedEvents }) => {
        await using hub = await FakeHub.start();
        hub.scripts.push(...scripts);
        hub.publish(before);
        const options: StreamOptions = { cursor: 'epoch001.0', tuning: { maxQueuedEvents } };
        await using stream = createLeanVibeClient({
          baseUrl: hub.url,
          clientId: 'fake',
          random: () => 0,
        }).events.stream(options);
        const remaining = [...bursts];
        const total = before + bursts.reduce((sum, burst) => sum + burst, 0);
        const seen: unknown[] = [];
        const publishNext = (): void => {
          while (remaining.length > 0 && seen.length === hub.events.length) hub.publish(remaining.shift());
        };
        publishNext();
        while (seen.length < total && seen.length < stopAt) {
          const { value } = await stream.next();
          seen.push((value as { seq?: number }).seq);
          expect(stream.cursor).toBe(`epoch001.${seen.length}`);
          if (cutAt.includes(seen.length)) hub.connections.at(-1)?.socket.terminate();
          if (slowAt.includes(seen.length)) await new Promise((resolve) => setImmediate(resolve));
          if (remaining.length > 0) hub.publish(remaining.shift());
          publishNext();
        }
        expect(seen).toEqual(Array.from({ length: total }, (_, index) => index + 1));
      }),
      { numRuns: 100, interruptAfterTimeLimit: 15_000 },
    );
  });
});
