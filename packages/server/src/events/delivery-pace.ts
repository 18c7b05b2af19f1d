const windowMs = 1000;

/**
 * Counts messages in windows of a second. When a window is used up the reader is held until the next one begins; what has come
 * together by then goes out in batches, so that a reader can fall behind by a second and no more.
 */
export class DeliveryPace {
  readonly #maxPerSecond: number;
  #windowStartMs = 0;
  #sent = 0;
  #held = false;

  constructor(maxPerSecond: number) {
    this.#maxPerSecond = maxPerSecond;
  }

  /** Whether what is sent now goes in batches, because the reader was held. */
  get held(): boolean {
    return this.#held;
  }

  /** How many messages may be sent now. */
  allowance(nowMs: number): number {
    // A clock that was set back begins a new window too.
    if (nowMs >= this.#windowStartMs + windowMs || nowMs < this.#windowStartMs) {
      this.#windowStartMs = nowMs;
      this.#sent = 0;
    }
    return this.#maxPerSecond - this.#sent;
  }

  /** The reader must wait; returns for how long. */
  hold(nowMs: number): number {
    this.#held = true;
    return Math.max(1, this.#windowStartMs + windowMs - nowMs);
  }

  spend(messages: number): void {
    this.#sent += messages;
  }

  /** The reader has got everything: events are sent one by one again. */
  release(): void {
    this.#held = false;
  }
}
