/** A wake-up: the log of this workspace reaches at least to this event. It says nothing else; who is interested reads the log. */
export type Append = { clientId: string; seq: number };

/**
 * Carries wake-ups from the writers of a log to its readers within one process. A wake-up may be lost, doubled or late on other
 * buses of this shape, so no reader may depend on getting each.
 */
export class InProcessBus {
  readonly #listeners = new Set<(append: Append) => void>();

  /** Tells every listener, in the order in which they subscribed. */
  publish(append: Append): void {
    for (const listener of this.#listeners) listener(append);
  }

  /** Listens until the returned function is called. */
  subscribe(listener: (append: Append) => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }
}
