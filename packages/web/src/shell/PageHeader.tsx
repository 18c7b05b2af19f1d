import { useEffect, type ReactNode } from 'react';
import styles from './PageHeader.module.css';

type Props = { title: string; children?: ReactNode };

/** The head of a page: its name, and what can be done on it. */
export function PageHeader({ title, children }: Props) {
  useEffect(() => {
    document.title = `${title} · LeanVibe`;
  }, [title]);
  return (
    <header className={styles.header}>
      <h1 className={styles.title}>{title}</h1>
      {children}
    </header>
  );
}
