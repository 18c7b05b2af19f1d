import type { OperationId } from '@leanvibe/protocol/route-catalogue';
import type { CallOptions } from './route-call.ts';
import { routeTable } from './route-table.ts';

/** A value of a query; a list repeats the parameter, and undefined leaves it out. */
export type QueryParameter = string | number | boolean | readonly (string | number)[] | undefined;

/** The parts of a request before they are put together. */
export type RequestParts = {
  params?: Readonly<Record<string, string>> | undefined;
  query?: Readonly<Record<string, QueryParameter>> | undefined;
  body?: unknown;
};

/** Who calls. */
export type Credentials = { token?: string | undefined; actor?: string | undefined };

/** A request that is ready to be sent, any number of times. */
export type PreparedRequest = {
  method: string;
  url: string;
  headers: Record<string, string>;
  body: string | undefined;
  /** Whether it names the version it is about. */
  ifMatch: boolean;
};

const fillPath = (path: string, params: Readonly<Record<string, string>> = {}): string =>
  path.replace(/\{(\w+)\}/g, (_placeholder, name: string) => {
    const value = params[name];
    // An empty segment would address another route, such as the list in place of the task.
    if (!value) throw new TypeError(`${name} must not be empty.`);
    // A URL parser resolves dot segments even when they are encoded, which would address another route too.
    if (value === '.' || value === '..') throw new TypeError(`${name} must not be ${value}.`);
    return encodeURIComponent(value);
  });

/** The query as text, with its question mark; empty where there is nothing to say. */
export function queryText(query: Readonly<Record<string, QueryParameter>> = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined) continue;
    for (const item of Array.isArray(value) ? value : [value]) search.append(name, String(item));
  }
  const text = search.toString();
  return text && `?${text}`;
}

/** The address of an operation. */
export const addressOf = (baseUrl: string, id: OperationId, { params, query }: RequestParts): string =>
  baseUrl.replace(/\/+$/, '') +
  fillPath(routeTable[id].slice(routeTable[id].indexOf(' ') + 1), params) +
  queryText(query);

/** A key that nobody else makes. `crypto.randomUUID` is missing on pages that are neither https nor localhost. */
const randomKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');

const entityTag = (version: number | string): string => (typeof version === 'number' ? `"${version}"` : version);

/** Puts a request together. The idempotency key belongs to it, so that each attempt carries the same. */
export function prepareRequest(
  id: OperationId,
  parts: RequestParts,
  options: CallOptions,
  { baseUrl, credentials }: { baseUrl: string; credentials: Credentials },
): PreparedRequest {
  const method = routeTable[id].slice(0, routeTable[id].indexOf(' '));
  const headers: Record<string, string> = { accept: 'application/json, application/problem+json;q=0.9, */*;q=0.5' };
  if (credentials.token) headers['authorization'] = `Bearer ${credentials.token}`;
  if (credentials.actor && method !== 'GET') headers['x-leanvibe-actor'] = credentials.actor;
  if (parts.body !== undefined) headers['content-type'] = 'application/json';
  if (options.ifMatch !== undefined) headers['if-match'] = entityTag(options.ifMatch);
  if (method === 'POST') headers['idempotency-key'] = options.idempotencyKey ?? randomKey();
  return {
    method,
    url: addressOf(baseUrl, id, parts),
    headers,
    body: parts.body === undefined ? undefined : JSON.stringify(parts.body),
    ifMatch: options.ifMatch !== undefined,
  };
}
