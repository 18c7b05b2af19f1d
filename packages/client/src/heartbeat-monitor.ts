/** What is to be done about a socket: nothing, ask whether the other end is there, or give it up. */
export type HeartbeatVerdict = 'fine' | 'probe' | 'dead';

type Timing = { intervalMs: number; timeoutMs: number; tickMs: number };

/**
 * Notices sockets whose other end is gone without a word. It is looked at every `tickMs`: a look that comes much too late, or before
 * the last one, means that the machine slept or its clock was set. Then nothing is known of the socket, and the server is asked anew.
 */
export class HeartbeatMonitor {
  readonly #timing: Timing;
  #lookedAtMs: number;
  #heardAtMs: number;
  #askedAtMs: number | null = null;

  constructor(timing: Timing, nowMs: number) {
    this.#timing = timing;
    this.#lookedAtMs = nowMs;
    this.#heardAtMs = nowMs;
  }

  /** Something came from the server. */
  heard(nowMs: number): void {
    this.#heardAtMs = nowMs;
    this.#askedAtMs = null;
  }

  /** The server was asked whether it is there. */
  asked(nowMs: number): void {
    this.#askedAtMs = nowMs;
  }

  /** Looks at the socket. */
  look(nowMs: number): HeartbeatVerdict {
    const { intervalMs, timeoutMs, tickMs } = this.#timing;
    const sinceLookMs = nowMs - this.#lookedAtMs;
    this.#lookedAtMs = nowMs;
    if (this.#askedAtMs !== null && nowMs - this.#askedAtMs >= timeoutMs) return 'dead';
    if (sinceLookMs < 0 || sinceLookMs > 3 * tickMs) return 'probe';
    if (this.#askedAtMs !== null) return 'fine';
    return nowMs - this.#heardAtMs >= intervalMs ? 'probe' : 'fine';
  }
}
