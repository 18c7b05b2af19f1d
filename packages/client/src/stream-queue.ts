import { EventPosition } from './event-position.ts';
import type { StreamItem } from './stream-types.ts';

type Entry = { item: StreamItem; size: number } | { item: null; cursor: string };
type Result = IteratorResult<StreamItem, undefined>;
type Waiter = { resolve: (result: Result) => void; reject: (error: unknown) => void };
type Limits = { maxEvents: number; maxCharacters: number };

const done: Result = { done: true, value: undefined };

/** What has come in and was not asked for yet, up to a limit, and the position of what was handed out last. */
export class StreamQueue {
  readonly #limits: Limits;
  readonly #handedOut: EventPosition;
  readonly #entries: Entry[] = [];
  readonly #waiting: Waiter[] = [];
  #characters = 0;
  #end: { error: unknown } | 'done' | null = null;

  constructor(limits: Limits, cursor: string | null) {
    this.#limits = limits;
    this.#handedOut = new EventPosition(cursor);
  }

  /** The cursor of what was handed out last. */
  get cursor(): string | null {
    return this.#handedOut.cursor;
  }

  /** Whether a reader that fell behind has caught up with half of what waited. */
  get isHalfEmpty(): boolean {
    const { maxEvents, maxCharacters } = this.#limits;
    return this.#entries.length * 2 <= maxEvents && this.#characters * 2 <= maxCharacters;
  }

  /** Takes an item of `size` characters in; false when there is no room for it. */
  offer(item: StreamItem, size: number): boolean {
    const hasRoom = this.#entries.length < this.#limits.maxEvents && this.#characters < this.#limits.maxCharacters;
    if (!hasRoom) return false;
    this.#entries.push({ item, size });
    this.#characters += size;
    this.#serve();
    return true;
  }

  /** Everything up to this cursor has been taken in, though the last of it may not have been for this reader. */
  mark(cursor: string): void {
    if (this.#entries.at(-1)?.item === null) this.#entries.pop();
    this.#entries.push({ item: null, cursor });
    this.#serve();
  }

  /** Passes over what lies before a cursor. */
  skipTo(cursor: string): void {
    this.#handedOut.skipTo(cursor);
  }

  /** The next item, as soon as there is one. */
  take(): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#serve();
    });
  }

  /** Ends the queue once it is empty, with an error for the reader or without. */
  end(error?: unknown): void {
    this.#end ??= error === undefined ? 'done' : { error };
    this.#serve();
  }

  /** Forgets what waits. */
  clear(): void {
    this.#entries.length = 0;
    this.#characters = 0;
  }

  #serve(): void {
    this.#passOver();
    while (this.#waiting.length > 0 && this.#entries.length > 0) {
      this.#waiting.shift()!.resolve({ done: false, value: this.#handOut() });
      this.#passOver();
    }
    if (this.#end === null || this.#entries.length > 0) return;
    for (const waiter of this.#waiting.splice(0)) this.#finish(waiter);
  }

  /** Removes from the front what is not for the reader: marks, and events that it knows. */
  #passOver(): void {
    for (let entry = this.#entries[0]; entry !== undefined; entry = this.#entries[0]) {
      if (entry.item === null) this.#handedOut.skipTo(entry.cursor);
      else if (entry.item.type === 'snapshot_required' || this.#handedOut.isBefore(entry.item)) return;
      this.#remove();
    }
  }

  #handOut(): StreamItem {
    const item = this.#remove().item!;
    if (item.type === 'snapshot_required') this.#handedOut.reset(item.cursor);
    else this.#handedOut.advance(item);
    return item;
  }

  #remove(): Entry {
    const entry = this.#entries.shift()!;
    if (entry.item !== null) this.#characters -= entry.size;
    return entry;
  }

  /** The reader is told of an error once; after that the stream is simply over. */
  #finish({ resolve, reject }: Waiter): void {
    const end = this.#end;
    this.#end = 'done';
    if (end === null || end === 'done') resolve(done);
    else reject(end.error);
  }
}
