import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import type { LoggedEvent } from './event-types.ts';

/** What goes wrong with one connection; without any of it the connection behaves. */
export type ConnectionScript = {
  /** Refuses the handshake with this status. */
  refuse?: number;
  /** Accepts and never says anything. */
  mute?: boolean;
  /** Closes at once with this code and reason, as for a bad token. */
  closeWith?: [code: number, reason: string];
  /** Replays from this many events before the cursor. */
  rewind?: number;
  /** Sends each event of the replay twice. */
  double?: boolean;
  /** Is cut, without a close frame, after this many events. */
  cutAfter?: number;
  /** Says nothing more after this many events, and answers nothing, though the socket stays open. */
  silentAfter?: number;
  /** Sends what it has in batches. */
  batch?: boolean;
};

/** One socket at the fake server. */
export class FakeConnection {
  readonly query: URLSearchParams;
  readonly path: string;
  readonly protocols: string;
  readonly received: Record<string, unknown>[] = [];
  readonly socket: WebSocket;
  readonly script: ConnectionScript;
  closed: number | null = null;
  readonly #hub: FakeHub;
  #sentSeq = 0;
  #sent = 0;
  #isLive = false;
  #isCut = false;

  constructor(hub: FakeHub, socket: WebSocket, request: IncomingMessage, script: ConnectionScript) {
    const url = new URL(request.url!, 'http://hub');
    this.#hub = hub;
    this.socket = socket;
    this.path = url.pathname;
    this.query = url.searchParams;
    this.protocols = request.headers['sec-websocket-protocol'] ?? '';
    this.script = script;
    socket.on('message', (data) => this.#answer(JSON.parse(String(data)) as Record<string, unknown>));
    socket.on('close', (code) => (this.closed = code));
  }

  /** Greets, replays and goes live. */
  begin(): void {
    const { closeWith, mute } = this.script;
    if (closeWith) return this.socket.close(...closeWith);
    if (mute) return;
    const hub = this.#hub;
    this.send({
      type: 'hello',
      client_id: 'fake',
      connection_id: String(hub.connections.length),
      cursor: hub.cursor,
      heartbeat_interval_ms: hub.heartbeatIntervalMs,
      server: { name: 'leanvibe', version: '0' },
    });
    this.#replay(this.query.get('cursor'));
    this.#isLive = true;
  }

  /** Sends the events that this connection has not had. */
  pump(): void {
    if (this.#isLive) this.#sendAfter(this.#sentSeq);
  }

  /** Sends any frame. */
  send(frame: object, sent?: () => void): void {
    if (this.#isMuted) return;
    this.socket.send(JSON.stringify(frame), sent);
  }

  get #isMuted(): boolean {
    return this.#isCut || this.#sent >= (this.script.silentAfter ?? Infinity);
  }

  #replay(cursor: string | null): void {
    const hub = this.#hub;
    if (cursor === null) {
      this.#sentSeq = hub.events.length;
      return;
    }
    const verdict = hub.verdict(cursor);
    if (verdict) {
      this.#sentSeq = hub.events.length;
      return this.send({ type: 'snapshot_required', reason: verdict, cursor: hub.cursor });
    }
    const seq = Number(cursor.split('.')[1]);
    this.#sendAfter(Math.max(0, seq - (this.script.rewind ?? 0)));
    if (this.script.double) this.#sendAfter(seq);
    this.send({ type: 'synced', cursor: hub.cursor });
  }

  #sendAfter(seq: number): void {
    const events = this.#hub.events.slice(seq);
    this.#sentSeq = this.#hub.events.length;
    if (events.length === 0) return;
    if (this.script.batch) return this.send({ type: 'batch', events });
    for (const event of events) {
      if (this.#sent + 1 === this.script.cutAfter) return this.#cutWith(event);
      this.send(event);
      this.#sent += 1;
    }
  }

  /** The connection is cut when its last event is on its way, so that it is always the same one that arrives last. */
  #cutWith(event: LoggedEvent): void {
    this.send(event, () => this.socket.terminate());
    this.#isCut = true;
  }

