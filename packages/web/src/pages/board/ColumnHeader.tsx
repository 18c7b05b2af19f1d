import type { TaskStatus } from '@leanvibe/protocol/task';
import { StatusIcon } from '../../components/StatusIcon.tsx';
import { Badge } from '../../ui/Badge.tsx';
import styles from './Column.module.css';

type Props = { status: TaskStatus; title: string; count: number; shown: number; limit: number | null };

/** The name of a column, how many tasks it has, and how many it may have. */
export function ColumnHeader({ status, title, count, shown, limit }: Props) {
  const isFull = limit !== null && count >= limit;
  const amount = shown === count ? `${count}` : `${shown} of ${count}`;
  return (
    <header className={styles.header}>
      <StatusIcon status={status} />
      <h2 id={`column-${status}`} className={styles.title}>
        {title}
      </h2>
      {limit === null ? (
        <span className={styles.count}>{amount}</span>
      ) : (
        <Badge tone={isFull ? 'warning' : 'neutral'} title={isFull ? 'The column is full' : `At most ${limit} tasks`}>
          {amount} / {limit}
          {isFull && <span className={styles.full}> full</span>}
        </Badge>
      )}
    </header>
  );
}
