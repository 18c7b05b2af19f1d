import type { ProblemCode } from '@leanvibe/protocol/problem-catalogue';

/** Milliseconds between two pings of a socket, as `hello` announces it. */
export const heartbeatIntervalMs = 30_000;
const heartbeatTimeoutMs = 60_000;
const stallTimeoutMs = 60_000;

/** What the sweeper remembers of a connection from one look to the next. */
export type Vitals = {
  /** When something was last heard from the peer. */
  heardAtMs: number;
  pingedAtMs: number;
  /** The oldest ping that nothing was heard after; null: none is open. */
  unansweredSinceMs: number | null;
  /** When bytes last left, or none were waiting. */
  progressAtMs: number;
  flushedBytes: number;
};

export const newVitals = (nowMs: number): Vitals => ({
  heardAtMs: nowMs,
  pingedAtMs: nowMs,
  unansweredSinceMs: null,
  progressAtMs: nowMs,
  flushedBytes: 0,
});

/** The state of a connection's outgoing bytes: how many wait, and how many have left in all. */
export type Outflow = { queuedBytes: number; flushedBytes: number };

/** What is to be done about a connection: nothing, a ping, or an end. */
export type SweepVerdict = 'keep' | 'ping' | Extract<ProblemCode, 'slow-consumer' | 'heartbeat-timeout'>;

/** Looks at one connection. Updates its vitals. `nowMs` and the times in the vitals are on a clock that is never set. */
export function sweepConnection(vitals: Vitals, outflow: Outflow, pingIntervalMs: number, nowMs: number): SweepVerdict {
  if (outflow.queuedBytes === 0 || outflow.flushedBytes > vitals.flushedBytes) vitals.progressAtMs = nowMs;
  vitals.flushedBytes = outflow.flushedBytes;
  if (nowMs - vitals.progressAtMs >= stallTimeoutMs) return 'slow-consumer';
  return sweepHeartbeat(vitals, outflow, pingIntervalMs, nowMs);
}

function sweepHeartbeat(vitals: Vitals, outflow: Outflow, pingIntervalMs: number, nowMs: number): SweepVerdict {
  if (vitals.unansweredSinceMs !== null && vitals.heardAtMs >= vitals.unansweredSinceMs)
    vitals.unansweredSinceMs = null;
  if (vitals.unansweredSinceMs !== null && nowMs - vitals.unansweredSinceMs >= heartbeatTimeoutMs) {
    // A slow reader has the ping still before it: as long as it takes bytes it is alive.
    if (outflow.queuedBytes === 0) return 'heartbeat-timeout';
  }
  if (nowMs - vitals.pingedAtMs < pingIntervalMs) return 'keep';
  vitals.pingedAtMs = nowMs;
  vitals.unansweredSinceMs ??= nowMs;
  return 'ping';
}
