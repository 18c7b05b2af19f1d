import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTime } from './legacy-tasks-time.ts';

describe('readTime', () => {
  it.each([
    ['2025-01-10 12:34:56.123456', '2025-01-10T12:34:56.123Z'],
    ['2025-01-10T12:34:56', '2025-01-10T12:34:56.000Z'],
    ['2025-01-10T12:34:56.9999', '2025-01-10T12:34:56.999Z'],
    ['2025-01-10 12:34:56.123456+02:00', '2025-01-10T10:34:56.123Z'],
    ['2025-01-10 12:34:56-0530', '2025-01-10T18:04:56.000Z'],
    ['2025-01-10 12:34:56+00', '2025-01-10T12:34:56.000Z'],
    ['2025-01-10T12:34:56z', '2025-01-10T12:34:56.000Z'],
    ['2025-01-10 12:34:56 UTC', '2025-01-10T12:34:56.000Z'],
    ['2025-01-10 12:34', '2025-01-10T12:34:00.000Z'],
    [' 2024-02-29 ', '2024-02-29T00:00:00.000Z'],
  ])('[T13] reads %j as %s', (text, time) => {
    expect(readTime(text)).toBe(time);
  });

  it.each([
    '',
    'tomorrow',
    '2025-02-29',
    '2025-02-30 10:00:00',
    '2025-13-01',
    '2025-00-10',
    '2025-01-00',
    '2025-01-10 24:00:00',
    '2025-01-10 12:60:00',
    '2025-01-10 12:34:56+99:00',
    '0000-01-01T00:00:00+02:00',
    '9999-12-31T23:59:59-02:00',
    '10.01.2025',
    '1736512496',
  ])('[T13] refuses %j', (text) => {
    expect(readTime(text)).toBeNull();
  });

  it('[T13] reads every time that the server writes as itself', () => {
    const times = fc.date({
      min: new Date('0000-01-01T00:00:00Z'),
      max: new Date('9999-12-31T23:59:59.999Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(times, (date) => {
        expect(readTime(date.toISOString())).toBe(date.toISOString());
        expect(readTime(date.toISOString().replace('T', ' ').replace('Z', '000'))).toBe(date.toISOString());
      }),
    );
  });
});
