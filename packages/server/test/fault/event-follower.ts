import { isDeepStrictEqual } from 'node:util';
import { WebSocket } from 'ws';
import { demand, InvariantBroken, withoutCursor, type LoggedEvent, type ReceivedEvent } from './logged-event.ts';

type Frame =
  | { type: 'hello' | 'synced'; cursor: string }
  | { type: 'snapshot_required'; reason: string }
  | { type: 'batch'; events: ReceivedEvent[] }
  | ReceivedEvent;

/**
 * A client that wants every event of a workspace exactly once: it keeps the cursor of the last one it has, and resumes from there
 * whenever it was cut off.
 */
export class EventFollower {
  readonly clientId: string;
  /** Further parameters of its socket. */
  readonly #query: string;
  readonly #received: ReceivedEvent[] = [];
  #cursor: string | null = null;
  #socket: WebSocket | undefined;
  #fault: InvariantBroken | null = null;
  #closed: Promise<number> = Promise.resolve(0);
  /** How many events have been compared with the log. */
  #compared = 0;

  constructor(clientId: string, query = '') {
    this.clientId = clientId;
    this.#query = query;
  }

  get received(): readonly ReceivedEvent[] {
    return this.#received;
  }

  /** The code with which the socket was closed, once it is. */
  get closed(): Promise<number> {
    return this.#closed;
  }

  /** Connects, and resumes when it has been there before. Resolves when it is live; null when the server went away before. */
  async connect(port: number): Promise<'live' | null> {
    const resume = this.#cursor === null ? '' : `&cursor=${encodeURIComponent(this.#cursor)}`;
    const socket = new WebSocket(`ws://127.0.0.1:${port}/ws/${this.clientId}?client_type=cli${this.#query}${resume}`);
    this.#socket = socket;
    const liveFrame = this.#cursor === null ? 'hello' : 'synced';
    const { promise, resolve } = Promise.withResolvers<'live' | null>();
    this.#closed = new Promise((done) => socket.once('close', (code) => done(code)));
    void this.#closed.then(() => resolve(null));
    socket.on('error', () => resolve(null));
    socket.on('message', (text: Buffer) => {
      const frame = JSON.parse(text.toString('utf8')) as Frame;
      this.#take(frame);
      if (frame.type === liveFrame) resolve('live');
    });
    return promise;
  }

  /** Waits until it has the event `seq`, or is cut off. */
  async has(seq: number): Promise<void> {
    const socket = this.#socket!;
    while (this.#received.length < seq && socket.readyState === WebSocket.OPEN && this.#fault === null) {
      await new Promise<void>((resolve) => {
        socket.once('message', () => resolve());
        socket.once('close', () => resolve());
      });
    }
  }

  /** Checks what it got against the log: nothing missing (when `complete`), nothing twice, nothing else, in order. */
  compare(log: readonly LoggedEvent[], { complete }: { complete: boolean }): void {
    if (this.#fault) throw this.#fault;
    const name = `a follower of ${this.clientId}`;
    demand(
      this.#received.length <= log.length,
      () => `${name} got ${this.#received.length} events, and the log has ${log.length}`,
    );
    demand(
      !complete || this.#received.length === log.length,
      () => `${name} has ${this.#received.length} events of ${log.length}`,
    );
    this.#received.forEach((event, index) => {
      const logged = log[index]!;
      const isSame = index < this.#compared ? event.id === logged.id : isDeepStrictEqual(withoutCursor(event), logged);
      demand(isSame, () => `${name} got another event ${event.seq} than the log has: ${JSON.stringify(event)}`);
    });
    this.#compared = this.#received.length;
  }

  disconnect(): void {
    this.#socket?.terminate();
  }

  #take(frame: Frame): void {
    try {
      if (frame.type === 'batch')
        (frame as { events: ReceivedEvent[] }).events.forEach((event) => this.#takeEvent(event));
      else if ('seq' in frame) this.#takeEvent(frame);
      else if (frame.type === 'hello' && this.#cursor === null) this.#cursor = (frame as { cursor: string }).cursor;
      else
        demand(
          frame.type === 'hello' || frame.type === 'synced',
          () => `a follower of ${this.clientId} was told ${JSON.stringify(frame)}`,
        );
    } catch (error) {
      if (!(error instanceof InvariantBroken)) throw error;
      this.#fault ??= error;
    }
  }

  #takeEvent(event: ReceivedEvent): void {
    demand(
      event.seq === this.#received.length + 1,
      () => `a follower of ${this.clientId} got event ${event.seq} after ${this.#received.length}`,
    );
    this.#received.push(event);
    this.#cursor = event.cursor;
  }
}
