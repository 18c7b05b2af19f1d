import { Acknowledger } from './acknowledger.ts';
import { EventPosition } from './event-position.ts';
import type { StreamEvent } from './event-types.ts';
import { LeanVibeError } from './leanvibe-error.ts';
import { endReason, finalError, reconnectDelayMs, type SessionEnd } from './reconnect-policy.ts';
import { bearerProtocol, socketAddress } from './socket-address.ts';
import { isEvent, type IncomingFrame } from './socket-frame.ts';
import { SocketSession, type SocketConstructor } from './socket-session.ts';
import { StreamQueue } from './stream-queue.ts';
import { StreamStateRecord } from './stream-state.ts';
import {
  defaultTuning,
  type StreamItem,
  type StreamOptions,
  type StreamStatus,
  type StreamTuning,
  type Subscription,
} from './stream-types.ts';
import type { Timers } from './timers.ts';

/** What a stream works with. */
export type EventStreamDeps = {
  baseUrl: string;
  clientId: string;
  token: string | undefined;
  WebSocket: SocketConstructor;
  timers: Timers;
  /** From 0 to below 1; spreads reconnects. */
  random: () => number;
  /** Asks over HTTP why a socket was refused, since browsers do not tell; answers only with what trying again cannot mend. */
  diagnose: (signal: AbortSignal) => Promise<LeanVibeError | undefined>;
  /** Emits `online` when the network is back, as `window` does. */
  network: Pick<EventTarget, 'addEventListener' | 'removeEventListener'> | undefined;
};

/**
 * The events of a workspace, each once and in order, through lost connections, restarts and sleep. It connects when its first item
 * is asked for, has one reader, and ends when the loop over it does.
 */
export class EventStream implements AsyncIterableIterator<StreamItem, undefined>, AsyncDisposable {
  readonly #deps: EventStreamDeps;
  readonly #options: StreamOptions;
  readonly #tuning: StreamTuning;
  readonly #state: StreamStateRecord;
  readonly #queue: StreamQueue;
  readonly #received: EventPosition;
  readonly #acknowledger: Acknowledger;
  readonly #closing = new AbortController();
  readonly #onOnline = (): void => this.#wake();
  readonly #onAbort = (): void => this.close();
  #subscription: Subscription;
  #session: SocketSession | null = null;
  #cancelRetry: (() => void) | null = null;
  #attempt = 0;
  #greetedAtMs: number | null = null;

