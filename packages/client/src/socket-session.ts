import { HeartbeatMonitor } from './heartbeat-monitor.ts';
import type { SessionEnd } from './reconnect-policy.ts';
import { readFrame, type IncomingFrame, type OutgoingFrame } from './socket-frame.ts';
import type { StreamTuning } from './stream-types.ts';
import type { Timers } from './timers.ts';

/** What is used of a WebSocket: the one of browsers, of Node, or of the `ws` package. */
export type SocketLike = {
  readonly readyState: number;
  send: (text: string) => void;
  close: (code?: number) => void;
  addEventListener: {
    (type: 'message', listener: (event: { data: unknown }) => void): void;
    (type: 'close', listener: (event: { code: number; reason: string }) => void): void;
    (type: 'error', listener: () => void): void;
  };
};

/** Opens a WebSocket. */
export type SocketConstructor = new (url: string, protocols?: string[]) => SocketLike;

type SessionDeps = {
  WebSocket: SocketConstructor;
  url: string;
  protocols: string[];
  timers: Timers;
  tuning: StreamTuning;
  /** Called with each frame and the number of its characters. */
  onFrame: (frame: IncomingFrame, size: number) => void;
  /** Called once, unless the session is dropped first. */
  onEnd: (end: SessionEnd) => void;
};

const openState = 1;
const noCloseFrame = 1006;

/** One socket from opening to its end: it waits for the greeting, watches for silence, and reads frames. */
export class SocketSession {
  readonly #deps: SessionDeps;
  readonly #socket: SocketLike;
  #monitor: HeartbeatMonitor | null = null;
  #cancelTimer: () => void;
  #isOver = false;

  constructor(deps: SessionDeps) {
    this.#deps = deps;
    this.#socket = new deps.WebSocket(deps.url, deps.protocols);
    this.#socket.addEventListener('message', ({ data }) => this.#receive(data));
    this.#socket.addEventListener('close', ({ code, reason }) => this.#end('closed', code, reason));
    // The close event that follows says all there is to say, but `ws` throws errors that nobody listens for.
    this.#socket.addEventListener('error', () => {});
    this.#cancelTimer = deps.timers.after(deps.tuning.connectTimeoutMs, () => this.#end('connect-timeout'));
  }

  /** Sends a frame, when there is somebody to send it to. */
  send(frame: OutgoingFrame): void {
    if (!this.#isOver && this.#socket.readyState === openState) this.#socket.send(JSON.stringify(frame));
  }

  /** Asks the server whether it is there; a session that gets no answer ends. */
  probe(): void {
    this.#monitor?.asked(this.#deps.timers.now());
    this.send({ type: 'heartbeat' });
  }

  /** Closes the socket and says nothing more. */
  drop(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#cancelTimer();
    this.#socket.close(1000);
  }

  #receive(data: unknown): void {
    if (this.#isOver) return;
    const frame = readFrame(data);
    if (frame === null) return this.#end('malformed-frame');
    if (frame.type === 'hello') this.#watch(frame.heartbeat_interval_ms);
    this.#monitor?.heard(this.#deps.timers.now());
    this.#deps.onFrame(frame, (data as string).length);
  }

  #watch(serverIntervalMs: number): void {
    const { timers, tuning } = this.#deps;
    const intervalMs = Math.min(tuning.heartbeatIntervalMs, serverIntervalMs);
    const tickMs = Math.max(1, Math.floor(Math.min(intervalMs, tuning.heartbeatTimeoutMs) / 5));
    const monitor = new HeartbeatMonitor({ intervalMs, timeoutMs: tuning.heartbeatTimeoutMs, tickMs }, timers.now());
    const look = (): void => {
      const verdict = monitor.look(timers.now());
      if (verdict === 'dead') return this.#end('heartbeat-timeout');
      if (verdict === 'probe') this.probe();
      this.#cancelTimer = timers.after(tickMs, look);
    };
    this.#monitor = monitor;
    this.#cancelTimer();
    this.#cancelTimer = timers.after(tickMs, look);
  }

  #end(cause: SessionEnd['cause'], closeCode = noCloseFrame, reason = ''): void {
    if (this.#isOver) return;
    this.drop();
    this.#deps.onEnd({ cause, closeCode, reason, greeted: this.#monitor !== null });
  }
}
