import { LeanVibeError } from './leanvibe-error.ts';
import type { StreamTuning } from './stream-types.ts';

/** How a socket ended. */
export type SessionEnd = {
  cause: 'closed' | 'connect-timeout' | 'heartbeat-timeout' | 'malformed-frame';
  /** The close code; 1006 where there was none. */
  closeCode: number;
  /** The reason of the close frame: the code of a problem, or nothing. */
  reason: string;
  /** Whether the first frame ever came. */
  greeted: boolean;
};

/** Why a socket ended, in one word. */
export const endReason = ({ cause, closeCode, reason }: SessionEnd): string =>
  cause === 'closed' ? reason || `close-${closeCode}` : cause;

const finalCodes: Readonly<Record<number, { code: string; status: number; detail: string }>> = {
  4001: { code: 'unauthorized', status: 401, detail: 'The token is missing, unknown, expired or revoked.' },
  4003: { code: 'forbidden', status: 403, detail: 'The token does not allow this stream.' },
};

/** The error with which a stream ends because connecting again would not help; undefined where it would. */
export function finalError({ cause, closeCode, reason }: SessionEnd): LeanVibeError | undefined {
  const final = cause === 'closed' ? finalCodes[closeCode] : undefined;
  return final && new LeanVibeError(reason || final.code, final.detail, { status: final.status });
}

const spreadMs = (closeCode: number, tuning: StreamTuning): number => {
  // All clients of a server that stops are cut off at once, and must not come back at once.
  if (closeCode === 1001 || closeCode === 1012) return tuning.restartSpreadMs;
  // A server that has as many sockets as it allows wants to be left alone.
  if (closeCode === 1013) return tuning.reconnectMaxMs;
  return 0;
};

/** Milliseconds to wait before connecting again: any time up to a ceiling that doubles with each attempt (full jitter). */
export function reconnectDelayMs(
  { closeCode }: SessionEnd,
  attempt: number,
  tuning: StreamTuning,
  random: () => number,
): number {
  const ceilingMs = Math.min(tuning.reconnectMaxMs, tuning.reconnectBaseMs * 2 ** attempt);
  return Math.floor(random() * Math.max(ceilingMs, spreadMs(closeCode, tuning)));
}
