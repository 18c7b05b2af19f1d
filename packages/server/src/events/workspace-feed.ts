import { setImmediate as nextTurn } from 'node:timers/promises';
import type { EncodedEvent, LogEntry } from './encoded-event.ts';
import { encodeCursor } from './event-cursor.ts';
import type { EventLog } from './event-log.ts';
import type { EventSubscription } from './event-subscription.ts';

// After so many readers other work gets its turn.
const readersPerTurn = 1000;

export type WorkspaceFeedDeps = { log: EventLog; reportFailure: (error: unknown) => void };

/** The end of one workspace's log, for all who read it now: new events are read once and offered to each. */
export class WorkspaceFeed {
  readonly clientId: string;
  readonly #epoch: string;
  readonly #deps: WorkspaceFeedDeps;
  readonly #readers = new Set<EventSubscription>();
  readonly #waiters = new Set<(end: number) => void>();
  #end: number;
  #offered: number;
  #offering = false;

  constructor(deps: WorkspaceFeedDeps, clientId: string, epoch: string, end: number) {
    this.#deps = deps;
    this.clientId = clientId;
    this.#epoch = epoch;
    this.#end = end;
    this.#offered = end;
  }

  /** The last event that the log is known to have. */
  get end(): number {
    return this.#end;
  }

  get readers(): number {
    return this.#readers.size;
  }

  get waiters(): number {
    return this.#waiters.size;
  }

  get unused(): boolean {
    return this.#readers.size === 0 && this.#waiters.size === 0;
  }

  cursorAt(seq: number): string {
    return encodeCursor(this.#epoch, seq);
  }

  /** Some of the events that follow on `seq`, at least one; null: the next one is no longer kept. */
  after(seq: number): Promise<readonly LogEntry[] | null> {
    return this.#deps.log.after(this.clientId, seq, this.#end);
  }

  reportFailure(error: unknown): void {
    this.#deps.reportFailure(error);
  }

  add(reader: EventSubscription): void {
    this.#readers.add(reader);
  }

  remove(reader: EventSubscription): void {
    this.#readers.delete(reader);
  }

  /** Calls back with the new end of the log, each time it grows, until the returned function is called. */
  wait(waiter: (end: number) => void): () => void {
    this.#waiters.add(waiter);
    return () => {
      this.#waiters.delete(waiter);
    };
  }

  /** The log reaches at least to `seq`. */
  advance(seq: number): void {
    if (seq <= this.#end) return;
    this.#end = seq;
    for (const waiter of this.#waiters) waiter(seq);
    this.#offerSoon();
  }

  /** Offers an event that is not kept. */
  offerLive(event: EncodedEvent): void {
    for (const reader of this.#readers) reader.offerLive(event);
  }

  /** Goes on where a failed read left off. */
  retry(): void {
    this.#offerSoon();
    for (const reader of this.#readers) reader.wake();
  }

  #offerSoon(): void {
    if (!this.#offering && this.#offered < this.#end) void this.#offer();
  }

  async #offer(): Promise<void> {
    this.#offering = true;
    try {
      while (this.#offered < this.#end) await this.#offerNext();
    } catch (error) {
      this.#deps.reportFailure(error);
    } finally {
      this.#offering = false;
    }
  }

  async #offerNext(): Promise<void> {
    if (this.#readers.size === 0) {
      this.#offered = this.#end;
      return;
    }
    const entries = await this.after(this.#offered);
    this.#offered = entries?.at(-1)?.seq ?? this.#end;
    // The read can be ahead of the wake-ups. Readers that are busy now pass the offer by and look at the end when they are done.
    this.advance(this.#offered);
    let count = 0;
    for (const reader of this.#readers) {
      // Whoever needs events that are gone finds that out by reading.
      if (entries === null) reader.wake();
      else reader.offer(entries);
      count += 1;
      if (count % readersPerTurn === 0) await nextTurn();
    }
  }
}
