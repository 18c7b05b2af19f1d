import type { Board } from '@leanvibe/protocol/board';
import type { Task } from '@leanvibe/protocol/task';
import { useEffect, useLayoutEffect, useRef, type KeyboardEvent } from 'react';
import { useTaskActions } from '../../hub/task-actions.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { useKeptFocus } from '../../ui/use-kept-focus.ts';
import { ApprovalSection } from './ApprovalSection.tsx';
import { DependenciesSection } from './DependenciesSection.tsx';
import { DescriptionSection } from './DescriptionSection.tsx';
import { DrawerHeader } from './DrawerHeader.tsx';
import { HistorySection } from './HistorySection.tsx';
import { MetadataSection } from './MetadataSection.tsx';
import { TaskFields } from './TaskFields.tsx';
import { TitleField } from './TitleField.tsx';
import styles from './TaskDrawer.module.css';

type Props = {
  taskId: string;
  board: Board;
  tasksById: ReadonlyMap<string, Task>;
  onOpen: (taskId: string) => void;
  onClose: () => void;
};

/** Where it covers everything else, so that the rest must not be reached by the tabulator. */
const coversAll = '(max-width: 719px)';

/** A task with everything that can be known and done about it, beside the board. */
export function TaskDrawer({ taskId, board, tasksById, onOpen, onClose }: Props) {
  const drawer = useRef<HTMLDivElement>(null);
  const task = tasksById.get(taskId);
  const lastSeen = useRef(task);
  useEffect(() => {
    if (task !== undefined) lastSeen.current = task;
  }, [task]);
  useLayoutEffect(() => {
    drawer.current?.focus();
    return makeOthersInert(drawer.current!);
  }, []);
  useKeptFocus(drawer);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.preventDefault();
    // What is being written is kept: leaving a field sends it.
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    onClose();
  };
  return (
    <div
      ref={drawer}
      className={styles.drawer}
      role="dialog"
      aria-label={task?.title ?? 'Task'}
      tabIndex={-1}
      data-task-drawer
      onKeyDown={onKeyDown}
    >
      {task === undefined ? (
        <GoneTask task={lastSeen.current} onClose={onClose} />
      ) : (
        <>
          <DrawerHeader task={task} onClose={onClose} />
          <div className={styles.body}>
            <TitleField task={task} />
            <ApprovalSection task={task} />
            <TaskFields task={task} board={board} />
            <DescriptionSection task={task} />
            <DependenciesSection task={task} tasksById={tasksById} onOpen={onOpen} />
            <MetadataSection task={task} />
            <HistorySection taskId={task.id} tasksById={tasksById} />
          </div>
        </>
      )}
    </div>
  );
}

/** Takes everything beside the drawer out of reach while it covers all; the answer gives it back. */
function makeOthersInert(drawer: HTMLElement): () => void {
  const query = matchMedia(coversAll);
  const others = [...(drawer.parentElement?.children ?? [])].filter((element) => element !== drawer);
  const apply = (): void => others.forEach((element) => element.toggleAttribute('inert', query.matches));
  apply();
  query.addEventListener('change', apply);
  return () => {
    query.removeEventListener('change', apply);
    for (const element of others) element.removeAttribute('inert');
  };
}

function GoneTask({ task, onClose }: { task: Task | undefined; onClose: () => void }) {
  const { restore } = useTaskActions();
  return (
    <EmptyState
      title={task === undefined ? 'There is no such task' : 'This task was deleted'}
      actions={
        <>
          {task !== undefined && <Button onClick={() => void restore(task)}>Restore it</Button>}
          <Button variant="primary" onClick={onClose}>
            Back to the board
          </Button>
        </>
      }
    >
      {task === undefined ? 'It may have been deleted, or the link is of another workspace.' : task.title}
    </EmptyState>
  );
}
