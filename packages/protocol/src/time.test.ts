import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Timestamp, TimestampInput } from './time.ts';

describe('Timestamp', () => {
  it('[C1] is UTC with milliseconds, and nothing else', () => {
    expect(Timestamp.safeParse('2026-11-22T11:05:12.345Z').success).toBe(true);
    for (const text of ['2026-11-22T11:05:12Z', '2026-11-22T11:05:12.345+00:00', '2026-11-22T11:05:12.345']) {
      expect(Timestamp.safeParse(text).success).toBe(false);
    }
  });
});

describe('TimestampInput', () => {
  it.each([
    ['2026-11-22T11:05:12Z', '2026-11-22T11:05:12.000Z'],
    ['2026-11-22T11:05:12.3Z', '2026-11-22T11:05:12.300Z'],
    ['2026-11-22T11:05:12.345678Z', '2026-11-22T11:05:12.345Z'],
    ['2026-11-22T11:05:12+02:00', '2026-11-22T09:05:12.000Z'],
    ['2026-11-22T23:30:00-08:00', '2026-11-23T07:30:00.000Z'],
    ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z'],
    ['9999-12-31T23:59:59.999Z', '9999-12-31T23:59:59.999Z'],
  ])('[C1] reads %s as %s', (text, expected) => {
    expect(TimestampInput.parse(text)).toBe(expected);
  });

  it.each([
    ['no zone', '2026-11-22T11:05:12'],
    ['a date', '2026-11-22'],
    ['a blank for the T', '2026-11-22 11:05:12Z'],
    ['a day that is not', '2026-02-30T00:00:00Z'],
    ['29 February of another year', '2026-02-29T00:00:00Z'],
    ['a 25th hour', '2026-11-22T25:00:00Z'],
    ['words', 'tomorrow'],
    ['nothing', ''],
    ['milliseconds', 1_795_000_000_000],
    ['a year that an offset makes five digits', '9999-12-31T23:59:59-01:00'],
    ['a year that an offset makes negative', '0000-01-01T00:00:00+01:00'],
  ])('[C1] refuses %s', (_name, value) => {
    expect(TimestampInput.safeParse(value).success).toBe(false);
  });

  it('[C1] keeps every moment, and its order as text', () => {
    const moment = fc.date({
      min: new Date('0001-01-01T00:00:00Z'),
      max: new Date('9999-12-30T00:00:00Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(moment, moment, (first, second) => {
        const [a, b] = [TimestampInput.parse(first.toISOString()), TimestampInput.parse(second.toISOString())];
        expect(a).toBe(first.toISOString());
        expect(a < b).toBe(first.getTime() < second.getTime());
      }),
    );
  });

  it('[C1] reads the same moment whatever the offset it is written with', () => {
    const moment = fc.date({
      min: new Date('1970-01-02T00:00:00Z'),
      max: new Date('2200-01-01T00:00:00Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(moment, fc.integer({ min: -23, max: 23 }), (date, hours) => {
        const local = new Date(date.getTime() + hours * 3_600_000).toISOString().slice(0, -1);
        const offset = `${hours < 0 ? '-' : '+'}${String(Math.abs(hours)).padStart(2, '0')}:00`;
        expect(TimestampInput.parse(local + offset)).toBe(date.toISOString());
      }),
    );
  });
});
