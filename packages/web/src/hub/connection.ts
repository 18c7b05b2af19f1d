import type { LeanVibeError } from '@leanvibe/client/leanvibe-error';
import type { StreamStatus } from '@leanvibe/client/stream-types';

/** How the app is connected: the state of its stream, how many events it has caught up on, and what ended it for good. */
export type ConnectionInfo = StreamStatus & { caughtUp: number; failure: LeanVibeError | null };

/** Before the first attempt to connect has had an outcome. */
export const notYetConnected = (nowMs: number): ConnectionInfo => ({
  state: 'connecting',
  sinceMs: nowMs,
  offlineSinceMs: null,
  retryInMs: null,
  reason: null,
  caughtUp: 0,
  failure: null,
});

/** The connection after its stream has changed state. Catching up begins to count anew. */
export const withStatus = (connection: ConnectionInfo, status: StreamStatus): ConnectionInfo => ({
  ...connection,
  ...status,
  caughtUp: status.state === 'catching-up' && connection.state !== 'catching-up' ? 0 : connection.caughtUp,
});

/** The connection while not even the board can be read. */
export const withoutServer = (connection: ConnectionInfo, { code }: LeanVibeError, nowMs: number): ConnectionInfo => ({
  ...connection,
  state: 'offline',
  sinceMs: connection.state === 'offline' ? connection.sinceMs : nowMs,
  offlineSinceMs: connection.offlineSinceMs ?? nowMs,
  reason: code,
});

/** The connection after another event has come in. */
export const withEvent = (connection: ConnectionInfo): ConnectionInfo =>
  connection.state === 'catching-up' ? { ...connection, caughtUp: connection.caughtUp + 1 } : connection;
