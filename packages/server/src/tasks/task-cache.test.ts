import { expect, it } from 'vitest';
import { TaskCache } from './task-cache.ts';

const text = (etag: string, bytes = 10) => ({ etag, headers: {}, body: Buffer.alloc(bytes) });

it('[T2] gives back what was made of the same state, and nothing else', () => {
  const cache = new TaskCache();
  const made = text('"1"');
  cache.set('alpha?', made);
  expect(cache.get('alpha?', '"1"')).toBe(made);
  expect(cache.get('alpha?', '"2"')).toBeUndefined();
  expect(cache.get('beta?', '"1"')).toBeUndefined();
});

it('[T2] holds no more bytes than it may, and keeps what was used last', () => {
  const cache = new TaskCache({ maxBytes: 5000 });
  for (const address of ['a', 'b']) cache.set(address, text('"1"', 1500));
  cache.get('a', '"1"');
  cache.set('c', text('"1"', 1500));
  expect(['a', 'b', 'c'].map((address) => cache.get(address, '"1"') !== undefined)).toEqual([true, false, true]);
  cache.set('large', text('"1"', 5000));
  expect(cache.get('large', '"1"')).toBeUndefined();
  expect(cache.get('c', '"1"')).toBeDefined();
});
