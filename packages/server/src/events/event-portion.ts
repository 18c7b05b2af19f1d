import type { LogEntry } from './encoded-event.ts';
import type { EventFilter } from './event-filter.ts';

/** A part of the log as one reader is to get it: the events it wants, and how many entries that covers. */
export type Portion = { events: readonly LogEntry[]; covered: number };

/** How much goes out at a time. A single event may exceed the bytes. */
export type PortionLimits = { maxEvents: number; maxBytes: number };

const nothing: readonly LogEntry[] = [];

/** Takes entries from `start` on until a limit is reached. What the filter leaves out is covered too. */
export function takePortion(
  entries: readonly LogEntry[],
  start: number,
  filter: EventFilter,
  limits: PortionLimits,
): Portion {
  // The usual case by far, a thousand times for each event: one new event for a reader at the end of the log.
  if (entries.length === 1) return { events: filter(entries[0]!) ? entries : nothing, covered: 1 };
  const events: LogEntry[] = [];
  let bytes = 0;
  let index = start;
  for (; index < entries.length; index += 1) {
    const entry = entries[index]!;
    if (!filter(entry)) continue;
    bytes += entry.text.length;
    if (events.length === limits.maxEvents || (events.length > 0 && bytes > limits.maxBytes)) break;
    events.push(entry);
  }
  return { events, covered: index - start };
}
