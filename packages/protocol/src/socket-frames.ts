import { z } from 'zod';
import { LeanVibeEvent } from './event.ts';
import { eventChannels, eventPriorities } from './event-catalogue.ts';
import { ClientId, EventCursor } from './identifiers.ts';
import { Timestamp } from './time.ts';

/** The largest frame a client may send, in bytes; a larger one closes the socket with 1009. */
export const maxFrameBytes = 262_144;

/** Channels as a subscription names them. */
export const subscribableChannels = [...eventChannels, 'all'] as const;
const Channels = z.array(z.enum(subscribableChannels)).min(1).max(subscribableChannels.length);
const MinPriority = z.enum(eventPriorities);
const BatchMs = z.int().min(0).max(1000);
const RequestId = z.string().min(1).max(128);

const commaList = z.string().transform((text) => text.split(',').map((item) => item.trim()));

/** The query of `/ws/{client_id}`. */
export const SocketQuery = z.strictObject({
  cursor: EventCursor.optional().meta({ description: 'Resume after this position; without it the stream starts live' }),
  channels: commaList.pipe(Channels).optional().meta({ description: 'Comma list; default: the stored preferences' }),
  min_priority: MinPriority.optional(),
  device_id: z.string().min(1).max(128).optional().meta({ description: 'Names the device whose acks are kept' }),
  batch_ms: z
    .string()
    .regex(/^\d{1,4}$/, 'must be a whole number of milliseconds from 0 to 1000')
    .transform(Number)
    .pipe(BatchMs)
    .optional(),
  client_type: z.enum(['ios', 'cli', 'web', 'agent', 'unknown']).optional(),
});
export type SocketQuery = z.infer<typeof SocketQuery>;

const frame = <Type extends string, Shape extends z.ZodRawShape>(type: Type, shape: Shape) =>
  z.strictObject({ type: z.literal(type), ...shape });

/** Frames that clients send, by type. */
export const clientFrames = {
  heartbeat: frame('heartbeat', { timestamp: z.unknown().optional() }).meta({
    description: 'Asks for a heartbeat_ack',
  }),
  ack: frame('ack', { cursor: EventCursor }).meta({
    description: 'Everything up to here was seen; kept per device_id',
  }),
  subscribe: frame('subscribe', {
    channels: Channels.optional(),
    min_priority: MinPriority.optional(),
    batch_ms: BatchMs.optional(),
  }).meta({ description: 'Changes what this socket receives from now on; members left out stay' }),
  command: frame('command', {
    request_id: RequestId,
    command: z.string().max(65_536),
    context: z.unknown().optional(),
  }).meta({ description: 'A slash command, such as /help; answered by a response' }),
  message: frame('message', {
    request_id: RequestId,
    content: z.string().max(131_072),
    session_id: z.string().max(128).optional(),
    context: z.unknown().optional(),
  }).meta({ description: 'A question to the assistant; answered by deltas and a response' }),
  code_completion: frame('code_completion', { request_id: RequestId, data: z.record(z.string(), z.unknown()) }).meta({
    description: 'Asks about a place in a file; answered by a response',
  }),
  voice_command: frame('voice_command', { request_id: RequestId, data: z.record(z.string(), z.unknown()) }).meta({
    description: 'A spoken command; answered by a response',
  }),
} as const;
export type ClientFrameType = keyof typeof clientFrames;

/** Any frame that a client may send. */
export const ClientFrame = z.discriminatedUnion('type', [
  clientFrames.heartbeat,
  clientFrames.ack,
  clientFrames.subscribe,
  clientFrames.command,
  clientFrames.message,
  clientFrames.code_completion,
  clientFrames.voice_command,
]);
export type ClientFrame = z.infer<typeof ClientFrame>;

/** Why a stream cannot go on from the cursor that was given. */
export const cursorVerdicts = ['cursor-expired', 'cursor-invalid', 'cursor-ahead'] as const;
export type CursorVerdict = (typeof cursorVerdicts)[number];

/** Frames that the server sends beside events, by type. */
export const serverFrames = {
  hello: frame('hello', {
    client_id: ClientId,
    connection_id: z.string(),
    cursor: EventCursor.meta({ description: 'The end of the log when the socket opened' }),
    heartbeat_interval_ms: z.int(),
    server: z.strictObject({ name: z.string(), version: z.string() }),
  }).meta({ description: 'Always the first frame' }),
  batch: frame('batch', { events: z.array(LeanVibeEvent).min(1) }).meta({ description: 'Several events in order' }),
  synced: frame('synced', { cursor: EventCursor }).meta({
    description: 'Everything that was missed has been sent; the stream is live',
  }),
  snapshot_required: frame('snapshot_required', { reason: z.enum(cursorVerdicts), cursor: EventCursor }).meta({
    description:
      'The cursor cannot be resumed from. Read the board and skip events up to its cursor; this socket goes on live after `cursor`',
  }),
  heartbeat_ack: frame('heartbeat_ack', { timestamp: Timestamp }).meta({
    description: 'Answers a heartbeat with the time of the server',
  }),
  subscribed: frame('subscribed', {
    channels: z.array(z.enum(subscribableChannels)),
    min_priority: MinPriority,
    batch_ms: BatchMs,
  }).meta({
    description: 'What this socket receives after a subscribe',
  }),
  response: frame('response', { request_id: RequestId, data: z.record(z.string(), z.unknown()) }).meta({
    description: 'The whole answer to the request of this id',
  }),
  delta: frame('delta', { request_id: RequestId, text: z.string() }).meta({
    description: 'A piece of the answer to the request of this id, ahead of its response',
  }),
  error: frame('error', { code: z.string(), detail: z.string(), request_id: RequestId.optional() }).meta({
    description: 'A frame was refused; the socket stays open',
  }),
} as const;
export type ServerFrameType = keyof typeof serverFrames;

/** Any frame that the server sends, events aside. */
export const ServerFrame = z.discriminatedUnion('type', [
  serverFrames.hello,
  serverFrames.batch,
  serverFrames.synced,
  serverFrames.snapshot_required,
  serverFrames.heartbeat_ack,
  serverFrames.subscribed,
  serverFrames.response,
  serverFrames.delta,
  serverFrames.error,
]);
export type ServerFrame = z.infer<typeof ServerFrame>;
