import type { ServerResponse } from 'node:http';
import type { ConnectionHandle, ConnectionManager, OpenConnection, Peer } from './connection-manager.ts';
import type { Outflow } from './connection-sweep.ts';
import type { EncodedEvent } from './encoded-event.ts';
import type { EventSink } from './event-sink.ts';
import type { Arrival, EventStreamingService } from './event-streaming-service.ts';
import type { EventSubscription, SubscriptionOptions } from './event-subscription.ts';

const commentIntervalMs = 15_000;
const closeTimeoutMs = 1000;

/** What all streams share. */
export type EventSourceDeps = { streaming: EventStreamingService; connections: ConnectionManager };

/** What one stream is opened with. The head of the response has been written. */
export type EventSourceOpening = {
  id: string;
  response: ServerResponse;
  peer: Peer;
  arrival: Arrival;
  options: SubscriptionOptions;
};

/** One open stream of Server-Sent Events. Each event carries its cursor as `id`, so that a reader resumes by itself. */
export class EventSource implements ConnectionHandle, EventSink {
  readonly #deps: EventSourceDeps;
  readonly #response: ServerResponse;
  readonly #clientId: string;
  readonly #connection: OpenConnection;
  readonly #subscription: EventSubscription;
  #writtenBytes = 0;

  constructor(deps: EventSourceDeps, { id, response, peer, arrival, options }: EventSourceOpening) {
    this.#deps = deps;
    this.#response = response;
    this.#clientId = peer.clientId;
    this.#connection = deps.connections.register(id, peer, this);
    this.#subscription = deps.streaming.subscribe(arrival, this, options);
    response.on('drain', () => this.#subscription.wake());
    response.on('error', () => undefined);
    response.on('close', () => {
      this.#stop();
      deps.connections.unregister(this.#connection);
    });
  }

  get cursor(): string {
    return this.#subscription.cursor;
  }

  get eventsSent(): number {
    return this.#subscription.eventsSent;
  }

  get pingIntervalMs(): number {
    return commentIntervalMs;
  }

  get lagging(): boolean {
    return this.#response.writableNeedDrain;
  }

  outflow(): Outflow {
    const queuedBytes = this.#response.writableLength;
    return { queuedBytes, flushedBytes: this.#writtenBytes - queuedBytes };
  }

  /** A comment keeps proxies from closing the stream, and shows whether the reader still takes anything. */
  ping(): void {
    if (this.lagging) return;
    this.#write(Buffer.from(': \n\n'));
    this.#deps.connections.heard(this.#connection);
  }

  /** A rest that stays unread is not waited for: the reader has its cursor. */
  close(): void {
    this.#stop();
    this.#response.end();
    const timer = setTimeout(() => this.#response.destroy(), closeTimeoutMs).unref();
    this.#response.once('close', () => clearTimeout(timer));
  }

  send(events: readonly EncodedEvent[]): void {
    this.#write(events.length === 1 ? events[0]!.chunk : Buffer.concat(events.map(({ chunk }) => chunk)));
  }

  /** Readers of this transport need not know. */
  synced(): void {}

  /** Coming again with its last id, the reader is answered 410 and reads the board. */
  expired(): void {
    this.#deps.connections.close(this.#connection, 'cursor-expired');
  }

  #stop(): void {
    this.#deps.streaming.unsubscribe(this.#clientId, this.#subscription);
  }

  #write(bytes: Buffer): void {
    this.#writtenBytes += bytes.length;
    this.#response.write(bytes);
  }
}
