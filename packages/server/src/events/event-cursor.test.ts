import fc from 'fast-check';
import { expect, it } from 'vitest';
import { encodeCursor, epochOf, readCursor } from './event-cursor.ts';

const epoch = epochOf('store', 'alpha');
const head = { seq: 100, firstSeq: 41, revision: 0 };

it('[E1] a cursor is the epoch of the workspace and a position', () => {
  expect(encodeCursor(epoch, 42)).toMatch(/^[A-Za-z0-9_-]{8}\.42$/);
});

it('[E5] reads back each position that is kept, and the one right before', () => {
  fc.assert(
    fc.property(fc.integer({ min: 40, max: 100 }), (seq) => {
      expect(readCursor(encodeCursor(epoch, seq), epoch, head)).toEqual({ seq });
    }),
  );
});

it.each([
  [39, 'cursor-expired'],
  [0, 'cursor-expired'],
  [101, 'cursor-ahead'],
  [999_999_999_999_999, 'cursor-ahead'],
])('[E5] gives position %d the verdict %s', (seq, verdict) => {
  expect(readCursor(encodeCursor(epoch, seq), epoch, head)).toEqual({ verdict });
});

it('[E5] resumes from the end of a log of which nothing is kept', () => {
  expect(readCursor(encodeCursor(epoch, 7), epoch, { seq: 7, firstSeq: 8, revision: 0 })).toEqual({ seq: 7 });
});

it('[E5] refuses cursors of another workspace and from before a restore', () => {
  for (const other of [epochOf('store', 'beta'), epochOf('restored', 'alpha')]) {
    expect(readCursor(encodeCursor(other, 50), epoch, head)).toEqual({ verdict: 'cursor-invalid' });
  }
});

it.each([
  '',
  '.',
  '50',
  `${epoch}.`,
  `${epoch}.-1`,
  `${epoch}.050`,
  `${epoch}.5e1`,
  `${epoch}.50 `,
  `${epoch}.9999999999999999`,
  `x${epoch}.50`,
])('[E5] refuses the text %j', (text) => {
  expect(readCursor(text, epoch, head)).toEqual({ verdict: 'cursor-invalid' });
});

it('[E5] gives any text a verdict or a position within the log', () => {
  const mutated = fc.tuple(fc.constantFrom(epoch, epoch.slice(1), ''), fc.constantFrom('.', ''), fc.string());
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        mutated.map((parts) => parts.join('')),
      ),
      (text) => {
        const reading = readCursor(text, epoch, head);
        if ('seq' in reading) expect(encodeCursor(epoch, reading.seq)).toBe(text);
        else expect(['cursor-invalid', 'cursor-expired', 'cursor-ahead']).toContain(reading.verdict);
      },
    ),
  );
});
