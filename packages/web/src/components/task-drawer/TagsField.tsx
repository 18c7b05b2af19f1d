import type { Task } from '@leanvibe/protocol/task';
import { X } from 'lucide-react';
import { useRef, useState } from 'react';
import { useTaskActions } from '../../hub/task-actions.ts';
import { TextField } from '../../ui/TextField.tsx';
import styles from './TaskDrawer.module.css';

/** The tags of a task, each with a way to take it off, and a line for another one. */
export function TagsField({ task }: { task: Task }) {
  const { update } = useTaskActions();
  const [line, setLine] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const add = (): void => {
    const tag = line.trim().replace(/^#/, '');
    setLine('');
    if (tag !== '' && !task.tags.includes(tag)) void update(task, { tags: [...task.tags, tag] });
  };
  const remove = (tag: string): void => {
    field.current?.focus();
    void update(task, { tags: task.tags.filter((other) => other !== tag) });
  };
  return (
    <div className={styles.wideField}>
      <TextField
        ref={field}
        label="Tags"
        placeholder="Add a tag"
        maxLength={64}
        value={line}
        onChange={({ target }) => setLine(target.value)}
        onBlur={add}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          event.preventDefault();
          add();
        }}
      />
      {task.tags.length > 0 && (
        <ul className={styles.tags} aria-label="Tags of the task">
          {task.tags.map((tag) => (
            <li key={tag} className={styles.tag}>
              {tag}
              <button type="button" aria-label={`Remove the tag ${tag}`} onClick={() => remove(tag)}>
                <X size={12} aria-hidden="true" />
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
