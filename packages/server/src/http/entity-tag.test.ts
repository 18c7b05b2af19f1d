import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isNoneMatch, readIfMatch, versionTag } from './entity-tag.ts';

describe('If-Match', () => {
  it.each([
    [undefined, null],
    ['*', 'any'],
    [' * ', 'any'],
    ['"3"', [3]],
    ['W/"3"', [3]],
    ['3', [3]],
    ['"3", W/"4" ,"5"', [3, 4, 5]],
    ['"007"', [7]],
  ])('[C5] %j accepts %j', (header, versions) => {
    expect(readIfMatch(header)).toEqual(versions);
  });

  it.each(['', '"', '"3', '"x"', 'x', '-1', '"3" "4"', '"3",', '3,4', '*, "3"', '"9999999999999999"', '"epoch-3"'])(
    '[C5] %j is refused with 400',
    (header) => {
      expect(() => readIfMatch(header)).toThrow(
        expect.objectContaining({
          code: 'validation-failed',
          extensions: { errors: [expect.objectContaining({ path: 'If-Match' })] },
        }),
      );
    },
  );

  it('[C5] accepts the tag of every version', () => {
    fc.assert(
      fc.property(fc.nat(), (version) => {
        expect(readIfMatch(versionTag(version))).toEqual([version]);
      }),
    );
  });
});

describe('If-None-Match', () => {
  it.each([
    [undefined, '"3"', false],
    ['"3"', '"3"', true],
    ['W/"3"', '"3"', true],
    ['"3"', 'W/"3"', true],
    ['*', '"3"', true],
    ['"2", "3"', '"3"', true],
    ['"2"', '"3"', false],
    ['3', '"3"', false],
    ['"33"', '"3"', false],
    ['', '"3"', false],
  ])('[C5] %j for %s is known: %s', (header, etag, known) => {
    expect(isNoneMatch(header, etag)).toBe(known);
  });
});
