import type { ReactNode } from 'react';
import styles from './Badge.module.css';
import { classNames } from './class-names.ts';

/** How a badge stands out. */
export type BadgeTone = 'neutral' | 'accent' | 'success' | 'warning' | 'danger';

type Props = { tone?: BadgeTone; icon?: ReactNode; title?: string | undefined; children: ReactNode };

/** A word or a number about something. */
export const Badge = ({ tone = 'neutral', icon, title, children }: Props) => (
  <span className={classNames(styles.badge, styles[tone])} title={title}>
    {icon}
    {children}
  </span>
);