  constructor(options: StreamOptions, deps: EventStreamDeps) {
    const { cursor = null, channels, minPriority, batchMs } = options;
    const tuning = { ...defaultTuning, ...options.tuning };
    this.#deps = deps;
    this.#options = options;
    this.#tuning = tuning;
    this.#subscription = { channels, minPriority, batchMs };
    this.#state = new StreamStateRecord(deps.timers, options.onStatus);
    this.#queue = new StreamQueue(
      { maxEvents: tuning.maxQueuedEvents, maxCharacters: tuning.maxQueuedCharacters },
      cursor,
    );
    this.#received = new EventPosition(cursor);
    this.#acknowledger = new Acknowledger({
      timers: deps.timers,
      intervalMs: tuning.ackIntervalMs,
      send: (handled) => this.#session?.send({ type: 'ack', cursor: handled }),
    });
  }

  /** How the stream is doing. */
  get status(): StreamStatus {
    return this.#state.current;
  }

  /** Where the reader stands: keep it, and a later stream goes on from here. Null before the first connection. */
  get cursor(): string | null {
    return this.#queue.cursor;
  }

  /** Passes over every event up to a cursor, because its outcome is known already: that of a board that was read. */
  skipTo(cursor: string): void {
    this.#received.skipTo(cursor);
    this.#queue.skipTo(cursor);
  }

  /** Changes what the stream carries from now on; members that are left out stay. */
  subscribe(change: Subscription): void {
    this.#subscription = { ...this.#subscription, ...change };
    this.#session?.send({
      type: 'subscribe',
      ...(change.channels && { channels: [...change.channels] }),
      ...(change.minPriority && { min_priority: change.minPriority }),
      ...(change.batchMs !== undefined && { batch_ms: change.batchMs }),
    });
  }

  /** The next event; asking for it says that the one before was handled. */
  async next(): Promise<IteratorResult<StreamItem, undefined>> {
    this.#start();
    if (this.#options.deviceId !== undefined) this.#acknowledger.handled(this.#queue.cursor);
    const taken = this.#queue.take();
    if (this.#state.current.state === 'paused' && this.#queue.isHalfEmpty) this.#connect();
    return taken;
  }

  /** Ends the stream when the loop over it is left. */
  async return(): Promise<IteratorResult<StreamItem, undefined>> {
    this.close();
    return { done: true, value: undefined };
  }

  /** Ends the stream: the socket is closed, and what waits is forgotten. */
  close(): void {
    this.#queue.clear();
    this.#stop('closed');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.close();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #start(): void {
    if (this.#state.current.state !== 'idle') return;
    if (this.#options.signal?.aborted) return this.close();
    this.#options.signal?.addEventListener('abort', this.#onAbort);
    this.#deps.network?.addEventListener('online', this.#onOnline);
    this.#connect();
  }

  #stop(reason: string, error?: unknown): void {
    this.#options.signal?.removeEventListener('abort', this.#onAbort);
    this.#deps.network?.removeEventListener('online', this.#onOnline);
    this.#closing.abort();
    this.#acknowledger.stop();
    this.#cancelRetry?.();
    this.#session?.drop();
    this.#session = null;
    if (this.#state.current.state !== 'closed') this.#state.enter({ state: 'closed', reason });
    this.#queue.end(error);
  }

  #connect(): void {
    const { WebSocket, timers, token } = this.#deps;
    this.#state.enter({ state: 'connecting' });
    this.#cancelRetry = null;
    this.#greetedAtMs = null;
    try {
      this.#session = new SocketSession({
        WebSocket,
        timers,
        url: socketAddress(this.#deps, this.#received.cursor, this.#subscription, this.#options),
        protocols: token ? [bearerProtocol(token)] : [],
        tuning: this.#tuning,
        onFrame: (frame, size) => this.#receive(frame, size),
        onEnd: (end) => void this.#recover(end),
      });
    } catch (error) {
      // The address or the token is none that a WebSocket can be opened with; that does not mend itself.
      this.#stop('invalid-address', error);
    }
  }

  #receive(frame: IncomingFrame, size: number): void {
    if (isEvent(frame)) return this.#takeIn([frame], size);
    switch (frame.type) {
      case 'hello':
        return this.#greet(frame.cursor);
      case 'batch':
        return this.#takeIn(frame.events, size);
      case 'synced':
        return this.#goLive(frame.cursor);
      case 'snapshot_required':
        if (!this.#queue.offer(frame, size)) return this.#pause();
        this.#received.reset(frame.cursor);
        return this.#state.enter({ state: 'live' });
      case 'error':
        return this.#options.onProblem?.(new LeanVibeError(frame.code, frame.detail));
      default:
    }
  }

  #greet(cursor: string): void {
    this.#greetedAtMs = this.#deps.timers.now();
    if (this.#received.cursor === null) return this.#goLive(cursor);
    this.#state.enter({ state: 'catching-up' });
  }

  #goLive(cursor: string): void {
    this.#received.skipTo(cursor);
    this.#queue.mark(cursor);
    this.#state.enter({ state: 'live' });
  }

  #takeIn(events: readonly StreamEvent[], size: number): void {
    for (const event of events) {
      if (!this.#received.isBefore(event)) continue;
      if (!this.#queue.offer(event, size / events.length)) return this.#pause();
      this.#received.advance(event);
    }
  }

  /** No WebSocket of a browser can be told to wait, so a reader that is behind lets go of it and resumes later. */
  #pause(): void {
    this.#session?.drop();
    this.#session = null;
    this.#state.enter({ state: 'paused' });
  }

  async #recover(end: SessionEnd): Promise<void> {
    const { timers, random } = this.#deps;
    this.#session = null;
    const final = finalError(end);
    if (final) return this.#stop(final.code, final);
    const wasStable = this.#greetedAtMs !== null && timers.now() - this.#greetedAtMs >= this.#tuning.stableMs;
    if (wasStable) this.#attempt = 0;
    const retryInMs = reconnectDelayMs(end, this.#attempt, this.#tuning, random);
    this.#attempt += 1;
    this.#state.enter({ state: 'offline', retryInMs, reason: endReason(end) });
    this.#cancelRetry = timers.after(retryInMs, () => this.#connect());
    if (end.greeted) return;
    const refusal = await this.#deps.diagnose(this.#closing.signal);
    if (refusal && !this.#closing.signal.aborted) this.#stop(refusal.code, refusal);
  }

  /** The network is back: connect at once, or see whether the socket has survived. */
  #wake(): void {
    if (this.#session) return this.#session.probe();
    if (this.#cancelRetry === null) return;
    this.#cancelRetry();
    this.#connect();
  }
}
