import { expect, it } from 'vitest';
import { eventFilter, type EventSelection } from './event-filter.ts';

const everything: EventSelection = {
  channels: ['all'],
  minPriority: 'debug',
  excludeFilePatterns: [],
  minConfidence: null,
};

const event = (data: Record<string, unknown> = {}) => ({ channel: 'files', priority: 'medium', data }) as const;

it('[E3] takes every channel for all', () => {
  expect(eventFilter(everything)(event())).toBe(true);
});

it('[E3] takes the named channels only', () => {
  expect(eventFilter({ ...everything, channels: ['tasks', 'files'] })(event())).toBe(true);
  expect(eventFilter({ ...everything, channels: ['tasks'] })(event())).toBe(false);
  expect(eventFilter({ ...everything, channels: [] })(event())).toBe(false);
});

it('[E3] takes its priority and those above', () => {
  const priorities = ['debug', 'low', 'medium', 'high', 'critical'] as const;
  const taken = priorities.map((minPriority) => eventFilter({ ...everything, minPriority })(event()));
  expect(taken).toEqual([true, true, true, false, false]);
});

it.each([
  [{ path: '/p/x.log' }, false],
  [{ file_path: 'x.log' }, false],
  [{ files: ['a.ts', 'b.log'] }, false],
  [{ files: ['a.ts'] }, true],
  [{ path: 7, file: null }, true],
  [{}, true],
])('[W9] leaves out what names an excluded file: %j', (data, taken) => {
  expect(eventFilter({ ...everything, excludeFilePatterns: ['*.tmp', '*.log'] })(event(data))).toBe(taken);
});

it.each([
  [{ confidence_score: 0.4 }, false],
  [{ confidence: 0.4 }, false],
  [{ task: { confidence_score: 0.4 } }, false],
  [{ decision: { confidence_score: 0.4 } }, false],
  [{ task: { confidence_score: 0.5 } }, true],
  [{ task: { confidence_score: null } }, true],
  [{ task: 'x' }, true],
  [{}, true],
])('[W9] leaves out what is less sure: %j', (data, taken) => {
  expect(eventFilter({ ...everything, minConfidence: 0.5 })(event(data))).toBe(taken);
});

it('[W9] does not look inside events when it need not', () => {
  const opaque = {
    channel: 'files' as const,
    priority: 'low' as const,
    get data(): never {
      throw new Error('The data was read.');
    },
  };
  expect(eventFilter(everything)(opaque)).toBe(true);
});
