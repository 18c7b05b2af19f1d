import type { TaskQuery } from '@leanvibe/protocol/task-routes';
import type { Store, WorkspaceHead } from '../database/store.ts';
import { placeLength } from '../database/task-query.ts';
import { encodeCursor, epochOf } from '../events/event-cursor.ts';
import { rulesInForce } from './board-rules.ts';
import { boardText } from './board-text.ts';
import { decodePageCursor, encodePageCursor } from './page-cursor.ts';
import type { CachedText, TaskCache } from './task-cache.ts';
import { taskFilter, taskSort } from './task-list.ts';
import { taskStats } from './task-stats.ts';

export type TaskReadServiceDeps = { store: Store; cache: TaskCache };

/** Reads boards as the bytes that clients get, joined from stored texts, and made once for each state of a board. */
export class TaskReadService {
  readonly #deps: TaskReadServiceDeps;

  constructor(deps: TaskReadServiceDeps) {
    this.#deps = deps;
  }

  /** A page of tasks. `search`: the query as it was sent, which the link to the next page repeats. Throws `cursor-invalid`. */
  async list(clientId: string, query: TaskQuery, search: string): Promise<CachedText> {
    const { store } = this.#deps;
    const sort = taskSort(query);
    const after = query.cursor === undefined ? null : decodePageCursor(query.cursor, query.sort, placeLength(sort.key));
    return this.#cached(`${clientId}?${search}`, await this.#revisionTag(clientId), async () => {
      const { docs, total, next } = await store.listTasks(clientId, taskFilter(query), sort, query.limit, after);
      const headers = { 'x-total-count': String(total) };
      const link = next && nextPageLink(`/tasks/${clientId}`, search, encodePageCursor(query.sort, next));
      return { headers: link === null ? headers : { ...headers, link }, text: `[${docs.join(',')}]` };
    });
  }

  /** The whole board with its place in the event log. */
  async board(clientId: string): Promise<CachedText> {
    const { store } = this.#deps;
    const { revision, seq } = await store.head(clientId);
    const epoch = epochOf(store.epoch, clientId);
    // The place moves on with events that leave the board as it is; one that is kept for long would fall out of the log.
    return this.#cached(`${clientId}/board`, `"${epoch}-${revision}.${seq}"`, async () => {
      const { tasks, rules, head } = await store.board(clientId);
      const stored = rules === null ? null : { key: '', version: 0, doc: rules };
      return {
        headers: {},
        text: boardText(tasks, rulesInForce(clientId, stored).rules, encodeCursor(epoch, head.seq)),
      };
    });
  }

  /** The figures of the board. */
  async stats(clientId: string): Promise<CachedText> {
    return this.#cached(`${clientId}/stats`, await this.#revisionTag(clientId), async () => ({
      headers: {},
      text: JSON.stringify(taskStats(await this.#deps.store.figures(clientId))),
    }));
  }

  async #revisionTag(clientId: string): Promise<string> {
    const { revision }: WorkspaceHead = await this.#deps.store.head(clientId);
    return `"${epochOf(this.#deps.store.epoch, clientId)}-${revision}"`;
  }

  // The tag is read before the text: a write in between makes the text newer than its tag says, never older.
  async #cached(
    address: string,
    etag: string,
    make: () => Promise<{ headers: Readonly<Record<string, string>>; text: string }>,
  ): Promise<CachedText> {
    const known = this.#deps.cache.get(address, etag);
    if (known !== undefined) return known;
    const { headers, text } = await make();
    const made = { etag, headers, body: Buffer.from(text) };
    this.#deps.cache.set(address, made);
    return made;
  }
}

/** A `Link` header to the next page: the same address and query, from the cursor on. */
export function nextPageLink(path: string, search: string, cursor: string): string {
  const parameters = new URLSearchParams(search);
  parameters.set('cursor', cursor);
  return `<${path}?${parameters}>; rel="next"`;
}
