import { expect, it } from 'vitest';
import { mergeGuards } from './draft-guards.ts';

const room = (limit: number) => ({ kind: 'column-at-most', status: 'done', limit }) as const;
const rules = { kind: 'document-version', document: 'board_rules', key: '', version: 1 } as const;

it('[T7] asks each thing once, whatever number of decisions needs it', () => {
  expect(mergeGuards([rules, room(2), rules, room(2), { kind: 'no-cycle', id: 'a' }], new Set())).toEqual([
    rules,
    room(2),
    { kind: 'no-cycle', id: 'a' },
  ]);
});

it('[T7] asks after tasks together, kind by kind, but not after those that are written', () => {
  const guards = [
    { kind: 'tasks-exist', ids: ['a', 'b'] },
    { kind: 'tasks-done', ids: ['b', 'c'] },
    { kind: 'tasks-exist', ids: ['b', 'd'] },
    { kind: 'tasks-done', ids: ['d'] },
  ] as const;
  expect(mergeGuards(guards, new Set(['d']))).toEqual([
    { kind: 'tasks-exist', ids: ['a', 'b'] },
    { kind: 'tasks-done', ids: ['b', 'c'] },
  ]);
  expect(mergeGuards(guards, new Set(['a', 'b', 'c', 'd']))).toEqual([]);
});
