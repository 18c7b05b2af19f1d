import type { LeanVibeEvent } from '@leanvibe/protocol/event';
import { describe, expect, it } from 'vitest';
import { taskWith } from '../../hub/board-fixture.ts';
import { confidenceChange, confidenceText, dueChange, dueText, hoursChange, hoursText } from './field-values.ts';
import { historyLines } from './history-lines.ts';
import { readMetadata } from './read-metadata.ts';

describe('what stands in the fields of a task', () => {
  it('[Drawer] reads hours, with a comma too, nothing as none, and refuses what is no number of hours', () => {
    expect(hoursChange('actual_hours', '1,5')).toEqual({ actual_hours: 1.5 });
    expect(hoursChange('estimated_hours', ' ')).toEqual({ estimated_hours: null });
    expect([hoursChange('actual_hours', '-1'), hoursChange('actual_hours', 'x')]).toEqual([null, null]);
    expect([hoursText(null), hoursText(2.25)]).toEqual(['', '2.25']);
  });

  it('[Drawer] shows the confidence in per cent and reads it back as it was', () => {
    for (const share of [0, 0.005, 0.82, 0.999, 1]) {
      expect(confidenceChange(confidenceText(share))).toEqual({ confidence_score: share });
    }
    expect(confidenceChange('')).toEqual({ confidence_score: null });
    expect([confidenceChange('101'), confidenceChange('-1')]).toEqual([null, null]);
  });

  it('[Drawer] shows a due time by the local clock and reads it back to the minute', () => {
    const due = new Date(2026, 2, 5, 9, 7).toISOString();
    expect(dueText(due)).toBe('2026-03-05T09:07');
    expect(dueChange(dueText(due))).toEqual({ due_at: due });
    expect([dueText(null), dueChange(''), dueChange('nonsense')]).toEqual(['', { due_at: null }, null]);
  });

  it('[Drawer] takes only objects as metadata', () => {
    expect(readMetadata('{"a": [1]}')).toEqual({ metadata: { a: [1] } });
    expect(readMetadata(' ')).toEqual({ metadata: {} });
    for (const text of ['[1]', 'null', '1', '{']) expect(readMetadata(text), text).toHaveProperty('error');
  });
});

describe('the history of a task', () => {
  const event = (type: string, data: object, id = type) =>
    ({
      id,
      type,
      actor: { kind: 'agent', id: 'claude' },
      timestamp: '2026-11-22T11:00:00.000Z',
      data,
    }) as unknown as LeanVibeEvent;
  const texts = (...events: LeanVibeEvent[]) =>
    historyLines(events, new Map([['b', taskWith({ id: 'b', title: 'Other' })]])).map(({ text }) => text);

  it('[Drawer] is told in words, newest first', () => {
    expect(
      texts(
        event('task_created', {}),
        event('task_updated', { changes: { status: { from: 'backlog', to: 'done' }, version: { from: 1, to: 2 } } }),
        event('task_completed', {}),
        event(
          'task_updated',
          { changes: { priority: { from: 'low', to: 'high' }, tags: { from: [], to: ['x', 'y'] } } },
          '2',
        ),
        event(
          'task_updated',
          { changes: { depends_on: { from: ['gone'], to: ['b'] }, description: { from: null, to: 'long' } } },
          '3',
        ),
        event('task_updated', { changes: { position: { from: 'a', to: 'b' } } }, '4'),
      ),
    ).toEqual([
      'moved it within its column',
      'changed what it waits for from another task to Other; changed the description',
      'changed the priority from Low to High; changed the tags from nothing to x, y',
      'completed it',
      'moved it from Backlog to Done',
      'created it',
    ]);
  });

  it('[Drawer] gives the reason of a decision, and says once what two events say', () => {
    const task = { approval: { reason: 'Not on a Friday' } };
    expect(
      texts(
        event('task_updated', { task, changes: { approval: { from: null, to: {} } } }),
        event('task_rejected', { task }),
      ),
    ).toEqual(['rejected it: Not on a Friday']);
  });
});
