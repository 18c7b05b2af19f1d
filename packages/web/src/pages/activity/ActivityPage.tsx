import { useDeferredValue, useMemo, useState } from 'react';
import { useSearchParams } from 'wouter';
import { PageHeader } from '../../shell/PageHeader.tsx';
import { ActivityControls } from './ActivityControls.tsx';
import { ActivityFilters } from './ActivityFilters.tsx';
import { ActivityList } from './ActivityList.tsx';
import { ActivityNotice } from './ActivityNotice.tsx';
import styles from './ActivityPage.module.css';
import { activityMatcher, readActivityFilter, writeActivityFilter, type ActivityFilter } from './activity-filter.ts';
import { useActivityFeed } from './use-activity-feed.ts';

const timeIn = (search: URLSearchParams): number | null => {
  const ms = Date.parse(search.get('at') ?? '');
  return Number.isNaN(ms) ? null : ms;
};

/** What has happened, newest first, as it happens; filters and the time that is looked at stand in the address. */
export function ActivityPage() {
  const [search, setSearch] = useSearchParams();
  const atMs = timeIn(search);
  const filter = useMemo(() => readActivityFilter(search), [search]);
  const [stretch, feed] = useActivityFeed(atMs);
  // The last event that is shown while paused; null: all are.
  const [pausedAt, setPausedAt] = useState<number | null>(null);
  const matches = useMemo(() => activityMatcher(filter), [filter]);
  const events = useDeferredValue(stretch.events);
  const matching = useMemo(() => events.filter(matches), [events, matches]);
  const shown = useMemo(
    () => (pausedAt === null ? matching : matching.filter(({ seq }) => seq <= pausedAt)),
    [matching, pausedAt],
  );
  const setFilter = (wanted: ActivityFilter): void =>
    setSearch((before) => writeActivityFilter(before, wanted), { replace: true });
  const goTo = (timeMs: number | null): void => {
    setPausedAt(null);
    setSearch((before) => {
      const wanted = new URLSearchParams(before);
      if (timeMs === null) wanted.delete('at');
      else wanted.set('at', new Date(timeMs).toISOString());
      return wanted;
    });
  };
  return (
    <>
      <PageHeader title="Activity">
        <ActivityControls
          isLive={stretch.isLive}
          isPaused={pausedAt !== null}
          waiting={matching.length - shown.length}
          onPause={(isPaused) => setPausedAt(isPaused ? (stretch.events.at(-1)?.seq ?? 0) : null)}
          onJump={goTo}
        />
      </PageHeader>
      <ActivityFilters filter={filter} events={events} onChange={setFilter} />
      <div className={styles.scroll}>
        <ActivityNotice stretch={stretch} atMs={atMs} onLater={() => void feed?.later()} onLive={() => goTo(null)} />
        <ActivityList
          stretch={stretch}
          events={shown}
          filter={filter}
          onEarlier={() => void feed?.earlier(matches)}
          onReset={() => setFilter({ types: [], channels: [], actors: [], words: '' })}
          onRetry={() => void (atMs === null ? feed?.openLive() : feed?.openAt(atMs))}
        />
      </div>
    </>
  );
}
