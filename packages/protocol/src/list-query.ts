import { z } from 'zod';
import { PageCursor } from './identifiers.ts';

/** The number of entries in a page of a list, as it stands in a query. */
export const PageLimit = z
  .string()
  .regex(/^\d{1,4}$/, 'must be a whole number from 1 to 1000')
  .transform(Number)
  .pipe(z.int().min(1).max(1000))
  .default(100)
  .meta({ description: 'Entries in a page, 1 to 1000 (100)' });

/** The members that every list has in its query. */
export const pageQuery = { limit: PageLimit, cursor: PageCursor.optional() };

/** A query parameter that may be given several times, which means "any of". */
export const anyOf = <Schema extends z.ZodType>(schema: Schema) =>
  z.union([z.array(schema).min(1).max(100), schema.transform((single) => [single])]).optional();
