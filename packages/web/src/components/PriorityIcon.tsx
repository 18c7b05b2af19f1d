import type { TaskPriority } from '@leanvibe/protocol/task';
import { priorities, priorityTitles } from '../hub/task-values.ts';
import styles from './PriorityIcon.module.css';

/** Bars that rise with the priority; the highest one is filled, so that it needs no colour to be seen. */
export function PriorityIcon({ priority }: { priority: TaskPriority }) {
  const level = priorities.indexOf(priority);
  const label = `Priority: ${priorityTitles[priority]}`;
  return (
    <svg className={styles.icon} data-priority={priority} viewBox="0 0 16 16" role="img" aria-label={label}>
      <title>{label}</title>
      {priority === 'critical' ? (
        <path d="M4 1h8a3 3 0 0 1 3 3v8a3 3 0 0 1-3 3H4a3 3 0 0 1-3-3V4a3 3 0 0 1 3-3Zm3.2 2.8.3 5.2h1l.3-5.2H7.2Zm.8 8.4a.9.9 0 1 0 0-1.8.9.9 0 0 0 0 1.8Z" />
      ) : (
        [0, 1, 2].map((bar) => (
          <rect
            key={bar}
            x={2 + bar * 4.5}
            y={10 - bar * 3.5}
            width="3"
            height={4 + bar * 3.5}
            rx="1"
            data-faint={bar > level}
          />
        ))
      )}
    </svg>
  );
}
