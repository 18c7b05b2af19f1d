import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isSameJson, taskChanges } from './task-changes.ts';
import { newTask } from './task-rules.ts';

const task = newTask(
  { title: 'x', tags: ['a'], metadata: { a: { b: 1 } } },
  { id: 'i', clientId: 'c', position: 'a0', now: 'n' },
);

/** The same value with the members of every object the other way round. */
const turned = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(turned);
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([name, member]) => [name, turned(member)]),
  );
};

it('[E2] names each member that differs, with its old and its new value', () => {
  const after = { ...task, title: 'y', tags: ['a', 'b'], version: 2, updated_at: 'later', created_at: 'x' };
  expect(taskChanges(task, after)).toEqual({
    title: { from: 'x', to: 'y' },
    tags: { from: ['a'], to: ['a', 'b'] },
  });
});

it('[E2] says nothing of equal values that are not the same object, nor of the order of members', () => {
  const after = { ...task, tags: ['a'], metadata: { a: { b: 1 } } };
  expect(taskChanges(task, after)).toEqual({});
  expect(taskChanges({ ...task, metadata: { x: 1, y: 2 } }, { ...task, metadata: { y: 2, x: 1 } })).toEqual({});
});

/** The text of a value that is the same for everything that means the same. */
const canonical = (value: unknown): string => {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  const members = Object.entries(value).map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`);
  return `{${members.sort().join()}}`;
};

it('[T4] takes what means the same JSON for the same, and nothing else', () => {
  fc.assert(fc.property(fc.jsonValue(), (value) => isSameJson(value, turned(JSON.parse(JSON.stringify(value))))));
  const small = fc.jsonValue({ maxDepth: 2, stringUnit: fc.constantFrom('a', 'b') });
  fc.assert(
    fc.property(small, small, (one, other) => {
      expect(isSameJson(one, other)).toBe(canonical(one) === canonical(other));
    }),
  );
});

it.each([
  [
    [1, 2],
    [2, 1],
  ],
  [[1], [1, 1]],
  [{ a: 1 }, { b: 1 }],
  [{ a: 1 }, { a: 1, b: undefined }],
  [{ a: undefined }, { b: 1 }],
  [{}, []],
  [{}, null],
  [null, {}],
  ['1', 1],
  [0, false],
  [{ length: 0 }, []],
  [{ a: { b: [1] } }, { a: { b: [2] } }],
  [JSON.parse('{"__proto__":1}'), {}],
  [{ a: 1 }, JSON.parse('{"__proto__":1}')],
])('[T4] tells %j from %j', (one, other) => {
  expect(isSameJson(one, other)).toBe(false);
});