  #answer(frame: Record<string, unknown>): void {
    this.received.push(frame);
    if (frame['type'] === 'heartbeat') this.send({ type: 'heartbeat_ack', timestamp: new Date().toISOString() });
    if (frame['type'] === 'subscribe' && frame['min_priority'] === 'wrong') {
      this.send({ type: 'error', code: 'validation-failed', detail: 'min_priority: wrong' });
    }
  }
}

const problem = (status: number, code: string): string => JSON.stringify({ type: 'x', status, code, detail: code });

/** A server that speaks the protocol of the sockets, and goes wrong where a test says so. */
export class FakeHub implements AsyncDisposable {
  readonly events: LoggedEvent[] = [];
  readonly connections: FakeConnection[] = [];
  /** The scripts of the connections to come, in order. */
  readonly scripts: ConnectionScript[] = [];
  epoch = 'epoch001';
  /** The oldest event that is kept. */
  firstSeq = 1;
  heartbeatIntervalMs = 30_000;
  /** What HTTP answers: status and problem code. */
  httpAnswer: [status: number, code: string] = [503, 'shutting-down'];
  httpRequests = 0;
  /** Answers HTTP with JSON instead. */
  httpJson: (() => unknown) | null = null;
  readonly #server: Server;
  readonly #sockets = new WebSocketServer({ noServer: true });

  private constructor() {
    this.#server = createServer((_request, response) => {
      this.httpRequests += 1;
      if (this.httpJson) {
        response.writeHead(200, { 'content-type': 'application/json' });
        return void response.end(JSON.stringify(this.httpJson()));
      }
      response.writeHead(this.httpAnswer[0], { 'content-type': 'application/problem+json' });
      response.end(problem(...this.httpAnswer));
    });
    this.#server.on('upgrade', (request, wire, head) => this.#upgrade(request, wire, head));
  }

  static async start(): Promise<FakeHub> {
    const hub = new FakeHub();
    await new Promise<void>((resolve) => hub.#server.listen(0, '127.0.0.1', resolve));
    return hub;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** The end of the log. */
  get cursor(): string {
    return `${this.epoch}.${this.events.length}`;
  }

  get last(): FakeConnection {
    return this.connections.at(-1)!;
  }

  /** Appends events, and sends them to whoever is connected. */
  publish(count = 1, data: Record<string, unknown> = {}): void {
    for (let index = 0; index < count; index += 1) this.events.push(this.#event(data));
    for (const connection of this.connections) connection.pump();
  }

  /** Why a cursor cannot be resumed from. */
  verdict(cursor: string): string | null {
    const [epoch, seq] = cursor.split('.');
    if (epoch !== this.epoch) return 'cursor-invalid';
    if (Number(seq) > this.events.length) return 'cursor-ahead';
    return Number(seq) < this.firstSeq - 1 ? 'cursor-expired' : null;
  }

  /** Restores a backup: the log is another one. */
  restore(epoch: string): void {
    this.epoch = epoch;
    this.events.length = 0;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const { socket } of this.connections) socket.terminate();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #event(data: Record<string, unknown>): LoggedEvent {
    const seq = this.events.length + 1;
    return {
      id: `00000000-0000-7000-8000-${String(seq).padStart(12, '0')}`,
      type: 'agent_progress',
      seq,
      cursor: `${this.epoch}.${seq}`,
      client_id: 'fake',
      channel: 'agent',
      priority: 'medium',
      timestamp: '2026-11-22T11:05:12.345Z',
      actor: { kind: 'agent', id: 'fake' },
      data,
    };
  }

  #upgrade(request: IncomingMessage, wire: Duplex, head: Buffer): void {
    const script = this.scripts.shift() ?? {};
    if (script.refuse) {
      wire.end(`HTTP/1.1 ${script.refuse} Refused\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`);
      return;
    }
    this.#sockets.handleUpgrade(request, wire, head, (socket) => {
      const connection = new FakeConnection(this, socket, request, script);
      this.connections.push(connection);
      connection.begin();
    });
  }
}
