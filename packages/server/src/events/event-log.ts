import { LRUCache } from 'lru-cache';
import type { Store } from '../database/store.ts';
import { encodeLogEntry, type LogEntry } from './encoded-event.ts';
import { epochOf } from './event-cursor.ts';

/** Events in one window of a log, which is what is read from the store at a time. */
export const windowSize = 512;

// Nearer to the end of the log than this, a reader is taken to be following it, and only what it lacks is read.
const followingDistance = 64;

const defaultCacheBytes = 32 * 1024 * 1024;

export type EventLogDeps = { store: Pick<Store, 'epoch' | 'events'>; cacheBytes?: number };

/**
 * Reads logs window by window and keeps the windows read last, so that many readers near one another (a reconnect storm, sockets
 * that lag) cost one read of the store per window.
 */
export class EventLog {
  readonly #deps: EventLogDeps;
  /** Contiguous events of one window each; what was appended to it since is read when somebody wants it. */
  readonly #windows: LRUCache<string, readonly LogEntry[]>;
  readonly #loading = new Map<string, Promise<unknown>>();

  constructor(deps: EventLogDeps) {
    this.#deps = deps;
    this.#windows = new LRUCache({ maxSize: deps.cacheBytes ?? defaultCacheBytes, sizeCalculation: bytesOf });
  }

  /**
   * Some of the events that follow on `seq`, in order, at least one; `end` is a seq that the log is known to reach. Null: the next
   * event is no longer kept.
   */
  async after(clientId: string, seq: number, end: number): Promise<readonly LogEntry[] | null> {
    const key = `${clientId}/${Math.floor(seq / windowSize)}`;
    for (;;) {
      const found = entriesAfter(this.#windows.get(key), seq);
      if (found.length > 0) return found;
      const loading = this.#loading.get(key);
      if (loading === undefined) break;
      // Its failure is its reader's; this one tries for itself.
      await loading.catch(() => undefined);
    }
    const load = this.#load(clientId, key, seq, end);
    this.#loading.set(key, load);
    try {
      const found = entriesAfter(await load, seq);
      return found.length > 0 ? found : null;
    } finally {
      this.#loading.delete(key);
    }
  }

  async #load(clientId: string, key: string, seq: number, end: number): Promise<readonly LogEntry[]> {
    const windowStart = seq - (seq % windowSize);
    const known = this.#windows.get(key) ?? [];
    const continues = known.at(-1)?.seq === seq;
    const from = continues || (known.length === 0 && end - seq <= followingDistance) ? seq : windowStart;
    const events = await this.#deps.store.events(clientId, from, windowStart + windowSize - from);
    const epoch = epochOf(this.#deps.store.epoch, clientId);
    const entries = events.map((event) => encodeLogEntry(event, epoch));
    const window = continues ? [...known, ...entries] : entries;
    if (window.length > 0) this.#windows.set(key, window);
    return window;
  }
}

/** What follows on `seq` in a window, if its next event is there. */
function entriesAfter(window: readonly LogEntry[] | undefined, seq: number): readonly LogEntry[] {
  const first = window?.[0];
  if (window === undefined || first === undefined || first.seq > seq + 1) return [];
  return first.seq === seq + 1 ? window : window.slice(seq + 1 - first.seq);
}

// The text, the encodings that are made of it when it is sent, and the object around them.
const bytesOf = (entries: readonly LogEntry[]): number =>
  entries.reduce((sum, entry) => sum + 2 * entry.text.length + 512, 0);
