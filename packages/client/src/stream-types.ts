import type { EventPriority } from '@leanvibe/protocol/event-catalogue';
import type { CursorVerdict, subscribableChannels } from '@leanvibe/protocol/socket-frames';
import type { ClientType } from '@leanvibe/protocol/streaming';
import type { StreamEvent } from './event-types.ts';
import type { LeanVibeError } from './leanvibe-error.ts';

/** What a stream yields where it cannot go on from its cursor: read the board, then call `stream.skipTo(board.cursor)`. */
export type SnapshotRequired = { type: 'snapshot_required'; reason: CursorVerdict; cursor: string };

/** What a stream yields. */
export type StreamItem = StreamEvent | SnapshotRequired;

/** A channel to subscribe to. */
export type SubscribableChannel = (typeof subscribableChannels)[number];

/** What a stream is to carry; what is left out is decided by the stored preferences. */
export type Subscription = {
  channels?: readonly SubscribableChannel[] | undefined;
  minPriority?: EventPriority | undefined;
  /** Milliseconds for which the server gathers events into one frame, 0 to 1000. */
  batchMs?: number | undefined;
};

/**
 * `idle`: nothing was asked of it yet. `catching-up`: connected, what was missed is coming in. `paused`: the reader is behind, and the
 * stream has let go of the socket until it has caught up. `offline`: not connected, and waiting to try again. `closed`: ended.
 */
export type StreamState = 'idle' | 'connecting' | 'catching-up' | 'live' | 'paused' | 'offline' | 'closed';

/** How a stream is doing. */
export type StreamStatus = {
  state: StreamState;
  /** When this state began, in milliseconds since 1970. */
  sinceMs: number;
  /** Since when nothing has come in, in milliseconds since 1970; null while connected. */
  offlineSinceMs: number | null;
  /** Milliseconds to the next attempt; null in every state but `offline`. */
  retryInMs: number | null;
  /** Why the stream ended or lost its socket: a close reason, or a code of the client. */
  reason: string | null;
};

/** Times and sizes of a stream. */
export type StreamTuning = {
  /** Milliseconds from opening a socket to its first frame. */
  connectTimeoutMs: number;
  /** Milliseconds of silence after which the server is asked whether it is still there. The server may ask for less. */
  heartbeatIntervalMs: number;
  /** Milliseconds in which it has to answer. */
  heartbeatTimeoutMs: number;
  /** The first delay before connecting again is a random part of this, each later one of twice as much … */
  reconnectBaseMs: number;
  /** … up to this. */
  reconnectMaxMs: number;
  /** After a restart of the server its clients come back spread over this time. */
  restartSpreadMs: number;
  /** A connection that lasted this long counts as good, and the delays begin from the start. */
  stableMs: number;
  /** Milliseconds between two acknowledgements. */
  ackIntervalMs: number;
  /** Events that wait for a slow reader before the stream lets go of its socket. */
  maxQueuedEvents: number;
  /** Characters of JSON that do. */
  maxQueuedCharacters: number;
};

/** What a stream is opened with. */
export type StreamOptions = Subscription & {
  /** Resume after this position; without it the stream starts live. */
  cursor?: string | null | undefined;
  /** Names the device; what its reader has handled is then acknowledged to the server. */
  deviceId?: string | undefined;
  clientType?: ClientType | undefined;
  /** Ends the stream. */
  signal?: AbortSignal | undefined;
  /** Called at each change of state. */
  onStatus?: ((status: StreamStatus) => void) | undefined;
  /** Called when the server refuses a frame, for instance a subscription. */
  onProblem?: ((error: LeanVibeError) => void) | undefined;
  tuning?: Partial<StreamTuning> | undefined;
};

/** What suits a network that people sit at: a dead socket is noticed within half a minute. */
export const defaultTuning: StreamTuning = {
  connectTimeoutMs: 10_000,
  heartbeatIntervalMs: 15_000,
  heartbeatTimeoutMs: 10_000,
  reconnectBaseMs: 250,
  reconnectMaxMs: 30_000,
  restartSpreadMs: 2_000,
  stableMs: 5_000,
  ackIntervalMs: 1_000,
  maxQueuedEvents: 1_000,
  maxQueuedCharacters: 16_777_216,
};
