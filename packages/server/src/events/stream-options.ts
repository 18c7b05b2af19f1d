import type { SocketQuery } from '@leanvibe/protocol/socket-frames';
import type { StreamingPreferences } from '@leanvibe/protocol/streaming';
import type { SubscriptionOptions } from './event-subscription.ts';

/** What a new stream receives: what it asks for, and the workspace's preferences for the rest. */
export function streamOptions(query: SocketQuery, preferences: StreamingPreferences): SubscriptionOptions {
  const { custom_filters: filters } = preferences;
  return {
    selection: {
      channels: query.channels ?? preferences.enabled_channels,
      minPriority: query.min_priority ?? preferences.min_priority,
      excludeFilePatterns: filters.exclude_file_patterns,
      minConfidence: filters.min_confidence,
    },
    batchMs: query.batch_ms ?? (preferences.enable_batching ? preferences.batch_interval_ms : 0),
    maxPerSecond: preferences.max_events_per_second,
  };
}
