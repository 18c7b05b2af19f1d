import type { Task } from '@leanvibe/protocol/task';
import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { useTaskActions } from '../../hub/task-actions.ts';
import { Button } from '../../ui/Button.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { StatusIcon } from '../StatusIcon.tsx';
import { TaskPicker } from '../TaskPicker.tsx';
import styles from './TaskDrawer.module.css';

type Props = { task: Task; tasksById: ReadonlyMap<string, Task>; onOpen: (taskId: string) => void };

/** What the task waits for, and what waits for it. */
export function DependenciesSection({ task, tasksById, onOpen }: Props) {
  const { update } = useTaskActions();
  const [isPicking, setPicking] = useState(false);
  const waiting = [...tasksById.values()].filter(({ depends_on: ids }) => ids.includes(task.id));
  const candidates = [...tasksById.values()].filter(({ id }) => id !== task.id && !task.depends_on.includes(id));
  const setDependencies = (ids: string[]): void => void update(task, { depends_on: ids });
  return (
    <section className={styles.section} aria-label="Dependencies">
      <div className={styles.sectionHead}>
        <h3>Waits for</h3>
        <Button variant="quiet" icon={<Plus size={14} />} onClick={() => setPicking(true)}>
          Add
        </Button>
      </div>
      {task.depends_on.length === 0 && <p className={styles.quiet}>Nothing</p>}
      <ul className={styles.links}>
        {task.depends_on.map((id) => (
          <li key={id} className={styles.link}>
            <TaskLink task={tasksById.get(id)} onOpen={onOpen} />
            <IconButton
              label={`Do not wait for ${tasksById.get(id)?.title ?? 'the deleted task'}`}
              icon={<X size={14} />}
              onClick={() => setDependencies(task.depends_on.filter((other) => other !== id))}
            />
          </li>
        ))}
      </ul>
      {waiting.length > 0 && (
        <>
          <h3>Waiting for this</h3>
          <ul className={styles.links}>
            {waiting.map((other) => (
              <li key={other.id} className={styles.link}>
                <TaskLink task={other} onOpen={onOpen} />
              </li>
            ))}
          </ul>
        </>
      )}
      {isPicking && (
        <TaskPicker
          title="Wait for which task?"
          tasks={candidates}
          onPick={(picked) => setDependencies([...task.depends_on, picked.id])}
          onClose={() => setPicking(false)}
        />
      )}
    </section>
  );
}

const TaskLink = ({ task, onOpen }: { task: Task | undefined; onOpen: (taskId: string) => void }) =>
  task === undefined ? (
    <span className={styles.linkTitle}>A deleted task</span>
  ) : (
    <>
      <StatusIcon status={task.status} />
      <button type="button" className={styles.linkTitle} onClick={() => onOpen(task.id)}>
        {task.title}
      </button>
    </>
  );
