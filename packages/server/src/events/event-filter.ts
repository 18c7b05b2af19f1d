import { eventPriorities, type EventChannel, type EventPriority } from '@leanvibe/protocol/event-catalogue';
import type { EncodedEvent } from './encoded-event.ts';
import { pathGlob, type PathMatcher } from './path-glob.ts';

/** What a reader wants to receive. */
export type EventSelection = {
  channels: readonly (EventChannel | 'all')[];
  minPriority: EventPriority;
  excludeFilePatterns: readonly string[];
  /** null: events of any confidence. */
  minConfidence: number | null;
};

/** Whether a reader wants an event. */
export type EventFilter = (event: Pick<EncodedEvent, 'channel' | 'priority' | 'data'>) => boolean;

const rank = Object.fromEntries(eventPriorities.map((priority, index) => [priority, index])) as Record<
  EventPriority,
  number
>;

// Most readers want everything. That they share one function keeps the fan-out of an event out of memory it has not touched lately.
const takesAll: EventFilter = () => true;

/** Compiles a selection. `data` of an event is looked at only where the selection needs it. */
export function eventFilter(selection: EventSelection): EventFilter {
  const everyChannel = selection.channels.includes('all');
  const channels = new Set<string>(selection.channels);
  const minRank = rank[selection.minPriority];
  const excluded = selection.excludeFilePatterns.map(pathGlob);
  const { minConfidence } = selection;
  if (everyChannel && minRank === 0 && excluded.length === 0 && minConfidence === null) return takesAll;
  return (event) =>
    (everyChannel || channels.has(event.channel)) &&
    rank[event.priority] >= minRank &&
    (excluded.length === 0 || !namesExcludedFile(event.data, excluded)) &&
    (minConfidence === null || (confidenceOf(event.data) ?? 1) >= minConfidence);
}

const fileMembers = ['path', 'file', 'file_path', 'paths', 'files', 'file_paths'] as const;

function namesExcludedFile(data: Readonly<Record<string, unknown>>, excluded: readonly PathMatcher[]): boolean {
  const files = fileMembers.flatMap((member) => data[member]).filter((file) => typeof file === 'string');
  return files.some((file) => excluded.some((matches) => matches(file)));
}

/** The confidence score of what the event is about, wherever that kind of event carries it; null when it has none. */
function confidenceOf(data: Readonly<Record<string, unknown>>): number | null {
  for (const subject of [data, data['task'], data['decision']]) {
    if (typeof subject !== 'object' || subject === null) continue;
    const { confidence_score: score, confidence } = subject as Record<string, unknown>;
    if (typeof score === 'number') return score;
    if (typeof confidence === 'number') return confidence;
  }
  return null;
}
