import type { StoredAnswer } from '../database/store.ts';

export const jsonType = 'application/json; charset=utf-8';

/** An answer of JSON text that exists already. */
export const jsonTextAnswer = (
  status: number,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): StoredAnswer => ({ status, headers, body });

/** An answer of a value that is printed as JSON. */
export const jsonAnswer = (
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): StoredAnswer => ({ status, headers, body: JSON.stringify(value) });

/** An answer without content. */
export const emptyAnswer = (status: number, headers: Readonly<Record<string, string>> = {}): StoredAnswer => ({
  status,
  headers,
  body: '',
});
