import type { Board } from '@leanvibe/protocol/board';
import styles from './BoardPage.module.css';

const showColumn = (status: string): void =>
  document
    .querySelector(`[data-column="${status}"]`)
    ?.scrollIntoView({ inline: 'center', block: 'nearest', behavior: 'smooth' });

/** On a phone, where one column is in sight: the way to the others. */
export const ColumnTabs = ({ columns }: { columns: Board['columns'] }) => (
  <nav className={styles.tabs} aria-label="Columns">
    {columns.map(({ status, title, task_count: count }) => (
      <button key={status} type="button" className={styles.tab} onClick={() => showColumn(status)}>
        {title} {count}
      </button>
    ))}
  </nav>
);
