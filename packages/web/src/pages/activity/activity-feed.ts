import { cursorAt } from '@leanvibe/client/event-position';
import type { EventsClient } from '@leanvibe/client/events-client';
import type { StreamEvent } from '@leanvibe/client/event-types';
import { LeanVibeError } from '@leanvibe/client/leanvibe-error';
import type { LeanVibeEvent } from '@leanvibe/protocol/event';
import { Observable } from '../../hub/observable.ts';

/** A stretch of the log without gaps, oldest first, and what is known about its ends. */
export type ActivityStretch = {
  events: readonly LeanVibeEvent[];
  /** Whether the log begins with it. */
  hasOldest: boolean;
  /** Whether it ends where the log ends, and grows with it. */
  isLive: boolean;
  /** What is being read: the stretch itself, or what lies before or behind it. */
  reading: 'stretch' | 'earlier' | 'later' | null;
  /** Why the last reading failed. */
  failure: LeanVibeError | null;
};

/** Before anything was read. */
export const unreadStretch: ActivityStretch = {
  events: [],
  hasOldest: false,
  isLive: false,
  reading: 'stretch',
  failure: null,
};

type Matcher = (event: LeanVibeEvent) => boolean;

/** `events`: the log; `head`: the cursor of its end as the board knows it; `signal`: ends all reading. */
export type ActivityFeedDeps = { events: EventsClient; head: () => Promise<string>; signal: AbortSignal };

const pageSize = 200;
// A filter that matches next to nothing must not read the whole log at once.
const pagesPerSearch = 25;
const wantedMatches = 20;
// What is further back can be read again when somebody asks for it.
const mostLiveEvents = 5_000;

/** Reads stretches of the event log and keeps the one at its end growing. */
export class ActivityFeed {
  readonly stretch = new Observable<ActivityStretch>(unreadStretch);
  readonly #deps: ActivityFeedDeps;
  #end = '';
  #isCatchingUp = false;

  constructor(deps: ActivityFeedDeps) {
    this.#deps = deps;
  }

  /** Shows the end of the log, and what comes from now on. */
  async openLive(): Promise<void> {
    await this.#read('stretch', async (options) => this.#show(await this.#deps.head(), true, options));
    await this.#catchUp();
  }

  /** Shows what led up to a time. */
  async openAt(timeMs: number): Promise<void> {
    await this.#read('stretch', async (options) => {
      const end = await this.#deps.events.cursorAtTime(await this.#deps.head(), timeMs, options);
      await this.#show(end, false, options);
    });
  }

  /** Reads back from the beginning of the stretch until some events match, or the log begins. */
  async earlier(matches: Matcher): Promise<void> {
    await this.#read('earlier', async (options) => {
      let found = 0;
      for (let page = 0; page < pagesPerSearch && found < wantedMatches && !this.stretch.get().hasOldest; page += 1) {
        const first = this.stretch.get().events[0];
        if (first === undefined) return;
        const cursor = cursorAt(first.cursor, first.seq - 1) ?? '';
        const events = await this.#deps.events.before(cursor, pageSize, options);
        found += events.filter(matches).length;
        this.#change(({ events: later }) => ({
          events: [...events, ...later],
          hasOldest: events.length < pageSize || events[0]?.seq === 1,
        }));
      }
    });
  }

  /** Reads on from the end of the stretch; at the end of the log it is live again. */
  async later(): Promise<void> {
    await this.#read('later', async (options) => {
      const page = await this.#deps.events.log({ cursor: this.#end, limit: pageSize }, options);
      this.#append(page.events);
      if (page.next === null) this.#change(() => ({ isLive: true }));
    });
  }

  /** Takes in an event of the stream. */
  take(event: StreamEvent): void {
    const { isLive, events } = this.stretch.get();
    if (!isLive || event.seq === undefined) return;
    const last = events.at(-1);
    if (last !== undefined && event.seq <= last.seq) return;
    if (event.seq === (last?.seq ?? 0) + 1) this.#append([event]);
    else void this.#catchUp();
  }

  /** Makes sure that nothing is missing up to a cursor, which the board has reached. */
  reach(cursor: string): void {
    if (this.stretch.get().isLive && cursor !== this.#end) void this.#catchUp();
  }

  async #show(end: string, isLive: boolean, options: { signal: AbortSignal }): Promise<void> {
    const events = await this.#deps.events.before(end, pageSize, options);
    this.#end = end;
    this.#change(() => ({ events, isLive, hasOldest: events.length < pageSize || events[0]?.seq === 1 }));
  }

  async #catchUp(): Promise<void> {
    if (this.#isCatchingUp || !this.stretch.get().isLive) return;
    this.#isCatchingUp = true;
    try {
      const { signal } = this.#deps;
      for await (const event of this.#deps.events.all({ cursor: this.#end, limit: 1000 }, { signal }))
        this.#append([event]);
    } catch (error) {
      if (this.#deps.signal.aborted) return;
      // Nothing is lost: the board is read again after a break, and `reach` comes back here. A log that is another one is shown anew.
      if (!(error instanceof LeanVibeError)) throw error;
      if (error.code.startsWith('cursor-')) void this.openLive();
    } finally {
      this.#isCatchingUp = false;
    }
  }

  #append(events: readonly LeanVibeEvent[]): void {
    const known = this.stretch.get().events.at(-1)?.seq ?? 0;
    const added = events.filter(({ seq }) => seq > known);
    const last = added.at(-1);
    if (last === undefined) return;
    this.#end = last.cursor;
    this.#change(({ events: earlier, hasOldest }) => {
      const all = [...earlier, ...added];
      return { events: all.slice(-mostLiveEvents), hasOldest: hasOldest && all.length <= mostLiveEvents };
    });
  }

  async #read(
    what: NonNullable<ActivityStretch['reading']>,
    work: (options: { signal: AbortSignal }) => Promise<void>,
  ): Promise<void> {
    this.#change(() => ({ reading: what, failure: null }));
    try {
      await work({ signal: this.#deps.signal });
    } catch (error) {
      if (this.#deps.signal.aborted) return;
      if (!(error instanceof LeanVibeError)) throw error;
      this.#change(() => ({ failure: error }));
    } finally {
      this.#change(() => ({ reading: null }));
    }
  }

  #change(change: (stretch: ActivityStretch) => Partial<ActivityStretch>): void {
    this.stretch.update((stretch) => ({ ...stretch, ...change(stretch) }));
  }
}
