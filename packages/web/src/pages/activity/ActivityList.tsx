import type { LeanVibeEvent } from '@leanvibe/protocol/event';
import { Radio } from 'lucide-react';
import { useMemo } from 'react';
import { momentText } from '../../components/elapsed-time.ts';
import { useNow } from '../../hub/now.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { byDay, dayTitle } from './activity-days.ts';
import type { ActivityStretch } from './activity-feed.ts';
import { isActivityFilterEmpty, type ActivityFilter } from './activity-filter.ts';
import styles from './ActivityList.module.css';
import { EventRow } from './EventRow.tsx';

type Props = {
  stretch: ActivityStretch;
  /** What of it is shown, oldest first. */
  events: readonly LeanVibeEvent[];
  filter: ActivityFilter;
  onEarlier: () => void;
  onReset: () => void;
  onRetry: () => void;
};

/** The events by day, and the way back to earlier ones. */
export function ActivityList({ stretch, events, filter, onEarlier, onReset, onRetry }: Props) {
  const now = useNow(60_000);
  const days = useMemo(() => byDay(events), [events]);
  const isUnread = stretch.events.length === 0;
  if (isUnread && stretch.reading === 'stretch') return <Skeleton label="Reading the activity" rows={8} />;
  if (isUnread && stretch.failure !== null) {
    return <ErrorState title="The activity cannot be read" detail={stretch.failure.detail} onRetry={onRetry} />;
  }
  return (
    <>
      {days.map(({ key, at, events: ofDay }) => (
        <section key={key} aria-label={dayTitle(at, now)}>
          <h2 className={styles.day}>{dayTitle(at, now)}</h2>
          <ol className={styles.events}>
            {ofDay.map((event) => (
              <EventRow key={event.id} event={event} />
            ))}
          </ol>
        </section>
      ))}
      {days.length === 0 && <NothingShown isFiltered={!isActivityFilterEmpty(filter)} onReset={onReset} />}
      <Foot stretch={stretch} isEmpty={days.length === 0} onEarlier={onEarlier} />
    </>
  );
}

const NothingShown = ({ isFiltered, onReset }: { isFiltered: boolean; onReset: () => void }) =>
  isFiltered ? (
    <EmptyState
      icon={<Radio size={24} />}
      title="Nothing matches"
      actions={<Button onClick={onReset}>Clear the filters</Button>}
    >
      Of what has been read so far. There may be more further back.
    </EmptyState>
  ) : (
    <EmptyState icon={<Radio size={24} />} title="Nothing has happened yet">
      Every change to a task, and everything that agents report, stands here the moment it happens.
    </EmptyState>
  );

function Foot({ stretch, isEmpty, onEarlier }: { stretch: ActivityStretch; isEmpty: boolean; onEarlier: () => void }) {
  const first = stretch.events[0];
  if (first === undefined) return null;
  if (stretch.hasOldest) {
    return isEmpty ? null : <p className={styles.foot}>This is where the log begins.</p>;
  }
  return (
    <div className={styles.foot}>
      {stretch.failure !== null && <p role="alert">{stretch.failure.detail}</p>}
      <p>Read back to {momentText(first.timestamp)}</p>
      <Button disabled={stretch.reading !== null} onClick={onEarlier}>
        {stretch.reading === 'earlier' ? 'Loading…' : 'Load earlier'}
      </Button>
    </div>
  );
}
