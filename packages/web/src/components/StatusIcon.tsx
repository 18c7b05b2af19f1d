import type { TaskStatus } from '@leanvibe/protocol/task';
import { CircleCheck, CircleDashed, CircleDot, FlaskConical, type LucideIcon } from 'lucide-react';
import styles from './StatusIcon.module.css';

const icons: Readonly<Record<TaskStatus, LucideIcon>> = {
  backlog: CircleDashed,
  in_progress: CircleDot,
  testing: FlaskConical,
  done: CircleCheck,
};

/** The sign of a column, beside its name. */
export function StatusIcon({ status }: { status: TaskStatus }) {
  const Icon = icons[status];
  return <Icon size={14} className={styles.icon} data-status={status} aria-hidden="true" />;
}
