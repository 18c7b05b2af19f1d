import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Turns } from './turns.ts';

it('[C4] lets nobody in beside another who has the same key, in the order in which they came', async () => {
  const wants = fc.array(fc.uniqueArray(fc.constantFrom<string>('a', 'b', 'c', 'd')), { minLength: 1, maxLength: 30 });
  await fc.assert(
    fc.asyncProperty(wants, fc.infiniteStream(fc.nat(3)), async (requests, delays) => {
      const turns = new Turns();
      const held = new Set<string>();
      const order = new Map<string, number[]>();
      const visit = (keys: readonly string[], index: number) =>
        turns.take(keys, async () => {
          for (const key of keys) {
            expect(held.has(key)).toBe(false);
            held.add(key);
            order.set(key, [...(order.get(key) ?? []), index]);
          }
          for (let left = delays.next().value as number; left > 0; left -= 1) await setImmediate();
          for (const key of keys) held.delete(key);
        });
      await Promise.all(requests.map(visit));
      for (const [key, visitors] of order) {
        expect(visitors).toEqual(requests.flatMap((keys, index) => (keys.includes(key) ? [index] : [])));
      }
    }),
    { numRuns: 30 },
  );
});

it('[C4] goes on after work that failed, which only its own caller learns of', async () => {
  const turns = new Turns();
  const failed = turns.take(['a'], () => Promise.reject(new Error('no')));
  const next = turns.take(['a'], async () => 'done');
  await expect(failed).rejects.toThrow('no');
  expect(await next).toBe('done');
});

it('[C4] lets those who want different things in together', async () => {
  const turns = new Turns();
  const gate = Promise.withResolvers<string>();
  const first = turns.take(['a'], () => gate.promise);
  await turns.take(['b'], async () => gate.resolve('open'));
  expect(await first).toBe('open');
});
