import type { Clock } from '../clock.ts';
import { DeliveryPace } from './delivery-pace.ts';
import type { EncodedEvent, LogEntry } from './encoded-event.ts';
import { eventFilter, type EventFilter, type EventSelection } from './event-filter.ts';
import { takePortion } from './event-portion.ts';
import type { EventSink } from './event-sink.ts';
import type { WorkspaceFeed } from './workspace-feed.ts';

// Small enough that a stalled reader, which holds two of them at most, stays well below the 256 KiB that it may.
const portionBytes = 64 * 1024;
const portionEvents = 500;

/** What a subscription receives, and how. */
export type SubscriptionOptions = {
  selection: EventSelection;
  /** Events are gathered for so long and sent together; 0: each is sent at once. */
  batchMs: number;
  /** Messages (events, or batches of them) in a second; null: no limit. */
  maxPerSecond: number | null;
};

/** `position`: the seq after which to begin. `backfilling`: say when what was missed has been sent. */
export type SubscriptionStart = { position: number; backfilling: boolean };

export type EventSubscriptionDeps = {
  feed: WorkspaceFeed;
  sink: EventSink;
  clock: Clock;
  /** Is told how many events were sent. */
  onDelivered: (count: number) => void;
};

/**
 * One reader's way through the log of its workspace. It is nothing but a position: new events are offered and taken at once when
 * the reader stands at the end of the log; when it does not (it has just come, it lags, its events are batched or over its rate)
 * the position stays behind, and the rest is read from the log when it is time. So nothing can be lost, doubled or reordered.
 */
export class EventSubscription {
  readonly #deps: EventSubscriptionDeps;
  /** null: there is no limit. */
  readonly #pace: DeliveryPace | null;
  #position: number;
  #backfilling: boolean;
  #selection: EventSelection;
  #filter: EventFilter;
  #batchMs: number;
  #timer: NodeJS.Timeout | undefined;
  #pulling = false;
  #closed = false;
  #eventsSent = 0;

  constructor(deps: EventSubscriptionDeps, options: SubscriptionOptions, start: SubscriptionStart) {
    this.#deps = deps;
    this.#pace = options.maxPerSecond === null ? null : new DeliveryPace(options.maxPerSecond);
    this.#selection = options.selection;
    this.#filter = eventFilter(options.selection);
    this.#batchMs = options.batchMs;
    this.#position = start.position;
    this.#backfilling = start.backfilling;
  }

  /** Where the reader stands. */
  get cursor(): string {
    return this.#deps.feed.cursorAt(this.#position);
  }

  get eventsSent(): number {
    return this.#eventsSent;
  }

  get selection(): EventSelection {
    return this.#selection;
  }

  get batchMs(): number {
    return this.#batchMs;
  }

  /** Changes what is received from now on, and how. */
  change(options: { selection: EventSelection; batchMs: number }): void {
    this.#selection = options.selection;
    this.#filter = eventFilter(options.selection);
    this.#batchMs = options.batchMs;
  }

  /** Takes the newest events of the log if the reader is ready for exactly these. */
  offer(entries: readonly LogEntry[]): void {
    if (this.#closed || this.#pulling || this.#timer !== undefined) return;
    const first = entries[0]!.seq;
    if (this.#position + 1 < first) this.wake();
    else if (this.#position < entries.at(-1)!.seq) {
      if (this.#batchMs > 0) this.#wakeAfter(this.#batchMs);
      else this.#deliver(entries, this.#position + 1 - first);
      this.#settle();
    }
  }

  /** Sends an event that is not kept, unless the reader is behind. */
  offerLive(event: EncodedEvent): void {
    const { clock, feed, sink } = this.#deps;
    if (this.#closed || sink.lagging || this.#position < feed.end || !this.#filter(event)) return;
    if (this.#pace !== null && this.#pace.allowance(clock.now()) <= 0) return;
    this.#pace?.spend(1);
    this.#send([event], this.#batchMs > 0);
  }

  /** Goes on reading the log where that is due. */
  wake(): void {
    const isDue = this.#backfilling || this.#position < this.#deps.feed.end;
    if (isDue && !this.#pulling && !this.#closed && this.#timer === undefined) void this.#pull();
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  async #pull(): Promise<void> {
    const { feed, sink } = this.#deps;
    this.#pulling = true;
    try {
      while (!this.#closed && this.#timer === undefined && !sink.lagging && this.#position < feed.end) {
        const entries = await feed.after(this.#position);
        if (this.#closed) return;
        if (entries === null) this.#expire();
        else this.#deliver(entries, 0);
      }
      this.#settle();
    } catch (error) {
      // The feed wakes its readers again in a moment.
      feed.reportFailure(error);
    } finally {
      this.#pulling = false;
    }
  }

  /** Sends entries until they are all sent or the reader has to wait. */
  #deliver(entries: readonly LogEntry[], start: number): void {
    const { clock, sink } = this.#deps;
    const pace = this.#pace;
    let index = start;
    while (index < entries.length && !sink.lagging) {
      const allowance = pace?.allowance(clock.now()) ?? Infinity;
      if (pace !== null && allowance <= 0) return this.#wakeAfter(pace.hold(clock.now()));
      const batched = this.#batchMs > 0 || pace?.held === true;
      const maxEvents = batched ? portionEvents : Math.min(portionEvents, allowance);
      const { events, covered } = takePortion(entries, index, this.#filter, { maxEvents, maxBytes: portionBytes });
      index += covered;
      this.#position = entries[index - 1]!.seq;
      if (events.length === 0) continue;
      pace?.spend(batched ? 1 : events.length);
      this.#send(events, batched);
    }
  }

  #send(events: readonly EncodedEvent[], batched: boolean): void {
    this.#eventsSent += events.length;
    this.#deps.sink.send(events, batched);
    this.#deps.onDelivered(events.length);
  }

  /** Notes that the reader has got everything, where that is so. */
  #settle(): void {
    if (this.#closed || this.#position < this.#deps.feed.end) return;
    this.#pace?.release();
    if (!this.#backfilling) return;
    this.#backfilling = false;
    this.#deps.sink.synced(this.cursor);
  }

  #expire(): void {
    this.#position = this.#deps.feed.end;
    this.#backfilling = false;
    this.#deps.sink.expired(this.cursor);
  }

  #wakeAfter(delayMs: number): void {
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.wake();
    }, delayMs);
  }
}
