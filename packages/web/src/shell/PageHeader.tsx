import { useEffect, type ReactNode } from 'react';
import { useBoard } from '../hub/use-board.ts';
import styles from './PageHeader.module.css';
import { pageTitle } from './page-title.ts';
import { pendingApprovals } from './pending-approvals.ts';

type Props = { title: string; children?: ReactNode };

/** The head of a page: its name, and what can be done on it. */
export function PageHeader({ title, children }: Props) {
  const waiting = pendingApprovals(useBoard()).length;
  useEffect(() => {
    document.title = pageTitle(title, waiting);
  }, [title, waiting]);
  return (
    <header className={styles.header}>
      <h1 className={styles.title}>{title}</h1>
      {children}
    </header>
  );
}
