import type { LeanVibeError } from './leanvibe-error.ts';

/** How failed calls are tried again. */
export type RetryPolicy = {
  /** Further attempts after the first. */
  retries: number;
  /** The first delay is a random part of this, each later one of twice as much. */
  baseDelayMs: number;
  /** No delay is longer. A server that asks for more is not waited for; the call fails and says when to try again. */
  maxDelayMs: number;
};

/** Three more attempts within a few seconds. */
export const defaultRetryPolicy: RetryPolicy = { retries: 3, baseDelayMs: 250, maxDelayMs: 10_000 };

// What Node says when there was no connection to send anything over.
const neverSentCodes = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'UND_ERR_CONNECT_TIMEOUT']);

const causeCode = (error: LeanVibeError): unknown => {
  const failure = error.cause;
  const cause = failure instanceof Error ? failure.cause : undefined;
  return typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined;
};

/** Whether it is certain that the server never saw the request. Browsers do not tell. */
export const wasNeverSent = (error: LeanVibeError): boolean =>
  error.code === 'network-failure' && neverSentCodes.has(String(causeCode(error)));

/** Whether the server may or may not have done what was asked. */
export const isOutcomeUnknown = (error: LeanVibeError): boolean =>
  (error.code === 'network-failure' || error.code === 'timed-out') && !wasNeverSent(error);

/**
 * Whether trying again can do no harm. Nothing was done where the server said 429 or 503. Where nobody knows, a request may be
 * repeated unless it names a version: if the first attempt was done, the second would be refused as if somebody else had been faster.
 */
export function isRetryable(error: LeanVibeError, request: { method: string; ifMatch: boolean }): boolean {
  if (error.status === 429 || error.status === 503) return true;
  if (wasNeverSent(error)) return true;
  return isOutcomeUnknown(error) && (request.method === 'POST' || !request.ifMatch);
}

/**
 * Milliseconds to wait before the next attempt, or null to give up. The delay is drawn from the whole range (full jitter), so that
 * clients that failed together do not come back together; on top of it comes what the server asks for.
 */
export function retryDelayMs(
  attempt: number,
  retryAfterMs: number | undefined,
  policy: RetryPolicy,
  random: () => number,
): number | null {
  if (attempt >= policy.retries) return null;
  if (retryAfterMs !== undefined && retryAfterMs > policy.maxDelayMs) return null;
  const spreadMs = Math.min(policy.maxDelayMs, policy.baseDelayMs * 2 ** attempt);
  return (retryAfterMs ?? 0) + Math.floor(random() * spreadMs);
}

/** Reads `Retry-After`, which is seconds or a date, as milliseconds from `nowMs`. */
export function readRetryAfterMs(header: string | null, nowMs: number): number | undefined {
  if (header === null) return undefined;
  if (/^\s*\d+\s*$/.test(header)) return Number(header) * 1000;
  const dateMs = Date.parse(header);
  return Number.isNaN(dateMs) ? undefined : Math.max(0, dateMs - nowMs);
}
