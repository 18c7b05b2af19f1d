import { z } from 'zod';

const encoder = new TextEncoder();

/** Bytes of a text in UTF-8. */
export const byteLength = (text: string): number => encoder.encode(text).length;

/** Length as people and JSON Schema count it: an emoji outside the basic plane is one character. */
const characterLength = (text: string): number => {
  let length = 0;
  for (const _ of text) length += 1;
  return length;
};

// Half of a surrogate pair is no character: it has no UTF-8, so that what is stored would not be what was sent.
const isWellFormed = (text: string): boolean => text.isWellFormed();
const illFormed = 'must be well-formed Unicode';

/** Trimmed text of `min` to `max` characters (code points, counted after trimming). */
export const trimmedText = (min: number, max: number) =>
  z
    .string()
    .refine(isWellFormed, illFormed)
    .transform((text) => text.trim())
    .refine((text) => {
      const length = characterLength(text);
      return length >= min && length <= max;
    }, `must have ${min} to ${max} characters after trimming`)
    .meta({ minLength: min, description: `${min} to ${max} characters after trimming` });

/** Text of at most `maxBytes` bytes in UTF-8. */
export const textUpTo = (maxBytes: number) =>
  z
    .string()
    .refine(isWellFormed, illFormed)
    .refine(
      (text) => text.length * 3 <= maxBytes || byteLength(text) <= maxBytes,
      `must have at most ${maxBytes} bytes in UTF-8`,
    )
    .meta({ maxLength: maxBytes, description: `At most ${maxBytes} bytes in UTF-8` });

const depthOf = (value: unknown, limit: number): number => {
  if (typeof value !== 'object' || value === null) return 0;
  if (limit === 0) return 1;
  let deepest = 0;
  for (const member of Object.values(value)) deepest = Math.max(deepest, depthOf(member, limit - 1));
  return deepest + 1;
};

/** A JSON object of at most `maxBytes` bytes when printed compactly, nested at most `maxDepth` deep. */
export const jsonObjectUpTo = (maxBytes: number, maxDepth = 32) =>
  z
    .record(z.string(), z.unknown())
    .refine((value) => depthOf(value, maxDepth) <= maxDepth, `must be nested at most ${maxDepth} deep`)
    .refine((value) => byteLength(JSON.stringify(value)) <= maxBytes, `must have at most ${maxBytes} bytes as JSON`)
    .meta({ description: `At most ${maxBytes} bytes as JSON, nested at most ${maxDepth} deep` });
