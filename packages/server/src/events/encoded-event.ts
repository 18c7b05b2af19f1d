import type { EventChannel, EventPriority, EventType } from '@leanvibe/protocol/event-catalogue';
import type { EventDraft, StoredEvent } from '../database/store.ts';
import { encodeCursor } from './event-cursor.ts';
import { eventText, liveEventText, sseChunk } from './event-text.ts';
import { textFrame } from './text-frame.ts';

type Origin = Pick<StoredEvent, 'type' | 'channel' | 'priority'>;

/** An event with its encodings, each made at the first need and then shared by every reader. */
export class EncodedEvent {
  readonly type: EventType;
  readonly channel: EventChannel;
  readonly priority: EventPriority;
  /** null: the event is not kept. */
  readonly seq: number | null;
  readonly cursor: string | null;
  /** The event as JSON. */
  readonly text: string;
  #frame: Buffer | undefined;
  #chunk: Buffer | undefined;
  #data: Readonly<Record<string, unknown>> | undefined;

  constructor(event: Origin, seq: number | null, cursor: string | null, text: string) {
    this.type = event.type;
    this.channel = event.channel;
    this.priority = event.priority;
    this.seq = seq;
    this.cursor = cursor;
    this.text = text;
  }

  /** The event as a WebSocket text frame. */
  get frame(): Buffer {
    return (this.#frame ??= textFrame(this.text));
  }

  /** The event as a chunk of a Server-Sent Events stream. */
  get chunk(): Buffer {
    return (this.#chunk ??= sseChunk(this.type, this.cursor, this.text));
  }

  /** What the event carries, for filters that look inside. */
  get data(): Readonly<Record<string, unknown>> {
    if (this.#data === undefined) {
      const { data } = JSON.parse(this.text) as { data?: Record<string, unknown> };
      this.#data = data ?? {};
    }
    return this.#data;
  }
}

/** An event of the log, which always has a place in it. */
export type LogEntry = EncodedEvent & { readonly seq: number; readonly cursor: string };

/** Encodes an event of the log. */
export const encodeLogEntry = (event: StoredEvent, epoch: string): LogEntry =>
  new EncodedEvent(event, event.seq, encodeCursor(epoch, event.seq), eventText(event, epoch)) as LogEntry;

/** Encodes an event that is not kept. */
export const encodeLiveEvent = (event: EventDraft): EncodedEvent =>
  new EncodedEvent(event, null, null, liveEventText(event));
