import fc from 'fast-check';
import { expect, it } from 'vitest';
import { HubError } from '../hub-error.ts';
import { decodePageCursor, encodePageCursor } from './page-cursor.ts';

const value = fc.oneof(fc.string(), fc.integer(), fc.constant(null));

it('[C7] reads what it wrote, for the same order only', () => {
  fc.assert(
    fc.property(fc.string(), fc.array(value), (sort, place) => {
      const cursor = encodePageCursor(sort, place);
      expect(cursor).toMatch(/^[\w-]+$/);
      expect(decodePageCursor(cursor, sort, place.length)).toEqual(place);
      expect(() => decodePageCursor(cursor, `${sort}!`, place.length)).toThrow(HubError);
      expect(() => decodePageCursor(cursor, sort, place.length + 1)).toThrow(HubError);
    }),
  );
});

it('[C7] refuses any other text', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.base64String(),
        fc.json().map((text) => Buffer.from(text).toString('base64url')),
      ),
      (text) => {
        expect(() => decodePageCursor(text, 'position', 2)).toThrow(
          expect.objectContaining({ code: 'cursor-invalid' }),
        );
      },
    ),
  );
});

it.each([[[true]], [[{}]], [[[]]], [[1e999]]])('[C7] refuses %j as a value', (place) => {
  const cursor = Buffer.from(JSON.stringify(['x', ...place])).toString('base64url');
  if (place[0] === 1e999) expect(decodePageCursor(cursor, 'x', 1)).toEqual([null]);
  else expect(() => decodePageCursor(cursor, 'x', 1)).toThrow(HubError);
});
