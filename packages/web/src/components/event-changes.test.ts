import { settableTaskFields } from '@leanvibe/protocol/task';
import { describe, expect, it } from 'vitest';
import { changedFields, fieldLabel, shownChanges, valueText } from './event-changes.ts';

const change = (from: unknown, to: unknown) => ({ from, to });

describe('shownChanges', () => {
  it('[Activity] spells what somebody changed, without what followed from it', () => {
    const changes = {
      status: change('backlog', 'in_progress'),
      position: change('a', 'b'),
      started_at: change(null, '2026-11-22T11:05:12.345Z'),
    };
    expect(shownChanges(changes)).toEqual([{ field: 'status', title: 'Column', from: 'Backlog', to: 'In Progress' }]);
  });

  it('[Activity] shows no ranks, which say nothing to people', () => {
    expect(changedFields({ position: change('a', 'b') })).toEqual(['position']);
    expect(shownChanges({ position: change('a', 'b') })).toEqual([]);
  });

  it('[Activity] finds nothing where there is nothing', () => {
    expect(shownChanges(undefined)).toEqual([]);
    expect(shownChanges([1])).toEqual([]);
    expect(shownChanges({ title: 'new' })).toEqual([]);
  });
});

describe('valueText', () => {
  it.each([
    ['assigned_to', null, 'none'],
    ['tags', [], 'none'],
    ['tags', ['a', 'b'], 'a, b'],
    ['depends_on', ['x'], '1 task'],
    ['depends_on', ['x', 'y'], '2 tasks'],
    ['priority', 'critical', 'Critical'],
    ['priority', 'of tomorrow', 'of tomorrow'],
    ['confidence_score', 0.725, '73 %'],
    ['approval', { state: 'approved' }, 'Approved'],
    ['description', `line\n${'x'.repeat(100)}`, `line ${'x'.repeat(74)}…`],
    ['metadata', { a: 1 }, '{"a":1}'],
    ['actual_hours', 0, '0'],
  ])('[Activity] says of %s: %j is %s', (field, value, text) => {
    expect(valueText(field, value)).toBe(text);
  });
});

describe('fieldLabel', () => {
  it('[Activity] has a name for everything that can be set', () => {
    expect(settableTaskFields.filter((field) => fieldLabel(field) === field)).toEqual([]);
  });
});
