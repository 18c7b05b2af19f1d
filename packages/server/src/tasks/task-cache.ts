import { LRUCache } from 'lru-cache';

/** A text that was made of a state of a board, as the bytes that are sent. */
export type CachedText = { etag: string; headers: Readonly<Record<string, string>>; body: Buffer };

/** What an entry costs beside its body: its key, tag and headers. */
const overheadBytes = 512;

/** Keeps what was made last of boards, by workspace and address, for as long as the board is in the same state. */
export class TaskCache {
  readonly #texts: LRUCache<string, CachedText>;

  constructor({ maxBytes = 64 * 1024 * 1024 }: { maxBytes?: number } = {}) {
    this.#texts = new LRUCache({ maxSize: maxBytes, sizeCalculation: ({ body }) => body.length + overheadBytes });
  }

  /** What is kept for the address if it was made of the state with this tag. */
  get(address: string, etag: string): CachedText | undefined {
    const text = this.#texts.get(address);
    return text?.etag === etag ? text : undefined;
  }

  /** Keeps a text; one that is larger than the cache is not kept. */
  set(address: string, text: CachedText): void {
    this.#texts.set(address, text);
  }
}
