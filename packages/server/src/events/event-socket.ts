import type { Socket } from 'node:net';
import type { ClientFrame, ServerFrame } from '@leanvibe/protocol/socket-frames';
import type { ProblemCode } from '@leanvibe/protocol/problem-catalogue';
import type { Caller } from '../access/caller.ts';
import { timestamp, type Clock } from '../clock.ts';
import { readClientFrame, type FrameRefusal } from './client-frame.ts';
import type { ConnectionHandle, ConnectionManager, OpenConnection, Peer } from './connection-manager.ts';
import { heartbeatIntervalMs, type Outflow } from './connection-sweep.ts';
import type { DeviceAcks } from './device-acks.ts';
import type { EncodedEvent } from './encoded-event.ts';
import { encodeCursor } from './event-cursor.ts';
import type { EventSink } from './event-sink.ts';
import type { Arrival, EventStreamingService, StreamingLog } from './event-streaming-service.ts';
import type { EventSubscription, SubscriptionOptions } from './event-subscription.ts';
import { FrameFlood } from './frame-flood.ts';
import type { HubSocket } from './hub-socket.ts';
import { SocketRequests, type SocketRequestHandlers } from './socket-requests.ts';
import { textFrame } from './text-frame.ts';

// A client that sends without reading the answers is not read from either, beyond this.
const maxAnswerBytes = 256 * 1024;

/** What all sockets share. */
export type EventSocketDeps = {
  streaming: EventStreamingService;
  connections: ConnectionManager;
  acks: DeviceAcks;
  requests: SocketRequestHandlers;
  clock: Clock;
  log: StreamingLog;
  server: { name: string; version: string };
};

/** What one socket is opened with. `wire` is the connection under the WebSocket. */
export type EventSocketOpening = {
  id: string;
  webSocket: HubSocket;
  wire: Socket;
  peer: Peer & { caller: Caller };
  arrival: Arrival;
  options: SubscriptionOptions;
};

/**
 * One open WebSocket: frames of the client in, events and answers out. Frames are built whole and written straight to the wire; ws,
 * which writes its own control frames whole as well, is used for reading and for closing.
 */
export class EventSocket implements ConnectionHandle, EventSink {
  readonly #deps: EventSocketDeps;
  readonly #webSocket: HubSocket;
  readonly #wire: Socket;
  readonly #peer: Peer & { caller: Caller };
  readonly #arrival: Arrival;
  readonly #connection: OpenConnection;
  readonly #subscription: EventSubscription;
  readonly #flood = new FrameFlood();
  #requests: SocketRequests | undefined;

  constructor(deps: EventSocketDeps, opening: EventSocketOpening) {
    this.#deps = deps;
    this.#webSocket = opening.webSocket;
    this.#wire = opening.wire;
    this.#peer = opening.peer;
    this.#arrival = opening.arrival;
    this.#connection = deps.connections.register(opening.id, opening.peer, this);
    this.#greet();
    this.#subscription = deps.streaming.subscribe(opening.arrival, this, opening.options);
    this.#listen();
  }

  get cursor(): string {
    return this.#subscription.cursor;
  }

  get eventsSent(): number {
    return this.#subscription.eventsSent;
  }

  get pingIntervalMs(): number {
    return heartbeatIntervalMs;
  }

  get lagging(): boolean {
    return this.#wire.writableNeedDrain;
  }

