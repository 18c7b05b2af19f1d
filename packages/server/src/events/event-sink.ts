import type { EncodedEvent } from './encoded-event.ts';

/** The writing end of one connection, whatever its transport. */
export type EventSink = {
  /** Whether the peer takes less than it was given. `EventSubscription.wake` is called when that is over. */
  readonly lagging: boolean;
  /** Sends events in order; `batched`: together, where the transport has a form for that. */
  send(events: readonly EncodedEvent[], batched: boolean): void;
  /** Everything that was missed has been sent; the reader stands at this cursor. */
  synced(cursor: string): void;
  /** The events that follow are no longer kept; the stream would go on at this cursor. */
  expired(cursor: string): void;
};
