import type { LeanVibeEvent } from '@leanvibe/protocol/event';
import { describe, expect, it } from 'vitest';
import { byDay, dayTitle, localDateTime } from './activity-days.ts';

const at = (seq: number, ...[day, hour]: [number, number]) =>
  ({ seq, timestamp: new Date(2026, 10, day, hour).toISOString() }) as LeanVibeEvent;

describe('byDay', () => {
  it('[Activity] puts the newest day and the newest event first', () => {
    const days = byDay([at(1, 20, 23), at(2, 21, 0), at(3, 21, 9)]);
    expect(days.map(({ events }) => events.map(({ seq }) => seq))).toEqual([[3, 2], [1]]);
  });
});

describe('dayTitle', () => {
  it('[Activity] goes by the calendar, not by 24 hours', () => {
    const now = new Date(2026, 10, 21, 0, 30).getTime();
    expect(dayTitle(at(1, 21, 0).timestamp, now)).toBe('Today');
    expect(dayTitle(at(1, 20, 23).timestamp, now)).toBe('Yesterday');
    expect(dayTitle(at(1, 19, 23).timestamp, now)).toMatch(/2026/);
  });
});

describe('localDateTime', () => {
  it('[Activity] is read back as the same minute', () => {
    const ms = new Date(2026, 10, 21, 14, 5).getTime();
    expect(localDateTime(ms)).toBe('2026-11-21T14:05');
    expect(Date.parse(localDateTime(ms))).toBe(ms);
  });
});
