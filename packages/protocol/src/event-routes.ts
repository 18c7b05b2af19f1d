import { z } from 'zod';
import { LeanVibeEvent } from './event.ts';
import { ClientId, EventCursor } from './identifiers.ts';
import { PageLimit } from './list-query.ts';
import { route } from './route.ts';
import { SocketQuery } from './socket-frames.ts';
import { Connection, StreamingPreferences, StreamingPreferencesUpdate } from './streaming.ts';

const workspace = z.strictObject({ client_id: ClientId });

/** The query of `GET /events/{client_id}/log`. */
export const EventLogQuery = z.strictObject({
  cursor: EventCursor.optional().meta({ description: 'Read what comes after; without it, from the oldest event kept' }),
  limit: PageLimit,
  wait_seconds: z
    .string()
    .regex(/^\d{1,2}$/, 'must be a whole number from 0 to 60')
    .transform(Number)
    .pipe(z.int().min(0).max(60))
    .default(0)
    .meta({ description: 'How long to wait for an event when there is none' }),
});
export type EventLogQuery = z.output<typeof EventLogQuery>;

/** The routes of the event log and its streams. */
export const eventRoutes = {
  streamEvents: route({
    method: 'GET',
    path: '/events/{client_id}',
    tag: 'Events',
    summary: 'Events as Server-Sent Events',
    description: '`id:` is the cursor. `Last-Event-ID` or `?cursor=` resumes. A comment line every 15 seconds.',
    access: 'read',
    params: workspace,
    query: SocketQuery,
    answers: { 200: { description: 'The stream', mediaType: 'text/event-stream' } },
    errors: ['cursor-expired', 'cursor-invalid', 'too-many-connections'],
  }),
  readEventLog: route({
    method: 'GET',
    path: '/events/{client_id}/log',
    tag: 'Events',
    summary: 'A page of the event log',
    description:
      'Go on from `X-Cursor`. With `wait_seconds` an empty page is answered when an event comes or the time is over.',
    access: 'read',
    params: workspace,
    query: EventLogQuery,
    answers: {
      200: {
        description: 'Events in order',
        body: z.array(LeanVibeEvent),
        headers: ['Link', 'X-Total-Count', 'X-Cursor'],
      },
    },
    errors: ['cursor-expired', 'cursor-invalid'],
  }),
  openSocket: route({
    method: 'GET',
    path: '/ws/{client_id}',
    tag: 'Events',
    summary: 'Open a WebSocket',
    description: 'The frames are in /asyncapi.json. A request without an upgrade is answered 426.',
    access: 'read',
    params: workspace,
    query: SocketQuery,
    answers: { 101: { description: 'The socket is open' } },
    errors: ['upgrade-required', 'too-many-connections'],
  }),
  listConnections: route({
    method: 'GET',
    path: '/connections',
    tag: 'Streaming',
    summary: 'The open sockets and streams',
    access: 'admin',
    answers: { 200: { description: 'The connections', body: z.array(Connection), headers: ['X-Total-Count'] } },
  }),
  getStreamingPreferences: route({
    method: 'GET',
    path: '/streaming/clients/{client_id}/preferences',
    tag: 'Streaming',
    summary: 'What new sockets of a workspace receive',
    access: 'read',
    params: workspace,
    answers: { 200: { description: 'The preferences', body: StreamingPreferences, headers: ['ETag'] } },
  }),
  updateStreamingPreferences: route({
    method: 'PUT',
    path: '/streaming/clients/{client_id}/preferences',
    tag: 'Streaming',
    summary: 'Change what new sockets receive',
    description: 'Only the members that are present change.',
    access: 'write',
    params: workspace,
    body: StreamingPreferencesUpdate,
    versioned: true,
    answers: { 200: { description: 'The preferences as they are now', body: StreamingPreferences, headers: ['ETag'] } },
    errors: ['version-conflict', 'write-contention'],
  }),
} as const;
