import type { StreamStatus } from './stream-types.ts';
import type { Timers } from './timers.ts';

type Change = Pick<StreamStatus, 'state'> & Partial<Pick<StreamStatus, 'retryInMs' | 'reason'>>;

const isConnected = (state: StreamStatus['state']): boolean => state === 'live' || state === 'catching-up';

/** The state of a stream and since when it has been in it. */
export class StreamStateRecord {
  readonly #timers: Timers;
  readonly #onStatus: ((status: StreamStatus) => void) | undefined;
  #status: StreamStatus;

  constructor(timers: Timers, onStatus: ((status: StreamStatus) => void) | undefined) {
    this.#timers = timers;
    this.#onStatus = onStatus;
    this.#status = { state: 'idle', sinceMs: timers.now(), offlineSinceMs: null, retryInMs: null, reason: null };
  }

  /** The state as it is. */
  get current(): StreamStatus {
    return this.#status;
  }

  /** Goes into another state and tells the observer. */
  enter({ state, retryInMs = null, reason = null }: Change): void {
    const sinceMs = this.#timers.now();
    const offlineSinceMs = isConnected(state) ? null : (this.#status.offlineSinceMs ?? sinceMs);
    const status = { state, sinceMs, offlineSinceMs, retryInMs, reason };
    this.#status = status;
    // In a microtask, so that an observer that throws cannot leave the stream half way between two states.
    if (this.#onStatus) queueMicrotask(() => this.#onStatus!(status));
  }
}
