import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from './Button.tsx';
import styles from './State.module.css';

type Props = { title: string; detail?: string | undefined; onRetry?: (() => void) | undefined; children?: ReactNode };

/** What stands where something could not be shown: why, and what to do. */
export const ErrorState = ({ title, detail, onRetry, children }: Props) => (
  <div className={styles.state} role="alert">
    <span className={styles.failed}>
      <CircleAlert size={24} />
    </span>
    <h2 className={styles.title}>{title}</h2>
    {detail !== undefined && <p className={styles.words}>{detail}</p>}
    {children && <div className={styles.words}>{children}</div>}
    {onRetry && (
      <div className={styles.actions}>
        <Button onClick={onRetry}>Try again</Button>
      </div>
    )}
  </div>
);
