import { z } from 'zod';

/** RFC 3339 in UTC with milliseconds, as the server writes every time. */
export const Timestamp = z
  .string()
  .meta({ format: 'date-time', description: 'RFC 3339, UTC, milliseconds', examples: ['2026-11-22T11:05:12.345Z'] });

/** RFC 3339 with any offset, read as UTC with milliseconds. A time without a zone is refused. */
export const TimestampInput = z.iso
  .datetime({ offset: true, error: 'must be an RFC 3339 time with a zone, such as 2026-11-22T11:05:12Z' })
  .refine((text) => !Number.isNaN(Date.parse(text)), 'must be a real date')
  .transform((text) => new Date(text).toISOString());
