import type { Task } from '@leanvibe/protocol/task';
import { describe, expect, it } from 'vitest';
import { taskWith } from '../../hub/board-fixture.ts';
import { isFilterEmpty, matcherOf, readFilter, toggled, writeFilter } from './board-filter.ts';

const nowMs = Date.parse('2026-11-22T12:00:00Z');
const approval = {
  requested_by: 'x',
  requested_at: '',
  decided_by: null,
  decided_at: null,
  reason: null,
  task_version: 1,
};
const tasks = [
  taskWith({ id: 'manual', title: 'Write the manual', tags: ['docs'], priority: 'high', assigned_to: 'claude' }),
  taskWith({ id: 'late', description: 'The MANUAL again', due_at: '2026-11-21T12:00:00Z', priority: 'low' }),
  taskWith({
    id: 'week',
    due_at: '2026-11-25T12:00:00Z',
    tags: ['docs', 'web'],
    approval: { ...approval, state: 'pending' },
  }),
  taskWith({ id: 'finished', status: 'done', due_at: '2026-11-20T12:00:00Z' }),
];

const matching = (query: string): string[] => {
  const filter = readFilter(new URLSearchParams(query));
  const matches = matcherOf(filter, { nowMs, isBlocked: ({ id }: Task) => id === 'week' });
  return tasks.filter(matches).map(({ id }) => id);
};

describe('the filter of the board', () => {
  it.each([
    ['', ['manual', 'late', 'week', 'finished']],
    ['q=manual', ['manual', 'late']],
    ['q=Write+MANUAL', ['manual']],
    ['q=docs', ['manual', 'week']],
    ['priority=high&priority=low', ['manual', 'late']],
    ['assignee=claude', ['manual']],
    ['assignee=', ['late', 'week', 'finished']],
    ['tag=web', ['week']],
    ['tag=docs&priority=high', ['manual']],
    ['approval=pending', ['week']],
    ['due=overdue', ['late']],
    ['due=week', ['late', 'week']],
    ['due=none', ['manual']],
    ['blocked=yes', ['week']],
    ['priority=nonsense&due=never', ['manual', 'late', 'week', 'finished']],
  ])('[Filter] %j lets through %j', (query, ids) => {
    expect(matching(query)).toEqual(ids);
  });

  it('[Filter] stands in the address beside what else stands there, and comes back as it was', () => {
    const query =
      'q=a+b&priority=low&priority=high&assignee=&assignee=x%26y&tag=%23t&approval=rejected&due=today&blocked=yes';
    const filter = readFilter(new URLSearchParams(query));
    const written = writeFilter(new URLSearchParams('workspace=w&task=1&q=old&tag=old'), filter);
    expect(readFilter(written)).toEqual(filter);
    expect([written.get('workspace'), written.get('task')]).toEqual(['w', '1']);
    expect(isFilterEmpty(filter)).toBe(false);
    expect(isFilterEmpty(readFilter(new URLSearchParams('workspace=w')))).toBe(true);
  });

  it('[Filter] takes a value in and out', () => {
    expect(toggled(['a', 'b'], 'a')).toEqual(['b']);
    expect(toggled(['b'], 'a')).toEqual(['b', 'a']);
  });
});
