import type { IncomingHttpHeaders } from 'node:http';
import type { ProblemCode } from '@leanvibe/protocol/problem-catalogue';

/** What is looked at of a request (or a handshake) to judge where it comes from. */
export type RequestSource = {
  method: string | undefined;
  /** The request target as it stands in the request line. */
  target: string;
  headers: IncomingHttpHeaders;
  /** Names and values in turn, as received. */
  rawHeaders: readonly string[];
  /** The port on which the request arrived. */
  port: number | undefined;
};

/** `hosts` null: any name is served (the server is bound beyond loopback and asks for a token). */
export type SourcePolicy = { hosts: ReadonlySet<string> | null };

/** The names by which a server on loopback may be addressed; the address that it is bound to is one of them. */
export const loopbackHosts = (boundTo: string): ReadonlySet<string> =>
  new Set(['localhost', '127.0.0.1', '[::1]', boundTo.includes(':') ? `[${boundTo}]` : boundTo]);

const hostPattern = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::([0-9]{1,5}))?$/;

/** Node keeps the first of several Host headers; another reader of the same request may go by the last. */
const isHostRepeated = (rawHeaders: readonly string[]): boolean => {
  let seen = false;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index]!;
    if (name.length !== 4 || name.toLowerCase() !== 'host') continue;
    if (seen) return true;
    seen = true;
  }
  return false;
};

/** In the absolute form of a request target (as sent to proxies) it is the target that names the host. */
const targetNamesAnother = (target: string, host: string): boolean =>
  !target.startsWith('/') &&
  target !== '*' &&
  target.toLowerCase() !== `http://${host}` &&
  !target.toLowerCase().startsWith(`http://${host}/`);

const isHostAllowed = (source: RequestSource, host: string, policy: SourcePolicy): boolean => {
  const match = hostPattern.exec(host);
  if (match === null || isHostRepeated(source.rawHeaders) || targetNamesAnother(source.target, host)) return false;
  const [, name, port] = match;
  return policy.hosts === null || (policy.hosts.has(name!) && (port === undefined || Number(port) === source.port));
};

const isOriginAllowed = (origin: string, host: string, policy: SourcePolicy): boolean => {
  const own = origin.toLowerCase();
  // Beyond loopback something in front of the server may speak TLS.
  return own === `http://${host}` || (policy.hosts === null && own === `https://${host}`);
};

/** A page elsewhere may hold a link to this server; it may not fetch, embed or post to it. */
const isLinkFollowed = ({ method, headers }: RequestSource): boolean =>
  (method === 'GET' || method === 'HEAD') &&
  headers['sec-fetch-mode'] === 'navigate' &&
  headers['sec-fetch-dest'] === 'document';

const isFetchSiteAllowed = (source: RequestSource): boolean => {
  const site = source.headers['sec-fetch-site'];
  return site === undefined || site === 'same-origin' || site === 'none' || isLinkFollowed(source);
};

/**
 * Why a request is not served for where it comes from; null: it is. Any page that a person visits can send requests to this machine,
 * by a name that resolves to it (DNS rebinding) or across origins, and the headers that pages cannot forge tell those apart.
 */
export function sourceRefusal(
  source: RequestSource,
  policy: SourcePolicy,
): Extract<ProblemCode, 'host-not-allowed' | 'origin-not-allowed'> | null {
  const host = source.headers.host?.toLowerCase() ?? '';
  if (!isHostAllowed(source, host, policy)) return 'host-not-allowed';
  const { origin } = source.headers;
  if (origin !== undefined && !isOriginAllowed(origin, host, policy)) return 'origin-not-allowed';
  return isFetchSiteAllowed(source) ? null : 'origin-not-allowed';
}
