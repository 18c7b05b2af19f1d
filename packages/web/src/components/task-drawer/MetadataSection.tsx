import type { Task } from '@leanvibe/protocol/task';
import { useState } from 'react';
import { useTaskActions } from '../../hub/task-actions.ts';
import { TextArea } from '../../ui/TextArea.tsx';
import { readMetadata } from './read-metadata.ts';
import styles from './TaskDrawer.module.css';

const textOf = (task: Task): string =>
  Object.keys(task.metadata).length === 0 ? '' : JSON.stringify(task.metadata, null, 2);

/** What programs have noted about the task, as JSON. */
export function MetadataSection({ task }: { task: Task }) {
  const { update } = useTaskActions();
  const [edit, setEdit] = useState<{ found: Task; text: string } | null>(null);
  const read = edit === null ? null : readMetadata(edit.text);
  const leave = (): void => {
    if (edit === null || read === null || 'error' in read) return;
    setEdit(null);
    if (edit.text !== textOf(edit.found)) void update(edit.found, { metadata: read.metadata });
  };
  return (
    <details className={styles.section}>
      <summary>Metadata</summary>
      <TextArea
        label="Metadata as JSON"
        isLabelHidden
        className={styles.metadata}
        spellCheck={false}
        placeholder="{}"
        value={edit?.text ?? textOf(task)}
        error={read !== null && 'error' in read ? read.error : undefined}
        onChange={({ target }) => setEdit({ found: edit?.found ?? task, text: target.value })}
        onBlur={leave}
      />
    </details>
  );
}
