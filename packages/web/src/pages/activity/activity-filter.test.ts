import type { LeanVibeEvent } from '@leanvibe/protocol/event';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { activityMatcher, isActivityFilterEmpty, readActivityFilter, writeActivityFilter } from './activity-filter.ts';

const event = {
  type: 'task_created',
  channel: 'tasks',
  actor: { kind: 'agent', id: 'claude' },
  data: { task: { title: 'Ship the Release' } },
} as unknown as LeanVibeEvent;

const matches = (query: string): boolean => activityMatcher(readActivityFilter(new URLSearchParams(query)))(event);

describe('the filter of the activity', () => {
  it('[Activity] stands in the address, beside what else stands there', () => {
    const texts = fc.array(fc.string({ minLength: 1 }), { maxLength: 3 });
    fc.assert(
      fc.property(fc.record({ types: texts, channels: texts, actors: texts, words: fc.string() }), (filter) => {
        const address = writeActivityFilter(new URLSearchParams('workspace=w&type=old&q=old'), filter);
        expect(readActivityFilter(new URLSearchParams(address.toString()))).toEqual(filter);
        expect(address.get('workspace')).toBe('w');
      }),
    );
  });

  it.each([
    ['', true],
    ['type=task_created&type=task_deleted', true],
    ['type=task_deleted', false],
    ['channel=tasks&actor=agent:claude', true],
    ['actor=human:claude', false],
    ['q=release+CLAUDE', true],
    ['q=release+never', false],
  ])('[Activity] %s lets it through: %s', (query, isThrough) => {
    expect(matches(query)).toBe(isThrough);
  });

  it('[Activity] is empty when nothing is asked for', () => {
    expect(isActivityFilterEmpty(readActivityFilter(new URLSearchParams('workspace=w&at=now')))).toBe(true);
    expect(isActivityFilterEmpty(readActivityFilter(new URLSearchParams('actor=x:y')))).toBe(false);
  });
});
