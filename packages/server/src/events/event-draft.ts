import { randomUUIDv7 } from 'node:crypto';
import type { Actor } from '@leanvibe/protocol/actor';
import { eventCatalogue, type EventData, type EventType } from '@leanvibe/protocol/event-catalogue';
import type { EventDraft } from '../database/store.ts';

/** What an event says beside its type. `taskId`: the task whose history it belongs to. */
export type EventFacts<Type extends EventType> = {
  clientId: string;
  actor: Actor;
  /** RFC 3339, UTC, milliseconds. */
  timestamp: string;
  taskId?: string | null;
  data: EventData<Type>;
};

/** An event that is to be appended with the change that caused it. Channel and priority are those of the catalogue. */
export function eventDraft<Type extends EventType>(type: Type, facts: EventFacts<Type>): EventDraft {
  const { channel, priority } = eventCatalogue[type];
  const members = JSON.stringify({
    client_id: facts.clientId,
    channel,
    priority,
    timestamp: facts.timestamp,
    actor: facts.actor,
    data: facts.data,
  });
  return {
    id: randomUUIDv7(),
    type,
    channel,
    priority,
    timestamp: facts.timestamp,
    taskId: facts.taskId ?? null,
    body: members.slice(1, -1),
  };
}
