import type { LeanVibeEvent } from '@leanvibe/protocol/event';
import { memo } from 'react';
import { momentText } from '../../components/elapsed-time.ts';
import { shownChanges } from '../../components/event-changes.ts';
import { eventSentence } from '../../components/event-sentence.ts';
import { AppLink } from '../../shell/AppLink.tsx';
import { Avatar } from '../../ui/Avatar.tsx';
import { Badge } from '../../ui/Badge.tsx';
import styles from './ActivityList.module.css';

const timeOf = (timestamp: string): string =>
  new Date(timestamp).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', second: '2-digit' });

/** One event as a sentence, with what changed. */
export const EventRow = memo(function EventRow({ event }: { event: LeanVibeEvent }) {
  const { did, subject, rest } = eventSentence(event);
  const { kind, id } = event.actor;
  const isUrgent = event.priority === 'high' || event.priority === 'critical';
  return (
    <li className={styles.event}>
      <time
        className={styles.time}
        dateTime={event.timestamp}
        title={`${momentText(event.timestamp)}, event ${event.seq}`}
      >
        {timeOf(event.timestamp)}
      </time>
      <Avatar name={id} />
      <div className={styles.words}>
        <p className={styles.sentence}>
          <span className={styles.person}>{id}</span>
          {kind !== 'human' && (
            <>
              {' '}
              <Badge>{kind}</Badge>
            </>
          )}{' '}
          {did} {subject !== null && <Subject {...subject} />}
          {rest.startsWith(':') ? rest : ` ${rest}`}
          {isUrgent && (
            <>
              {' '}
              <Badge tone="warning">{event.priority}</Badge>
            </>
          )}
        </p>
        <Changes changes={event.data['changes']} />
      </div>
    </li>
  );
});

const Subject = ({ id, title, isThere }: { id: string; title: string; isThere: boolean }) =>
  isThere ? (
    <AppLink to={`/?task=${id}`} className={styles.subject}>
      {title}
    </AppLink>
  ) : (
    <span className={styles.gone}>{title}</span>
  );

function Changes({ changes }: { changes: unknown }) {
  const shown = shownChanges(changes);
  if (shown.length === 0) return null;
  return (
    <dl className={styles.changes}>
      {shown.map(({ field, title, from, to }) => (
        <div key={field} className={styles.change}>
          <dt>{title}</dt>
          <dd>
            <span className={styles.from}>{from}</span> <span aria-hidden="true">→</span>
            <span className="visually-hidden"> became </span> <span className={styles.to}>{to}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}
