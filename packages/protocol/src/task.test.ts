import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { settableTaskFields, Task, TaskCreate, TaskMove, taskPriorities, taskStatuses, TaskUpdate } from './task.ts';
import { schemaExamples } from './schema-examples.ts';

const idOf = (digit: number): string => `019aa0c2-7c1e-7d4c-9d2f-${String(digit).padStart(12, '0')}`;
const accepts = (schema: z.ZodType, value: unknown): boolean => schema.safeParse(value).success;
const create = (members: object) => TaskCreate.safeParse({ title: 'A task', ...members });
const pathsOf = (schema: z.ZodType, value: unknown): string[] =>
  schema.safeParse(value).error?.issues.map((issue) => issue.path.join('.')) ?? [];

describe('title', () => {
  const emoji = '🧭';

  it.each([
    ['one letter', 'a', true],
    ['255 letters', 'a'.repeat(255), true],
    ['256 letters', 'a'.repeat(256), false],
    ['255 code points outside the basic plane', emoji.repeat(255), true],
    ['256 code points outside the basic plane', emoji.repeat(256), false],
    ['255 letters among blanks', `  ${'a'.repeat(255)}\n`, true],
    ['nothing', '', false],
    ['blanks', ' \t\n ', false],
    ['a number', 7, false],
    ['null', null, false],
  ])('[T1] of %s', (_name, title, expected) => {
    expect(create({ title }).success).toBe(expected);
    expect(accepts(TaskUpdate, { title })).toBe(expected);
  });

  it('[T1] is trimmed', () => {
    expect(TaskCreate.parse({ title: '  Trim me \n' }).title).toBe('Trim me');
  });

  it('[T1] is required when a task is created, not when it changes', () => {
    expect(pathsOf(TaskCreate, {})).toEqual(['title']);
    expect(TaskUpdate.parse({})).toEqual({});
  });
});

describe('description', () => {
  it.each([
    ['65,536 ASCII letters', 'a'.repeat(65_536), true],
    ['65,537 ASCII letters', 'a'.repeat(65_537), false],
    ['21,845 letters of three bytes', '€'.repeat(21_845), true],
    ['21,846 letters of three bytes', '€'.repeat(21_846), false],
    ['16,384 letters of four bytes', '🧭'.repeat(16_384), true],
    ['16,385 letters of four bytes', '🧭'.repeat(16_385), false],
    ['nothing', '', true],
    ['null', null, true],
  ])('[T1] of %s', (_name, description, expected) => {
    expect(create({ description }).success).toBe(expected);
  });

  it('[T1] is kept as it is, blanks included', () => {
    expect(TaskCreate.parse({ title: 'x', description: '  code\n' }).description).toBe('  code\n');
  });
});

describe('tags', () => {
  const many = (count: number) => Array.from({ length: count }, (_, index) => `tag ${index}`);

  it.each([
    ['none', [], true],
    ['32', many(32), true],
    ['33', many(33), false],
    ['one of 64 characters', ['a'.repeat(64)], true],
    ['one of 65 characters', ['a'.repeat(65)], false],
    ['one twice', ['a', 'b', 'a'], false],
    ['one twice, once with a blank', ['a', ' a '], false],
    ['two that differ in case', ['a', 'A'], true],
    ['an empty one', [''], false],
    ['null', null, false],
  ])('[T1] %s', (_name, tags, expected) => {
    expect(create({ tags }).success).toBe(expected);
  });
});

describe('numbers', () => {
  it.each([
    ['confidence_score', 0, true],
    ['confidence_score', 1, true],
    ['confidence_score', 1.0001, false],
    ['confidence_score', -0.1, false],
    ['confidence_score', '0.5', false],
    ['confidence_score', Number.NaN, false],
    ['estimated_hours', 0, true],
    ['estimated_hours', 0.25, true],
    ['estimated_hours', -1, false],
    ['actual_hours', Number.POSITIVE_INFINITY, false],
    ['actual_hours', 1_000_000, true],
    ['actual_hours', null, true],
  ])('[T1] %s of %s', (name, value, expected) => {
    expect(create({ [name]: value }).success).toBe(expected);
  });
});

describe('aliases', () => {
  it('[T1] todo is backlog and urgent is critical', () => {
    const task = TaskCreate.parse({ title: 'x', status: 'todo', priority: 'urgent' });
    expect(task).toMatchObject({ status: 'backlog', priority: 'critical' });
    expect(TaskUpdate.parse({ status: 'todo', priority: 'urgent' })).toEqual({
      status: 'backlog',
      priority: 'critical',
    });
  });

  it.each([...taskStatuses])('[T1] the status %s is read as it is', (status) => {
    expect(TaskCreate.parse({ title: 'x', status }).status).toBe(status);
  });

  it.each([...taskPriorities])('[T1] the priority %s is read as it is', (priority) => {
    expect(TaskCreate.parse({ title: 'x', priority }).priority).toBe(priority);
  });

  it.each(['Backlog', 'DONE', 'in-progress', '', null, 'constructor'])('[T1] refuses the status %s', (status) => {
    expect(create({ status }).success).toBe(false);
  });

  it('[T1] are no values of an answer', () => {
    expect(accepts(Task, { ...(schemaExamples.Task as object), status: 'todo' })).toBe(false);
    expect(accepts(Task, { ...(schemaExamples.Task as object), priority: 'urgent' })).toBe(false);
  });
});

