import type { ClientFrame, ServerFrame } from '@leanvibe/protocol/socket-frames';
import type { StreamEvent } from './event-types.ts';

/** A frame from the server; what is no frame of these types is an event. */
export type IncomingFrame =
  | Exclude<ServerFrame, { type: 'batch' }>
  | { type: 'batch'; events: StreamEvent[] }
  | StreamEvent;

/** A frame to the server. */
export type OutgoingFrame = Extract<ClientFrame, { type: 'heartbeat' | 'ack' | 'subscribe' }>;

type Members = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Members => typeof value === 'object' && value !== null;
const hasText = (value: Members, name: string): boolean => typeof value[name] === 'string';
const looksLikeEvent = (value: unknown): boolean =>
  isObject(value) && hasText(value, 'type') && hasText(value, 'channel') && isObject(value['data']);

/** What a stream relies on in a frame. Its other members are taken as they come. */
const shapes: Readonly<Record<string, (frame: Members) => boolean>> = {
  hello: (frame) => hasText(frame, 'cursor') && Number(frame['heartbeat_interval_ms']) > 0,
  batch: ({ events }) => Array.isArray(events) && events.every(looksLikeEvent),
  synced: (frame) => hasText(frame, 'cursor'),
  snapshot_required: (frame) => hasText(frame, 'cursor'),
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

/** Reads a frame; null when it is none. Types that are not known pass, since a newer server may have more of them. */
export function readFrame(data: unknown): IncomingFrame | null {
  const frame = typeof data === 'string' ? parsed(data) : null;
  if (!isObject(frame) || typeof frame['type'] !== 'string') return null;
  const hasShape = shapes[frame['type']]?.(frame) ?? true;
  return hasShape ? (frame as IncomingFrame) : null;
}

/** Whether a frame is an event of the log or a live one. */
export const isEvent = (frame: IncomingFrame): frame is StreamEvent => looksLikeEvent(frame);
