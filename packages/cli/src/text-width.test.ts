import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fitText, textWidth } from './text-width.ts';

it.each([
  ['', 0],
  ['plain', 5],
  ['e\u0301', 1],
  ['日本', 4],
  ['👩‍👩‍👧', 2],
  ['❤\ufe0f', 2],
  ['1', 1],
  ['ﾊﾟ', 2],
])('[CLI] counts the columns of %j as %i', (text, columns) => {
  expect(textWidth(text)).toBe(columns);
});

it('[CLI] fits any text into exactly the columns it may have', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 40 }), (text, width) => {
      expect(textWidth(fitText(text, width))).toBe(width);
    }),
  );
});