describe('depends_on', () => {
  const many = (count: number) => Array.from({ length: count }, (_, index) => idOf(index));

  it.each([
    ['256 tasks', many(256), true],
    ['257 tasks', many(257), false],
    ['a task twice', [idOf(1), idOf(1)], false],
    ['a task twice in different letter case', [idOf(1), idOf(1).toUpperCase()], false],
    ['no id', ['task-1'], false],
  ])('[T1] %s', (_name, ids, expected) => {
    expect(create({ depends_on: ids }).success).toBe(expected);
  });

  it('[C1] reads ids in any letter case', () => {
    expect(TaskCreate.parse({ title: 'x', depends_on: [idOf(7).toUpperCase()] }).depends_on).toEqual([idOf(7)]);
  });
});

describe('metadata', () => {
  const nested = (depth: number): object => (depth === 1 ? {} : { a: nested(depth - 1) });
  const ofBytes = (bytes: number): object => ({ a: 'x'.repeat(bytes - '{"a":""}'.length) });

  it.each([
    ['16 KiB', ofBytes(16_384), true],
    ['a byte more', ofBytes(16_385), false],
    ['16 KiB of other letters', { a: '€'.repeat(5458) }, true],
    ['a letter more', { a: '€'.repeat(5459) }, false],
    ['32 levels', nested(32), true],
    ['33 levels', nested(33), false],
    ['1,000 levels', nested(1000), false],
    ['an array', [], false],
    ['null', null, false],
  ])('[T1] of %s', (_name, metadata, expected) => {
    expect(create({ metadata }).success).toBe(expected);
  });

  it('[T1] counts arrays as levels', () => {
    const deep = (depth: number): unknown => (depth === 0 ? 1 : [deep(depth - 1)]);
    expect(create({ metadata: { a: deep(31) } }).success).toBe(true);
    expect(create({ metadata: { a: deep(32) } }).success).toBe(false);
  });
});

describe('members', () => {
  it.each([
    'id',
    'client_id',
    'version',
    'position',
    'created_at',
    'updated_at',
    'started_at',
    'completed_at',
    'approval',
  ])('[T1] %s is set by the server only', (name) => {
    expect(create({ [name]: 'x' }).error?.issues).toMatchObject([{ code: 'unrecognized_keys', keys: [name] }]);
    expect(settableTaskFields).not.toContain(name);
  });

  it('[C3] that are unknown are refused by name', () => {
    expect(create({ titel: 'x' }).error?.issues).toMatchObject([{ code: 'unrecognized_keys', keys: ['titel'] }]);
    expect(TaskUpdate.safeParse({ titel: 'x' }).success).toBe(false);
  });

  it.each(['description', 'assigned_to', 'confidence_score', 'estimated_hours', 'actual_hours', 'due_at'])(
    '[T4] %s may be null',
    (name) => expect(TaskUpdate.parse({ [name]: null })).toEqual({ [name]: null }),
  );

  it.each(['title', 'status', 'priority', 'tags', 'depends_on', 'metadata'])('[T4] %s may not be null', (name) => {
    expect(pathsOf(TaskUpdate, { [name]: null })).toEqual([name]);
  });

  it('[T4] that are absent stay absent: nothing is filled in', () => {
    expect(TaskUpdate.parse({ tags: [] })).toEqual({ tags: [] });
    expect(TaskCreate.parse({ title: 'x' })).toEqual({ title: 'x' });
  });
});

describe('TaskMove', () => {
  it.each([
    ['to a column', { status: 'done' }, { status: 'done' }],
    ['by the alias', { target_status: 'testing' }, { status: 'testing' }],
    ['by the alias of a column', { target_status: 'todo' }, { status: 'backlog' }],
    ['before a task', { status: 'done', before: idOf(1).toUpperCase() }, { status: 'done', before: idOf(1) }],
    ['after a task', { status: 'done', after: idOf(2) }, { status: 'done', after: idOf(2) }],
  ])('[T6] %s', (_name, body, expected) => {
    expect(TaskMove.parse(body)).toEqual(expected);
  });

  it.each([
    ['nowhere', {}, ['status']],
    ['by both names', { status: 'done', target_status: 'done' }, ['status']],
    ['between two', { status: 'done', before: idOf(1), after: idOf(2) }, ['after']],
    ['next to no id', { status: 'done', before: '1' }, ['before']],
    ['with a rank', { status: 'done', position: 'a1' }, ['']],
  ])('[T6] refuses %s', (_name, body, paths) => {
    expect(pathsOf(TaskMove, body)).toEqual(paths);
  });
});

describe('round trips', () => {
  const text = (max: number) =>
    fc.string({ unit: 'binary', minLength: 1, maxLength: max }).filter((value) => value.trim() !== '');
  const hours = fc.double({ min: 0, max: 1_000_000, noNaN: true });
  const settable = fc.record(
    {
      title: text(255),
      description: fc.option(fc.string({ unit: 'binary', maxLength: 500 })),
      status: fc.constantFrom(...taskStatuses),
      priority: fc.constantFrom(...taskPriorities),
      assigned_to: fc.option(text(255)),
      confidence_score: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
      estimated_hours: fc.option(hours),
      actual_hours: fc.option(hours),
      tags: fc.uniqueArray(text(64), { maxLength: 32, selector: (tag) => tag.trim() }),
      metadata: fc.dictionary(
        fc.string().filter((key) => key !== '__proto__'),
        fc.jsonValue({ maxDepth: 4 }),
        { maxKeys: 5 },
      ),
    },
    { requiredKeys: ['title'] },
  );

  it('[T1] reading what was read changes nothing', () => {
    fc.assert(
      fc.property(settable, (body) => {
        const once = TaskCreate.parse(body);
        expect(TaskCreate.parse(once)).toEqual(once);
      }),
    );
  });

  it('[T4] a task can be changed to what it is', () => {
    fc.assert(
      fc.property(settable, (body) => {
        const { title, ...rest } = body;
        expect(TaskUpdate.parse(body)).toEqual(TaskCreate.parse({ title, ...rest }));
      }),
    );
  });
});
