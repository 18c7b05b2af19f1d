import { HubError } from '../hub-error.ts';

/** A value that a page cursor can hold. */
export type CursorValue = string | number | null;

/** A place in a list that is sorted in a certain way, as an opaque text. */
export const encodePageCursor = (sort: string, place: readonly CursorValue[]): string =>
  Buffer.from(JSON.stringify([sort, ...place])).toString('base64url');

/** Refuses a cursor that was not made for this list in this order. */
export const foreignCursor = (): HubError =>
  new HubError('cursor-invalid', 'The cursor is not from a page of this list in this order.');

/** Reads a text that `encodePageCursor` made for the same sort and so many values. Throws `cursor-invalid`. */
export function decodePageCursor(cursor: string, sort: string, length: number): CursorValue[] {
  const [madeFor, ...place] = readArray(cursor);
  if (madeFor !== sort || place.length !== length || !place.every(isCursorValue)) {
    throw foreignCursor();
  }
  return place;
}

const isCursorValue = (value: unknown): value is CursorValue =>
  value === null || typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value));

function readArray(cursor: string): unknown[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}
