import type { EventDraft, StoredEvent } from '../database/store.ts';
import { encodeCursor } from './event-cursor.ts';

/** An event of the log as clients get it. `id`, `type`, `seq` and the base of a cursor need no escaping. */
export const eventText = (event: StoredEvent, epoch: string): string =>
  `{"id":"${event.id}","type":"${event.type}","seq":${event.seq},"cursor":"${encodeCursor(epoch, event.seq)}",${event.body}}`;

/** An event that is not kept as clients get it: without a place in the log. */
export const liveEventText = (event: EventDraft): string => `{"id":"${event.id}","type":"${event.type}",${event.body}}`;

/** An event as a chunk of a Server-Sent Events stream. `cursor` null: the reader's position does not change. */
export const sseChunk = (type: string, cursor: string | null, text: string): Buffer =>
  Buffer.from(`${cursor === null ? '' : `id: ${cursor}\n`}event: ${type}\ndata: ${text}\n\n`);
