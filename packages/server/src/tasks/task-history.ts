import type { Store } from '../database/store.ts';
import { epochOf } from '../events/event-cursor.ts';
import { eventText } from '../events/event-text.ts';
import { decodePageCursor, encodePageCursor, foreignCursor } from './page-cursor.ts';
import { taskNotFound } from './task-refusal.ts';

/** Which part of a history to read. */
export type HistoryQuery = { limit: number; cursor?: string | undefined };

/** A page of a history, as a JSON array. `next`: the cursor of the next page; null on the last one. */
export type HistoryPage = { text: string; total: number; next: string | null };

const order = 'history';

/**
 * The events of a task, oldest first, also of one that was deleted. Throws `task-not-found` when there never was one, and
 * `cursor-invalid`.
 */
export async function taskHistory(
  store: Store,
  clientId: string,
  id: string,
  { limit, cursor }: HistoryQuery,
): Promise<HistoryPage> {
  const after = cursor === undefined ? 0 : readSeq(cursor);
  const { events, total } = await store.taskEvents(clientId, id, after, limit + 1);
  // The log may have forgotten what the board still has, and the other way round.
  if (total === 0 && (await store.task(clientId, id)) === null) throw taskNotFound(id);
  const epoch = epochOf(store.epoch, clientId);
  const page = events.slice(0, limit);
  return {
    text: `[${page.map((event) => eventText(event, epoch)).join(',')}]`,
    total,
    next: events.length > limit ? encodePageCursor(order, [page.at(-1)!.seq]) : null,
  };
}

function readSeq(cursor: string): number {
  const [seq] = decodePageCursor(cursor, order, 1);
  if (typeof seq !== 'number' || !Number.isSafeInteger(seq)) throw foreignCursor();
  return seq;
}
