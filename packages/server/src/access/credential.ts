import type { IncomingHttpHeaders } from 'node:http';
import { sessionCookieName } from '@leanvibe/protocol/token';
import { HubError } from '../hub-error.ts';

/** A secret that came with a request, and how: browsers send cookies by themselves, whoever caused the request. */
export type Credential = { kind: 'bearer' | 'subprotocol' | 'cookie'; secret: string };

/** Before the token, in a subprotocol that carries one: browsers cannot set other headers on a WebSocket. */
const bearerSubprotocolPrefix = 'leanvibe.bearer.';

const bearerPattern = /^bearer +([A-Za-z0-9._~+/-]+=*) *$/i;

const cookieValue = (header: string, name: string): string | undefined => {
  for (const pair of header.split(';')) {
    const equals = pair.indexOf('=');
    if (equals !== -1 && pair.slice(0, equals).trim() === name) return pair.slice(equals + 1).trim();
  }
  return undefined;
};

const subprotocolToken = (header: string): string | undefined =>
  header
    .split(',')
    .map((name) => name.trim())
    .find((name) => name.startsWith(bearerSubprotocolPrefix))
    ?.slice(bearerSubprotocolPrefix.length);

/** The credential of a request; null: it has none. An `Authorization` that is not a bearer token is one that fits nothing. */
export function credentialOf(headers: IncomingHttpHeaders): Credential | null {
  const { authorization, cookie } = headers;
  if (authorization !== undefined) return { kind: 'bearer', secret: bearerPattern.exec(authorization)?.[1] ?? '' };
  const protocols = headers['sec-websocket-protocol'];
  const offered = protocols === undefined ? undefined : subprotocolToken(protocols);
  if (offered !== undefined) return { kind: 'subprotocol', secret: offered };
  const session = cookie === undefined ? undefined : cookieValue(cookie, sessionCookieName);
  return session === undefined ? null : { kind: 'cookie', secret: session };
}

const reads = new Set(['GET', 'HEAD', 'OPTIONS']);
const writesWithBody = new Set(['POST', 'PUT', 'PATCH']);
const jsonPattern = /^application\/(?:merge-patch\+)?json *(?:;|$)/i;

/** A browser tells where a request was caused, but not to plain-HTTP addresses beyond this machine. Then its Origin has to. */
const isFromOwnPage = (method: string, headers: IncomingHttpHeaders): boolean => {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  const hasEffect = !reads.has(method) || headers.upgrade !== undefined;
  return !hasEffect || headers.origin !== undefined;
};

/**
 * Refuses what a cookie alone must not authorise. That an `Origin` is the server's own was checked before; a form of another site
 * cannot send JSON.
 */
export function assertCookieSuffices(method: string, headers: IncomingHttpHeaders): void {
  if (!isFromOwnPage(method, headers)) {
    throw new HubError('forbidden', 'A session cookie is only accepted from the pages of this server.');
  }
  if (writesWithBody.has(method) && !jsonPattern.test(headers['content-type'] ?? '')) {
    throw new HubError('unsupported-media-type', 'With a session cookie, changes need Content-Type: application/json.');
  }
}
