import type { Store } from '../database/store.ts';
import type { MetricsRegistry } from './metrics-registry.ts';

/** Shows the storage among the figures: commits as they happen, size and state as they are when asked. */
export function observeStore(store: Store, metrics: MetricsRegistry): void {
  store.onCommit((group) => {
    metrics.committed(group.writeSets);
    metrics.eventsAppended(group.events);
  });
  metrics.watch({
    name: 'leanvibe_storage_bytes',
    help: 'Bytes of the database on disk.',
    read: () => store.sizeBytes(),
  });
  metrics.watchState({
    name: 'leanvibe_storage_state',
    help: 'Whether writing works: full while the disk is full, failed after an error that needs a restart.',
    states: ['ok', 'full', 'failed'],
    read: () => store.state,
  });
}
