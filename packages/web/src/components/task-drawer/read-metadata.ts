/** A JSON object, or what is wrong with the text. */
export type MetadataReading = { metadata: Record<string, unknown> } | { error: string };

/** Reads what somebody has written as metadata; nothing at all is the empty object. */
export function readMetadata(text: string): MetadataReading {
  if (text.trim() === '') return { metadata: {} };
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? { metadata: value as Record<string, unknown> } : { error: 'It has to be an object: { … }' };
  } catch {
    return { error: 'This is not valid JSON; it is not saved.' };
  }
}
