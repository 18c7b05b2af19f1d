import { describe, expect, it } from 'vitest';
import { taskWith } from './board-fixture.ts';
import { conflictsOf, resolvedChanges } from './edit-conflict.ts';

const before = taskWith({ id: 'a', title: 'Before', tags: ['x'] });

describe('an edit that meets another one', () => {
  it('[Conflict] collides only in members that both have changed, to different values', () => {
    const current = { ...before, version: 2, title: 'Theirs', priority: 'high' as const, tags: ['x', 'y'] };
    const changes = { title: 'Mine', priority: 'high' as const, tags: ['z'], description: 'Mine alone' };
    expect(conflictsOf(before, changes, current)).toEqual([
      { field: 'title', before: 'Before', mine: 'Mine', theirs: 'Theirs' },
      { field: 'tags', before: ['x'], mine: ['z'], theirs: ['x', 'y'] },
    ]);
  });

  it('[Conflict] is none when others have changed other members', () => {
    expect(conflictsOf(before, { title: 'Mine' }, { ...before, version: 2, priority: 'low' })).toEqual([]);
  });

  it('[Conflict] is settled member by member; what did not collide is kept', () => {
    const changes = { title: 'Mine', tags: ['z'], description: 'Mine alone' };
    const conflicts = conflictsOf(before, changes, { ...before, title: 'Theirs', tags: [] });
    expect(resolvedChanges(changes, conflicts, new Set(['tags']))).toEqual({ tags: ['z'], description: 'Mine alone' });
    expect(resolvedChanges(changes, conflicts, new Set())).toEqual({ description: 'Mine alone' });
  });
});
