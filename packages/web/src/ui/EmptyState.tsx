import type { ReactNode } from 'react';
import styles from './State.module.css';

type Props = { icon?: ReactNode; title: string; children?: ReactNode; actions?: ReactNode };

/** What stands where there is nothing yet: why, and what to do. */
export const EmptyState = ({ icon, title, children, actions }: Props) => (
  <div className={styles.state}>
    {icon && <span className={styles.icon}>{icon}</span>}
    <h2 className={styles.title}>{title}</h2>
    {children && <div className={styles.words}>{children}</div>}
    {actions && <div className={styles.actions}>{actions}</div>}
  </div>
);
