import type { Timers } from './timers.ts';

type AcknowledgerDeps = {
  timers: Timers;
  intervalMs: number;
  /** Tells the server that everything up to a cursor was handled. */
  send: (cursor: string) => void;
};

/** Acknowledges what was handled, at most once in an interval. */
export class Acknowledger {
  readonly #deps: AcknowledgerDeps;
  #handled: string | null = null;
  #sent: string | null = null;
  #cancel: (() => void) | null = null;

  constructor(deps: AcknowledgerDeps) {
    this.#deps = deps;
  }

  /** Everything up to here was handled. */
  handled(cursor: string | null): void {
    this.#handled = cursor;
    if (cursor === null || cursor === this.#sent || this.#cancel !== null) return;
    this.#cancel = this.#deps.timers.after(this.#deps.intervalMs, () => this.#flush());
  }

  /** Acknowledges nothing more. */
  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
  }

  #flush(): void {
    this.#cancel = null;
    this.#sent = this.#handled!;
    this.#deps.send(this.#sent);
  }
}