  outflow(): Outflow {
    const queuedBytes = this.#wire.writableLength;
    // `bytesWritten` counts what waits too, and is not for free.
    return { queuedBytes, flushedBytes: queuedBytes === 0 ? 0 : this.#wire.bytesWritten - queuedBytes };
  }

  ping(): void {
    this.#webSocket.ping();
  }

  close(code: ProblemCode): void {
    this.#stop();
    this.#webSocket.closeFor(code);
  }

  send(events: readonly EncodedEvent[], batched: boolean): void {
    if (batched) this.#write(textFrame(`{"type":"batch","events":[${events.map(({ text }) => text).join(',')}]}`));
    else if (events.length === 1) this.#write(events[0]!.frame);
    else this.#write(Buffer.concat(events.map(({ frame }) => frame)));
  }

  synced(cursor: string): void {
    this.#tell({ type: 'synced', cursor });
  }

  expired(cursor: string): void {
    this.#tell({ type: 'snapshot_required', reason: 'cursor-expired', cursor });
  }

  #greet(): void {
    const { clientId, epoch, head, reading } = this.#arrival;
    const cursor = encodeCursor(epoch, head.seq);
    this.#tell({
      type: 'hello',
      client_id: clientId,
      connection_id: this.#connection.id,
      cursor,
      heartbeat_interval_ms: heartbeatIntervalMs,
      server: this.#deps.server,
    });
    if (reading !== null && 'verdict' in reading) {
      this.#tell({ type: 'snapshot_required', reason: reading.verdict, cursor });
    }
  }

  #listen(): void {
    const { connections } = this.#deps;
    this.#webSocket.on('message', (data: Buffer, isBinary) => this.#receive(data, isBinary));
    this.#webSocket.on('ping', (data: Buffer) => {
      if (this.#admit()) this.#webSocket.pong(data);
    });
    this.#webSocket.on('pong', () => connections.heard(this.#connection));
    this.#webSocket.on('close', () => {
      this.#stop();
      connections.unregister(this.#connection);
    });
    // ws closes the socket after an error by itself.
    this.#webSocket.on('error', () => undefined);
    this.#wire.on('drain', () => {
      if (this.#webSocket.isPaused) this.#webSocket.resume();
      this.#subscription.wake();
    });
  }

  #stop(): void {
    this.#deps.streaming.unsubscribe(this.#peer.clientId, this.#subscription);
    this.#requests?.close();
  }

  /** Whether one more frame of this client is served now. */
  #admit(): boolean {
    if (this.#connection.closing) return false;
    this.#deps.connections.heard(this.#connection);
    if (this.#wire.writableLength > maxAnswerBytes) this.#webSocket.pause();
    const verdict = this.#flood.count(this.#deps.clock.now());
    if (verdict === 'serve') return true;
    if (verdict === 'close') this.#deps.connections.close(this.#connection, 'rate-limited');
    if (verdict === 'refuse') {
      this.#refuse({ code: 'rate-limited', detail: 'Too many frames; some were dropped.', requestId: undefined });
    }
    return false;
  }

  #receive(data: Buffer, isBinary: boolean): void {
    if (!this.#admit()) return;
    if (isBinary) return this.#deps.connections.close(this.#connection, 'binary-frame');
    const read = readClientFrame(data.toString());
    if ('refusal' in read) this.#refuse(read.refusal);
    else this.#serve(read.frame);
  }

  #serve(frame: ClientFrame): void {
    switch (frame.type) {
      case 'heartbeat':
        return this.#tell({ type: 'heartbeat_ack', timestamp: timestamp(this.#deps.clock) });
      case 'ack':
        return void this.#acknowledge(frame.cursor);
      case 'subscribe':
        return this.#resubscribe(frame);
      default:
        this.#requests ??= this.#openRequests();
        void this.#requests.serve(frame);
    }
  }

  async #acknowledge(cursor: string): Promise<void> {
    const { streaming, acks, log } = this.#deps;
    const { clientId, deviceId } = this.#peer;
    try {
      const { reading } = await streaming.arrive(clientId, cursor);
      if (reading !== null && 'seq' in reading) {
        if (deviceId !== null) acks.record(clientId, deviceId, reading.seq);
      } else if (reading?.verdict !== 'cursor-expired') {
        this.#refuse({
          code: 'cursor-invalid',
          detail: 'The cursor is not one of this workspace.',
          requestId: undefined,
        });
      }
    } catch (error) {
      // The device acks again as it goes on.
      log.error({ err: error, client_id: clientId }, 'An ack could not be read');
    }
  }

  #resubscribe(frame: Extract<ClientFrame, { type: 'subscribe' }>): void {
    const subscription = this.#subscription;
    const selection = {
      ...subscription.selection,
      channels: frame.channels ?? subscription.selection.channels,
      minPriority: frame.min_priority ?? subscription.selection.minPriority,
    };
    subscription.change({ selection, batchMs: frame.batch_ms ?? subscription.batchMs });
    this.#tell({
      type: 'subscribed',
      channels: [...selection.channels],
      min_priority: selection.minPriority,
      batch_ms: subscription.batchMs,
    });
  }

  #openRequests(): SocketRequests {
    const { requests, log } = this.#deps;
    const { clientId, caller } = this.#peer;
    return new SocketRequests({
      handlers: requests,
      clientId,
      caller,
      log,
      respond: (requestId, data) => this.#tell({ type: 'response', request_id: requestId, data }),
      delta: (requestId, text) => this.#tell({ type: 'delta', request_id: requestId, text }),
      refuse: (refusal) => this.#refuse(refusal),
    });
  }

  #refuse({ code, detail, requestId }: FrameRefusal): void {
    this.#tell({ type: 'error', code, detail, ...(requestId === undefined ? {} : { request_id: requestId }) });
  }

  #tell(frame: ServerFrame): void {
    this.#write(textFrame(JSON.stringify(frame)));
  }

  #write(frames: Buffer): void {
    if (this.#webSocket.readyState === this.#webSocket.OPEN) this.#wire.write(frames);
  }
}
