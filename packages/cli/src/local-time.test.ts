import fc from 'fast-check';
import { expect, it } from 'vitest';
import { localClock, localDate, localMinute, readTime, spellDuration } from './local-time.ts';

const now = Date.parse('2026-11-24T12:00:00.000Z');

it.each([
  ['+3d', '2026-11-27T12:00:00.000Z'],
  ['-2h', '2026-11-24T10:00:00.000Z'],
  ['+90m', '2026-11-24T13:30:00.000Z'],
  ['+1w', '2026-12-01T12:00:00.000Z'],
  ['2026-12-24T18:00:00+02:00', '2026-12-24T16:00:00.000Z'],
  ['2026-12-24 18:00Z', '2026-12-24T18:00:00.000Z'],
])('[CLI] reads %s as a time', (text, time) => {
  expect(readTime(text, now)).toBe(time);
});

it('[CLI] reads a date as the end of that day here, and a time without a zone as the time here', () => {
  expect(readTime('2026-12-24', now)).toBe(new Date(2026, 11, 24, 23, 59, 59, 999).toISOString());
  expect(readTime('2026-12-24 18:00', now)).toBe(new Date(2026, 11, 24, 18).toISOString());
});

it.each(['', 'tomorrow', '3d', '+3y', '2026-13-01', '2026-12-24T25:00:00Z', '24.12.2026', '2026-12'])(
  '[CLI] refuses %j as a time',
  (text) => {
    expect(readTime(text, now)).toBeNull();
  },
);

it('[CLI] shows a time as the clock of this place does', () => {
  const at = new Date(2026, 10, 5, 7, 8, 9);
  expect(localDate(at.toISOString())).toBe('2026-11-05');
  expect(localClock(at.toISOString())).toBe('07:08:09');
  expect(localMinute(at.toISOString())).toBe('2026-11-05 07:08');
});

it('[CLI] reads back the date that it shows', () => {
  fc.assert(
    fc.property(fc.date({ min: new Date('1971-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }), (date) => {
      const shown = localDate(date.toISOString());
      expect(localDate(readTime(shown, now)!)).toBe(shown);
    }),
  );
});

it.each([
  [0, '0 s'],
  [59.9, '59 s'],
  [60, '1 min'],
  [3661, '1 h 1 min'],
  [86_400, '1 d'],
  [90_061, '1 d 1 h'],
  [86_460, '1 d'],
])('[CLI] spells %d seconds as %s', (seconds, text) => {
  expect(spellDuration(seconds)).toBe(text);
});
