import { describe, expect, it } from 'vitest';
import { endReason, finalError, reconnectDelayMs, type SessionEnd } from './reconnect-policy.ts';
import { defaultTuning } from './stream-types.ts';

const closed = (closeCode: number, reason = ''): SessionEnd => ({ cause: 'closed', closeCode, reason, greeted: true });
const longest = (end: SessionEnd, attempt: number): number => reconnectDelayMs(end, attempt, defaultTuning, () => 1);

describe('reconnectDelayMs', () => {
  it('[W8] is at most a limit that doubles up to its own', () => {
    expect([0, 1, 2, 3, 20, 2000].map((attempt) => longest(closed(1006), attempt))).toEqual([
      250, 500, 1000, 2000, 30_000, 30_000,
    ]);
  });

  it('[W8] is any time below the limit', () => {
    const delays = [0, 0.25, 0.9999].map((chance) => reconnectDelayMs(closed(1006), 2, defaultTuning, () => chance));
    expect(delays).toEqual([0, 250, 999]);
  });

  it.each([1001, 1012])('[W8] spreads the clients of a server that stops (%i)', (closeCode) => {
    expect(longest(closed(closeCode), 0)).toBe(2000);
    expect(longest(closed(closeCode), 5)).toBe(8000);
  });

  it('[S4] leaves a server that is full alone', () => {
    expect(longest(closed(1013), 0)).toBe(30_000);
  });
});

describe('finalError', () => {
  it('[W8] is what the close frame says, or what its code means', () => {
    expect(finalError(closed(4001, 'unauthorized'))).toMatchObject({ code: 'unauthorized', status: 401 });
    expect(finalError(closed(4003))).toMatchObject({ code: 'forbidden', status: 403 });
  });

  it('[W8] is none for ends that pass', () => {
    for (const closeCode of [1000, 1001, 1006, 1009, 1012, 1013, 4008]) {
      expect(finalError(closed(closeCode))).toBeUndefined();
    }
  });
});

describe('endReason', () => {
  it('[W8] is one word, whatever is known', () => {
    expect(endReason(closed(4008, 'slow-consumer'))).toBe('slow-consumer');
    expect(endReason(closed(1006))).toBe('close-1006');
    expect(endReason({ ...closed(1006), cause: 'heartbeat-timeout' })).toBe('heartbeat-timeout');
  });
});
