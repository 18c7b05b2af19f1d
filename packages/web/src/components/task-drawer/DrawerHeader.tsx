import type { Task } from '@leanvibe/protocol/task';
import { Link, Trash2, X } from 'lucide-react';
import { useTaskActions } from '../../hub/task-actions.ts';
import { copyText } from '../../ui/copy-text.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { useToasts } from '../../ui/Toasts.tsx';
import styles from './TaskDrawer.module.css';

/** What can be done with the task as a whole. */
export function DrawerHeader({ task, onClose }: { task: Task; onClose: () => void }) {
  const { remove } = useTaskActions();
  const toasts = useToasts();
  const copyLink = async (): Promise<void> => {
    const isDone = await copyText(location.href);
    toasts.show(
      isDone
        ? { text: 'Copied the link', tone: 'neutral' }
        : { text: 'The browser does not let it be copied', tone: 'danger' },
    );
  };
  return (
    <header className={styles.header}>
      <span className={styles.id} title={task.id}>
        Version {task.version}
      </span>
      <IconButton label="Copy the link" icon={<Link size={16} />} onClick={() => void copyLink()} />
      <IconButton
        label="Delete the task"
        icon={<Trash2 size={16} />}
        onClick={() => {
          void remove(task);
          onClose();
        }}
      />
      <IconButton label="Close the task" icon={<X size={16} />} shortcut="Escape" onClick={onClose} />
    </header>
  );
}
