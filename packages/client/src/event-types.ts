import type { LeanVibeEvent } from '@leanvibe/protocol/event';
import type { EventData, eventCatalogue, EventType } from '@leanvibe/protocol/event-catalogue';

type Envelope = Omit<LeanVibeEvent, 'type' | 'data' | 'seq' | 'cursor'>;
type Kept<Type extends EventType> = (typeof eventCatalogue)[Type]['kept'];

/** Events that are kept in the log have a position; the others are sent live only. */
type Position<Type extends EventType> =
  Kept<Type> extends true ? { seq: number; cursor: string } : { seq?: undefined; cursor?: undefined };

/** An event of one type, with the data it carries. */
export type EventOf<Type extends EventType> = Envelope & Position<Type> & { type: Type; data: EventData<Type> };

/** Any event of the catalogue; its `type` tells which. */
export type StreamEvent = { [Type in EventType]: EventOf<Type> }[EventType];

/** An event with a position in the log. */
export type LoggedEvent = Extract<StreamEvent, { seq: number }>;
