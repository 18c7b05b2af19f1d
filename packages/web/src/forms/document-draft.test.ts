import { describe, expect, it } from 'vitest';
import { changedPaths, collisionsOf, leavesOf, rebased, updateOf, withValue } from './document-draft.ts';

const base = {
  client_id: 'w',
  version: 3,
  columns: { a: { limit: null as number | null, next: ['x'] }, b: { limit: 2 } },
  isOn: false,
};

describe('a draft of a document', () => {
  it('[Settings] knows its values by path, without what the server sets', () => {
    expect(leavesOf(base)).toEqual({
      'columns.a.limit': null,
      'columns.a.next': ['x'],
      'columns.b.limit': 2,
      isOn: false,
    });
  });

  it('[Settings] is sent as nothing but what was changed', () => {
    const draft = withValue(withValue(base, 'columns.a.limit', 5), 'isOn', true);
    expect(base.columns.a.limit).toBeNull();
    expect(changedPaths(base, draft)).toEqual(['columns.a.limit', 'isOn']);
    expect(updateOf(base, draft)).toEqual({ columns: { a: { limit: 5 } }, isOn: true });
    expect(updateOf(base, { ...base, version: 9 })).toEqual({});
    expect(updateOf(base, withValue(base, 'columns.a.next', []))).toEqual({ columns: { a: { next: [] } } });
  });

  it('[Settings] collides only where both changed the same to different values', () => {
    const draft = withValue(withValue(base, 'columns.a.limit', 5), 'columns.b.limit', 7);
    const current = withValue(withValue({ ...base, version: 4 }, 'columns.a.limit', 6), 'isOn', true);
    expect(collisionsOf(base, draft, current)).toEqual(['columns.a.limit']);
    expect(collisionsOf(base, draft, withValue(base, 'columns.a.limit', 5))).toEqual([]);
    expect(rebased(base, draft, current)).toEqual({
      ...current,
      columns: { a: { limit: 5, next: ['x'] }, b: { limit: 7 } },
    });
  });
});
