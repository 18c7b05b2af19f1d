import type { ComponentHealth } from '@leanvibe/protocol/health';
import type { Clock } from '../clock.ts';
import type { EventDraft, Store, WorkspaceHead } from '../database/store.ts';
import { HubError } from '../hub-error.ts';
import type { InProcessBus } from '../messaging/in-process-bus.ts';
import { encodeLiveEvent, type LogEntry } from './encoded-event.ts';
import { encodeCursor, epochOf, readCursor, type CursorReading } from './event-cursor.ts';
import { EventLog } from './event-log.ts';
import type { EventSink } from './event-sink.ts';
import { EventSubscription, type SubscriptionOptions } from './event-subscription.ts';
import { WorkspaceFeed } from './workspace-feed.ts';

const recheckIntervalMs = 1000;
const reportIntervalMs = 10_000;
// Of the logs that are being read, how many are looked at each time for events whose wake-up was lost.
const headsPerRecheck = 200;

/** What of the program's log is written to. */
export type StreamingLog = { error(fields: object, message: string): void };

export type EventStreamingDeps = {
  store: Pick<Store, 'epoch' | 'head' | 'events'>;
  bus: InProcessBus;
  clock: Clock;
  log: StreamingLog;
  /** Is told how many events were sent to a reader. */
  onDelivered?: (count: number) => void;
  /** Bytes of encoded events that are kept in memory; 32 MiB unless said otherwise. */
  cacheBytes?: number;
};

/** Where a reader of a workspace stands when it comes. `reading` null: it brought no cursor. */
export type Arrival = { clientId: string; epoch: string; head: WorkspaceHead; reading: CursorReading | null };

/** A part of a log. `seq` and `cursor`: where to go on; `more`: whether there was more; `total`: events kept in all. */
export type LogPage = { entries: readonly LogEntry[]; seq: number; cursor: string; more: boolean; total: number };

/** Brings the event logs to whoever reads them: pages, waiting reads, and streams that backfill and then go live. */
export class EventStreamingService {
  readonly #deps: EventStreamingDeps;
  readonly #log: EventLog;
  readonly #feeds = new Map<string, WorkspaceFeed>();
  readonly #unsubscribe: () => void;
  readonly #onDelivered: (count: number) => void;
  #timer: NodeJS.Timeout | undefined;
  #recheckFrom = 0;
  #reportedAtMs = -Infinity;
  #failedAtMs = -Infinity;

  constructor(deps: EventStreamingDeps) {
    this.#deps = deps;
    this.#log = new EventLog(deps);
    this.#onDelivered = deps.onDelivered ?? (() => undefined);
    this.#unsubscribe = deps.bus.subscribe(({ clientId, seq }) => this.#feeds.get(clientId)?.advance(seq));
  }

