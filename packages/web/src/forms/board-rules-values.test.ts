import { describe, expect, it } from 'vitest';
import { mayGo, ruleLabel, withWay } from './board-rules-values.ts';

describe('withWay', () => {
  it('[Settings] closes and opens ways, and has no rule when all are open', () => {
    const closed = withWay(null, 'backlog', 'done', false);
    expect(closed).toEqual(['in_progress', 'testing']);
    expect([mayGo(closed, 'done'), mayGo(closed, 'testing'), mayGo(null, 'done')]).toEqual([false, true, true]);
    expect(withWay(closed, 'backlog', 'done', true)).toBeNull();
    expect(withWay(withWay(closed, 'backlog', 'testing', false), 'backlog', 'in_progress', false)).toEqual([]);
  });
});

describe('ruleLabel', () => {
  it('[Settings] has words for each rule', () => {
    expect(ruleLabel('columns.in_progress.wip_limit')).toBe('Most tasks in In Progress');
    expect(ruleLabel('columns.testing.allowed_transitions')).toBe('Ways out of Testing');
    expect(ruleLabel('enforce_dependencies')).toBe('Dependencies first');
    expect(ruleLabel('require_approval_for_done')).toBe('Approval before done');
  });
});
