import { describe, expect, it } from 'vitest';
import { taskWith } from './board-fixture.ts';
import { VersionLineage } from './version-lineage.ts';

describe('the versions made in this window', () => {
  it('[Conflict] are followed to the newest, so that two quick changes by one person are no conflict', () => {
    const lineage = new VersionLineage();
    lineage.record(3, taskWith({ id: 'a', version: 4 }));
    lineage.record(4, taskWith({ id: 'a', version: 5 }));
    expect([3, 4, 5].map((version) => lineage.newest('a', version))).toEqual([5, 5, 5]);
    expect(lineage.newest('b', 3)).toBe(3);
  });

  it('[Undo] go on over a deletion that was taken back', () => {
    const lineage = new VersionLineage();
    lineage.record(3, taskWith({ id: 'a', version: 5 }), 2);
    expect(lineage.newest('a', 3)).toBe(5);
  });

  it('[Conflict] break off where somebody else wrote in between', () => {
    const lineage = new VersionLineage();
    lineage.record(3, taskWith({ id: 'a', version: 5 }));
    expect(lineage.newest('a', 3)).toBe(3);
  });
});
