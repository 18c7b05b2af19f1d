import fc from 'fast-check';
import { expect, it } from 'vitest';
import { printable, printableJson, printableText } from './printable.ts';

// oxlint-disable-next-line no-control-regex
const controls = /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

it('[CLI] lets no control character of others reach the terminal', () => {
  expect(printable('a\u001b[31mb\nc\u009bd\u202ee')).toBe('a [31mb c d e');
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => !controls.test(printable(text))));
});

it('[CLI] keeps the lines and tabs of a longer text, and nothing else that moves the cursor', () => {
  expect(printableText('one\r\n\ttwo\rthree\u0007')).toBe('one\n\ttwo three ');
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => !controls.test(printableText(text).replaceAll(/[\n\t]/g, ''))),
  );
});

it('[CLI] makes JSON safe for a terminal without changing what it says', () => {
  fc.assert(
    fc.property(fc.json({ stringUnit: 'binary' }), (json) => {
      const compact = JSON.stringify(JSON.parse(json));
      const safe = printableJson(compact);
      expect(JSON.parse(safe)).toEqual(JSON.parse(compact));
      expect(safe).not.toMatch(controls);
    }),
  );
});
