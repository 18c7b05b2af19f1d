import { describe, expect, it } from 'vitest';
import { stepFrom, successorOf } from './inbox-order.ts';

describe('stepFrom', () => {
  it('[Inbox] goes to the neighbour, stays within the list, and begins at its ends', () => {
    const ids = ['a', 'b', 'c'];
    expect([stepFrom(ids, 'a', 1), stepFrom(ids, 'b', -1)]).toEqual(['b', 'a']);
    expect([stepFrom(ids, 'c', 1), stepFrom(ids, 'a', -1)]).toEqual([null, null]);
    expect([stepFrom(ids, null, 1), stepFrom(ids, 'gone', -1)]).toEqual(['a', 'c']);
    expect(stepFrom([], null, 1)).toBeNull();
  });
});

describe('successorOf', () => {
  it('[Inbox] prefers what comes after, skips what has gone as well, and falls back to what came before', () => {
    expect(successorOf(['a', 'b', 'c'], 'a', ['b', 'c'])).toBe('b');
    expect(successorOf(['a', 'b', 'c'], 'a', ['c'])).toBe('c');
    expect(successorOf(['a', 'b', 'c'], 'c', ['a', 'b'])).toBe('b');
    expect(successorOf(['a'], 'a', [])).toBeNull();
  });
});
