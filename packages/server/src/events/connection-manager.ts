import type { ComponentHealth } from '@leanvibe/protocol/health';
import type { ProblemCode } from '@leanvibe/protocol/problem-catalogue';
import type { ClientType, Connection } from '@leanvibe/protocol/streaming';
import type { Caller } from '../access/caller.ts';
import type { Clock } from '../clock.ts';
import { newVitals, sweepConnection, type Outflow, type Vitals } from './connection-sweep.ts';
import type { DeviceAcks } from './device-acks.ts';
import type { EventStreamingService, StreamingLog } from './event-streaming-service.ts';

const sweepIntervalMs = 1000;
const closeTimeoutMs = 3000;
const defaultMaxConnections = 10_000;

/** Who is at the other end of a connection. */
export type Peer = {
  clientId: string;
  deviceId: string | null;
  clientType: ClientType;
  transport: Connection['transport'];
  caller: Pick<Caller, 'tokenId' | 'expiresAtMs'>;
};

/** What the manager asks of an open socket or stream. */
export type ConnectionHandle = {
  readonly cursor: string;
  readonly eventsSent: number;
  readonly pingIntervalMs: number;
  outflow(): Outflow;
  ping(): void;
  /** Ends it; the reason is the code of the problem. */
  close(code: ProblemCode): void;
};

/** A connection that is open, with what is known of its life. */
export type OpenConnection = {
  readonly id: string;
  readonly peer: Peer;
  readonly handle: ConnectionHandle;
  readonly connectedAtMs: number;
  readonly vitals: Vitals;
  lastSeenMs: number;
  /** It was told to close, and has not yet. */
  closing: boolean;
};

/** Counts for metrics. `closed`: by problem code, for those that the server closed. */
export type ConnectionFigures = { open: number; opened: number; closed: Readonly<Record<string, number>> };

export type ConnectionManagerDeps = {
  streaming: Pick<EventStreamingService, 'cursorAt'>;
  acks: DeviceAcks;
  clock: Clock;
  log: StreamingLog;
  /** Milliseconds that pass evenly, whatever becomes of the clock; `performance.now` unless said otherwise. */
  monotonicMs?: () => number;
  /** 10,000 unless said otherwise. */
  maxConnections?: number;
};

/** Knows which sockets and streams are open, and ends those that are dead, stalled, or no longer allowed. */
export class ConnectionManager {
  readonly #deps: ConnectionManagerDeps;
  readonly #connections = new Map<string, OpenConnection>();
  readonly #monotonicMs: () => number;
  readonly #closed: Record<string, number> = {};
  #opened = 0;
  #ending: ProblemCode | null = null;
  #timer: NodeJS.Timeout | undefined;
  #emptied: (() => void) | undefined;

  constructor(deps: ConnectionManagerDeps) {
    this.#deps = deps;
    this.#monotonicMs = deps.monotonicMs ?? (() => performance.now());
  }

  /** Why no connection can be opened now; null: one can. */
  get refusal(): ProblemCode | null {
    if (this.#ending !== null) return this.#ending;
    return this.#connections.size >= this.#max ? 'too-many-connections' : null;
  }

  register(id: string, peer: Peer, handle: ConnectionHandle): OpenConnection {
    const nowMs = this.#deps.clock.now();
    const vitals = newVitals(this.#monotonicMs());
    const connection = { id, peer, handle, connectedAtMs: nowMs, lastSeenMs: nowMs, vitals, closing: false };
    this.#connections.set(id, connection);
    if (peer.deviceId !== null) this.#deps.acks.open(peer.clientId, peer.deviceId);
    this.#opened += 1;
    this.#timer ??= setInterval(() => this.sweep(), sweepIntervalMs).unref();
    return connection;
  }

  /** Forgets a connection that is closed. */
  unregister({ id, peer }: OpenConnection): void {
    if (!this.#connections.delete(id)) return;
    if (this.#connections.size === 0) this.#emptied?.();
    if (peer.deviceId !== null) this.#deps.acks.close(peer.clientId, peer.deviceId);
  }

  /** Something was heard from the peer. */
  heard(connection: OpenConnection): void {
    connection.lastSeenMs = this.#deps.clock.now();
    connection.vitals.heardAtMs = this.#monotonicMs();
  }

  /** The open connections, oldest first. */
  list(): Connection[] {
    return [...this.#connections.values()]
      .filter((connection) => !connection.closing)
      .map((connection) => this.#describe(connection));
  }

  figures(): ConnectionFigures {
    return { open: this.#connections.size, opened: this.#opened, closed: { ...this.#closed } };
  }

  health(): ComponentHealth {
    const open = this.#connections.size;
    const full = open >= this.#max;
    return { status: full ? 'degraded' : 'ok', connections: open, max_connections: this.#max };
  }

  /** Pings, and ends what is dead, stalled or past its token's time. Runs once a second while there are connections. */
  sweep(): void {
    const nowMs = this.#monotonicMs();
    for (const connection of this.#connections.values()) {
      if (connection.closing) continue;
      const { handle, peer, vitals } = connection;
      const { expiresAtMs } = peer.caller;
      const isExpired = expiresAtMs !== null && this.#deps.clock.now() >= expiresAtMs;
      const verdict = isExpired
        ? 'unauthorized'
        : sweepConnection(vitals, handle.outflow(), handle.pingIntervalMs, nowMs);
      if (verdict === 'ping') handle.ping();
      else if (verdict !== 'keep') this.close(connection, verdict);
    }
    void this.#deps.acks.flush();
    if (this.#connections.size === 0) this.#stopSweeping();
  }

  /** Ends one connection. */
  close(connection: OpenConnection, code: ProblemCode): void {
    if (connection.closing) return;
    connection.closing = true;
    this.#closed[code] = (this.#closed[code] ?? 0) + 1;
    connection.handle.close(code);
  }

  /** Ends what was opened with a token. */
  closeByToken(tokenId: string): void {
    for (const connection of this.#connections.values()) {
      if (connection.peer.caller.tokenId === tokenId) this.close(connection, 'unauthorized');
    }
  }

  /** Ends all connections and refuses new ones, for the same reason. Resolves when they are gone and the acks stored. */
  async closeAll(code: 'server-restart' | 'shutting-down'): Promise<void> {
    this.#ending = code;
    for (const connection of this.#connections.values()) this.close(connection, code);
    this.#stopSweeping();
    if (this.#connections.size > 0) await this.#empty();
    await this.#deps.acks.flush();
  }

  async #empty(): Promise<void> {
    const gone = Promise.withResolvers<void>();
    this.#emptied = gone.resolve;
    const timer = setTimeout(gone.resolve, closeTimeoutMs);
    await gone.promise;
    clearTimeout(timer);
  }

  get #max(): number {
    return this.#deps.maxConnections ?? defaultMaxConnections;
  }

  #describe({ id, peer, handle, connectedAtMs, lastSeenMs }: OpenConnection): Connection {
    const acked = peer.deviceId === null ? 0 : this.#deps.acks.seqOf(peer.clientId, peer.deviceId);
    return {
      connection_id: id,
      client_id: peer.clientId,
      device_id: peer.deviceId,
      client_type: peer.clientType,
      transport: peer.transport,
      connected_at: new Date(connectedAtMs).toISOString(),
      last_seen: new Date(lastSeenMs).toISOString(),
      cursor: handle.cursor,
      acked_cursor: acked === 0 ? null : this.#deps.streaming.cursorAt(peer.clientId, acked),
      queued_bytes: handle.outflow().queuedBytes,
      events_sent: handle.eventsSent,
    };
  }

  #stopSweeping(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
