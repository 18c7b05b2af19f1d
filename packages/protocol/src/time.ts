import { z } from 'zod';

/** RFC 3339 in UTC with milliseconds, as the server writes every time. */
export const Timestamp = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/, 'must be RFC 3339 in UTC with milliseconds')
  .meta({ format: 'date-time', description: 'RFC 3339, UTC, milliseconds', examples: ['2026-11-22T11:05:12.345Z'] });

/** An offset can carry a time out of the years that RFC 3339 can write; such a text would no longer compare as text. */
const isWithinFourDigitYears = (text: string): boolean => {
  const year = new Date(text).getUTCFullYear();
  return year >= 0 && year <= 9999;
};

/** RFC 3339 with any offset, read as UTC with milliseconds. A time without a zone is refused. */
export const TimestampInput = z.iso
  .datetime({ offset: true, error: 'must be an RFC 3339 time with a zone, such as 2026-11-22T11:05:12Z' })
  .refine(isWithinFourDigitYears, 'must be in the years 0000 to 9999 of UTC')
  .transform((text) => new Date(text).toISOString())
  .meta({ format: 'date-time', description: 'RFC 3339 with any offset; a time without a zone is refused' });
