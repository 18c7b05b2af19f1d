import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ActorHeader } from './actor.ts';
import { ClientId, EntityId, EntityIdOutput, EventCursor, PageCursor } from './identifiers.ts';

describe('ClientId', () => {
  it.each(['a', 'A1', '0', 'my-project', 'team:app', 'v1.2_x-3', 'a..b', 'a:b:c', 'x'.repeat(128), 'CON', 'proto__'])(
    '[C2] accepts %s',
    (id) => expect(ClientId.parse(id)).toBe(id),
  );

  it.each([
    '',
    '.',
    '..',
    '.a',
    '-a',
    '_a',
    ':a',
    '__proto__',
    '../etc',
    'a/b',
    'a\\b',
    'a%2fb',
    '%2e%2e',
    'a b',
    ' a',
    'a ',
    'a\n',
    'a\0',
    'ä',
    'аdmin',
    'a*',
    'a?b',
    'a#b',
    'a;b',
    'a@b',
    '~',
    'x'.repeat(129),
    null,
    7,
    ['a'],
  ])('[C2] refuses %j', (id) => {
    expect(ClientId.safeParse(id).success).toBe(false);
  });

  it('[C2] never is a place in a path or a part of an address', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 140 }), (id) => {
        if (!ClientId.safeParse(id).success) return;
        expect(encodeURIComponent(id).replaceAll('%3A', ':')).toBe(id);
        expect(new URL(`http://h/tasks/${id}/x`).pathname).toBe(`/tasks/${id}/x`);
      }),
    );
  });
});

describe('EntityId', () => {
  it('[C1] is matched in any letter case', () => {
    fc.assert(
      fc.property(fc.uuid(), (id) => {
        expect(EntityId.parse(id.toUpperCase())).toBe(id);
        expect(EntityId.parse(id)).toBe(id);
      }),
    );
  });

  it.each([
    '',
    'x',
    '019aa0c27c1e7d4c9d2f5b7a3c1d9e01',
    '{019aa0c2-7c1e-7d4c-9d2f-5b7a3c1d9e01}',
    'g19aa0c2-7c1e-7d4c-9d2f-5b7a3c1d9e01',
    '019aa0c2-7c1e-7d4c-9d2f-5b7a3c1d9e01\n',
  ])('[C1] is a UUID, not %j', (id) => expect(EntityId.safeParse(id).success).toBe(false));
});

describe('EntityIdOutput', () => {
  it('[C1] is lower case', () => {
    expect(EntityIdOutput.safeParse('019aa0c2-7c1e-7d4c-9d2f-5b7a3c1d9e01').success).toBe(true);
    expect(EntityIdOutput.safeParse('019AA0C2-7c1e-7d4c-9d2f-5b7a3c1d9e01').success).toBe(false);
  });
});

describe('cursors', () => {
  it.each([
    ['an event cursor', EventCursor, 128],
    ['a page cursor', PageCursor, 1024],
  ])('[C7][E1] %s has a length', (_name, schema, max) => {
    expect(schema.safeParse('x'.repeat(max)).success).toBe(true);
    expect(schema.safeParse('x'.repeat(max + 1)).success).toBe(false);
    expect(schema.safeParse('').success).toBe(false);
  });
});

describe('ActorHeader', () => {
  it.each([
    ['human:ada', { kind: 'human', id: 'ada' }],
    ['agent:claude code/3.1', { kind: 'agent', id: 'claude code/3.1' }],
    ['agent:team:reviewer', { kind: 'agent', id: 'team:reviewer' }],
  ])('[E1] reads %s', (text, actor) => {
    expect(ActorHeader.parse(text)).toEqual(actor);
  });

  it.each(['', 'ada', 'system:x', 'human:', 'human: x', 'Human:ada', 'human:a\nb', `human:${'x'.repeat(121)}`])(
    '[E1] refuses %j',
    (text) => {
      expect(ActorHeader.safeParse(text).success).toBe(false);
    },
  );
});
