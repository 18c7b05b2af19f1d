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

it.each(['["x",true]', '["x",{}]', '["x",[]]', '["x",1e999]', '["x"]', '{"x":1}', 'x'])('[C7] refuses %s', (text) => {
  const cursor = Buffer.from(text).toString('base64url');
  expect(() => decodePageCursor(cursor, 'x', 1)).toThrow(HubError);
});
