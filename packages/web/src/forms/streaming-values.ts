import type { EventChannel, EventPriority } from '@leanvibe/protocol/event-catalogue';
import type { StreamingPreferences } from '@leanvibe/protocol/streaming';

type Channels = StreamingPreferences['enabled_channels'];

// The values of the protocol, without the schema library that it is written in. A test holds the two together.

/** What people call each channel. */
export const channelTitles: Readonly<Record<EventChannel, string>> = {
  tasks: 'Tasks',
  metrics: 'Metrics',
  analysis: 'Analysis',
  agent: 'Agents',
  voice: 'Voice',
  notifications: 'Notifications',
  files: 'Files',
  system: 'System',
};

const channels = Object.keys(channelTitles) as EventChannel[];

/** The priorities of events, ascending. */
export const priorityNames: readonly EventPriority[] = ['debug', 'low', 'medium', 'high', 'critical'];

/** Whether every channel is received. */
export const isOnAll = (chosen: Channels): boolean => chosen.includes('all');

/** The channels with one taken in or left out; all of them have a name of their own. */
export function withChannel(chosen: Channels, channel: EventChannel, isOn: boolean): Channels {
  const wanted = channels.filter((other) => (other === channel ? isOn : isOnAll(chosen) || chosen.includes(other)));
  return wanted.length === channels.length ? ['all'] : wanted;
}

/** The lines of a text that say something, each once. */
export const linesOf = (text: string): string[] =>
  [...new Set(text.split('\n').map((line) => line.trim()))].filter(Boolean);

const labels: Readonly<Record<string, string>> = {
  enabled_channels: 'Channels',
  min_priority: 'Least priority',
  max_events_per_second: 'Events per second, at most',
  enable_batching: 'Batches',
  batch_interval_ms: 'Gather for (milliseconds)',
  'custom_filters.exclude_file_patterns': 'Files to leave out',
  'custom_filters.min_confidence': 'Least confidence',
};

/** What people call a preference, by its path. */
export const preferenceLabel = (path: string): string => labels[path] ?? path;
