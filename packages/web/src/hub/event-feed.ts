import type { StreamEvent } from '@leanvibe/client/event-types';

type Listener = (event: StreamEvent) => void;

/** Hands every event that comes in while the app is open to whoever listens. */
export class EventFeed {
  readonly #listeners = new Set<Listener>();

  /** Calls back with each event; the answer ends it. */
  readonly listen = (listener: Listener): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  publish(event: StreamEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}
