import { z } from 'zod';
import { eventPriorities } from './event-catalogue.ts';
import { ClientId, EventCursor } from './identifiers.ts';
import { subscribableChannels } from './socket-frames.ts';
import { Timestamp } from './time.ts';

/** What kinds of program connect. */
export const clientTypes = ['ios', 'cli', 'web', 'agent', 'unknown'] as const;
export type ClientType = (typeof clientTypes)[number];

/** An open stream, as `GET /connections` lists it. */
export const Connection = z.strictObject({
  connection_id: z.string(),
  client_id: ClientId,
  device_id: z.string().nullable(),
  client_type: z.enum(clientTypes),
  transport: z.enum(['websocket', 'sse']),
  connected_at: Timestamp,
  last_seen: Timestamp,
  cursor: EventCursor,
  acked_cursor: EventCursor.nullable().meta({ description: 'What this device has acknowledged' }),
  queued_bytes: z.int().min(0),
  events_sent: z.int().min(0),
});
export type Connection = z.infer<typeof Connection>;

const CustomFilters = z.strictObject({
  exclude_file_patterns: z
    .array(z.string().min(1).max(256))
    .max(100)
    .meta({ description: 'Globs; events whose data names a file that matches one are left out' }),
  min_confidence: z
    .number()
    .min(0)
    .max(1)
    .nullable()
    .meta({ description: 'Events about something with a lower confidence score are left out' }),
});

const members = {
  enabled_channels: z.array(z.enum(subscribableChannels)).max(subscribableChannels.length),
  min_priority: z.enum(eventPriorities),
  max_events_per_second: z
    .int()
    .min(1)
    .max(10_000)
    .nullable()
    .meta({ description: 'Above it events are delayed into batches, never lost; null: no limit' }),
  enable_batching: z.boolean(),
  batch_interval_ms: z.int().min(0).max(1000),
};

/** What new sockets of a workspace receive unless they ask for something else. */
export const StreamingPreferences = z.strictObject({
  client_id: ClientId,
  version: z.int().min(1),
  updated_at: Timestamp.nullable(),
  ...members,
  custom_filters: CustomFilters,
});
export type StreamingPreferences = z.infer<typeof StreamingPreferences>;

/** Body of `PUT /streaming/clients/{client_id}/preferences`: only the members that are present change. */
export const StreamingPreferencesUpdate = z
  .strictObject({ ...members, custom_filters: CustomFilters.partial() })
  .partial();
export type StreamingPreferencesUpdate = z.infer<typeof StreamingPreferencesUpdate>;

/** The preferences of a workspace that has stored none. */
export const defaultStreamingPreferences = {
  enabled_channels: ['all'],
  min_priority: 'debug',
  max_events_per_second: null,
  enable_batching: false,
  batch_interval_ms: 100,
  custom_filters: { exclude_file_patterns: [], min_confidence: null },
} as const;
