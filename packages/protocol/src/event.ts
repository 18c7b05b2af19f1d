import { z } from 'zod';
import { Actor } from './actor.ts';
import {
  eventCatalogue,
  eventChannels,
  eventPriorities,
  eventTypes,
  type EventRow,
  type EventType,
} from './event-catalogue.ts';
import { ClientId, EntityIdOutput, EventCursor } from './identifiers.ts';
import { Timestamp } from './time.ts';

const envelope = {
  id: EntityIdOutput,
  type: z.enum(eventTypes),
  seq: z
    .int()
    .min(1)
    .optional()
    .meta({ description: 'Counts 1, 2, 3 … per workspace without gaps; absent on events that are not kept' }),
  cursor: EventCursor.optional().meta({ description: 'Position of this event; resume from it on any transport' }),
  client_id: ClientId,
  channel: z.enum(eventChannels),
  priority: z.enum(eventPriorities),
  timestamp: Timestamp,
  actor: Actor,
  data: z.record(z.string(), z.unknown()),
};

/** An entry of a workspace's event log. */
export const LeanVibeEvent = z.strictObject({ ...envelope, seq: z.int().min(1), cursor: EventCursor });
export type LeanVibeEvent = z.infer<typeof LeanVibeEvent>;

/** The schema of one type of event, with the data it carries. */
export const eventSchema = (type: EventType): z.ZodType => {
  const row: EventRow = eventCatalogue[type];
  const position = row.kept ? { seq: z.int().min(1), cursor: EventCursor } : {};
  const { seq: _seq, cursor: _cursor, ...common } = envelope;
  return z
    .strictObject({ ...common, ...position, type: z.literal(type), channel: z.literal(row.channel), data: row.data })
    .meta({ description: row.description });
};