  /** The cursor right after the event `seq` of a workspace. */
  cursorAt(clientId: string, seq: number): string {
    return encodeCursor(epochOf(this.#deps.store.epoch, clientId), seq);
  }

  /** Reads where a workspace stands, and the cursor of a reader against it. */
  async arrive(clientId: string, cursor: string | undefined): Promise<Arrival> {
    const head = await this.#deps.store.head(clientId);
    const epoch = epochOf(this.#deps.store.epoch, clientId);
    return { clientId, epoch, head, reading: cursor === undefined ? null : readCursor(cursor, epoch, head) };
  }

  /** Reads a page of the log from a cursor on, or from the oldest event kept. */
  async readLog(clientId: string, cursor: string | undefined, limit: number): Promise<LogPage> {
    const { epoch, head, reading } = await this.arrive(clientId, cursor);
    const start = reading === null ? head.firstSeq - 1 : acceptedSeq(reading);
    const entries: LogEntry[] = [];
    let seq = start;
    while (entries.length < limit && seq < head.seq) {
      const found = await this.#log.after(clientId, seq, head.seq);
      if (found === null && entries.length > 0) break;
      if (found === null) {
        // Retention passed by between the two reads. Without a cursor there is now another oldest event.
        if (cursor === undefined) return this.readLog(clientId, undefined, limit);
        throw new HubError('cursor-expired');
      }
      entries.push(...found.slice(0, limit - entries.length));
      seq = entries.at(-1)!.seq;
    }
    return {
      entries,
      seq,
      cursor: encodeCursor(epoch, seq),
      more: seq < head.seq,
      total: head.seq - head.firstSeq + 1,
    };
  }

  /** Like `readLog`, but when there is nothing it waits for an event, until `waitMs` are over or the signal says stop. */
  async waitForEvents(
    clientId: string,
    cursor: string | undefined,
    limit: number,
    wait: { waitMs: number; signal: AbortSignal },
  ): Promise<LogPage> {
    // The feed is there before the log is read, so that no event can fall between the two.
    const feed = this.#feed(clientId, 0);
    const event = Promise.withResolvers<void>();
    const timer = setTimeout(event.resolve, wait.waitMs);
    const stop = () => event.resolve();
    wait.signal.addEventListener('abort', stop);
    let seen = Infinity;
    const forget = feed.wait((end) => end > seen && event.resolve());
    try {
      const page = await this.readLog(clientId, cursor, limit);
      if (page.entries.length > 0 || wait.signal.aborted) return page;
      seen = page.seq;
      if (feed.end <= seen) await event.promise;
      return await this.readLog(clientId, page.cursor, limit);
    } finally {
      clearTimeout(timer);
      wait.signal.removeEventListener('abort', stop);
      forget();
      this.#forgetIfUnused(feed);
    }
  }

  /**
   * Opens a stream to a sink. It begins after the cursor that the reader came with, or, without a usable one, with what is
   * appended from now on.
   */
  subscribe(arrival: Arrival, sink: EventSink, options: SubscriptionOptions): EventSubscription {
    const { reading, head, clientId } = arrival;
    const resumes = reading !== null && 'seq' in reading;
    const feed = this.#feed(clientId, head.seq);
    const start = { position: resumes ? reading.seq : head.seq, backfilling: resumes };
    const subscription = new EventSubscription(
      { feed, sink, clock: this.#deps.clock, onDelivered: this.#onDelivered },
      options,
      start,
    );
    feed.advance(head.seq);
    feed.add(subscription);
    // What was appended between the reading of the head and now has had its wake-up when nobody listened.
    void this.#recheck(feed);
    subscription.wake();
    return subscription;
  }

  unsubscribe(clientId: string, subscription: EventSubscription): void {
    subscription.close();
    const feed = this.#feeds.get(clientId);
    if (feed === undefined) return;
    feed.remove(subscription);
    this.#forgetIfUnused(feed);
  }

  /** Sends an event that is not kept to the open streams of its workspace. */
  publishLive(clientId: string, event: EventDraft): void {
    this.#feeds.get(clientId)?.offerLive(encodeLiveEvent(event));
  }

  /** What is being read now: workspaces, open streams, and reads that wait. */
  figures(): { workspaces: number; streams: number; waiting: number } {
    const feeds = [...this.#feeds.values()];
    const sum = (count: (feed: WorkspaceFeed) => number) => feeds.reduce((total, feed) => total + count(feed), 0);
    return { workspaces: feeds.length, streams: sum((feed) => feed.readers), waiting: sum((feed) => feed.waiters) };
  }

  health(): ComponentHealth {
    const isFailing = Math.abs(this.#deps.clock.now() - this.#failedAtMs) < reportIntervalMs;
    return isFailing
      ? { status: 'degraded', detail: 'The event log could not be read a moment ago.', ...this.figures() }
      : { status: 'ok', ...this.figures() };
  }

  /** Stops listening. Streams end with their connections. */
  close(): void {
    this.#unsubscribe();
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #feed(clientId: string, end: number): WorkspaceFeed {
    let feed = this.#feeds.get(clientId);
    if (feed === undefined) {
      const epoch = epochOf(this.#deps.store.epoch, clientId);
      feed = new WorkspaceFeed({ log: this.#log, reportFailure: this.#reportFailure }, clientId, epoch, end);
      this.#feeds.set(clientId, feed);
      this.#timer ??= setInterval(() => this.#recheckSome(), recheckIntervalMs).unref();
    }
    return feed;
  }

  #forgetIfUnused(feed: WorkspaceFeed): void {
    if (!feed.unused || this.#feeds.get(feed.clientId) !== feed) return;
    this.#feeds.delete(feed.clientId);
    if (this.#feeds.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  /** Repairs what a lost wake-up or a failed read left behind: all readers' places, and the heads of some logs each time. */
  #recheckSome(): void {
    const feeds = [...this.#feeds.values()];
    for (const feed of feeds) feed.retry();
    const from = this.#recheckFrom < feeds.length ? this.#recheckFrom : 0;
    for (const feed of feeds.slice(from, from + headsPerRecheck)) void this.#recheck(feed);
    this.#recheckFrom = from + headsPerRecheck;
  }

  /** A store that fails does so for every reader, every second: one line in a while is enough. */
  readonly #reportFailure = (error: unknown): void => {
    const nowMs = this.#deps.clock.now();
    this.#failedAtMs = nowMs;
    if (Math.abs(nowMs - this.#reportedAtMs) < reportIntervalMs) return;
    this.#reportedAtMs = nowMs;
    this.#deps.log.error({ err: error }, 'The event log could not be read; trying again');
  };

  async #recheck(feed: WorkspaceFeed): Promise<void> {
    try {
      const { seq } = await this.#deps.store.head(feed.clientId);
      feed.advance(seq);
    } catch (error) {
      feed.reportFailure(error);
    }
  }
}

function acceptedSeq(reading: CursorReading): number {
  if ('seq' in reading) return reading.seq;
  throw verdictError(reading.verdict);
}

/** The problem that HTTP answers a cursor with that cannot be resumed from. */
export function verdictError(verdict: Exclude<CursorReading, { seq: number }>['verdict']): HubError {
  if (verdict === 'cursor-ahead') {
    return new HubError('cursor-invalid', 'The cursor is ahead of the log of this workspace.');
  }
  return new HubError(verdict);
}
