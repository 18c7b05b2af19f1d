import type { Task } from '@leanvibe/protocol/task';
import styles from './TaskDrawer.module.css';
import { useDraft } from './use-draft.ts';

/** The title, which is also where it is changed. */
export function TitleField({ task }: { task: Task }) {
  const draft = useDraft({
    task,
    read: ({ title }) => title,
    write: (text) => {
      const title = text.replaceAll('\n', ' ').trim();
      return title === '' ? null : { title };
    },
  });
  return (
    <h2>
      <textarea
        className={styles.title}
        rows={1}
        maxLength={255}
        aria-label="Title"
        value={draft.value}
        onFocus={draft.onFocus}
        onChange={draft.onChange}
        onBlur={draft.onBlur}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
          event.preventDefault();
          event.currentTarget.blur();
        }}
      />
    </h2>
  );
}
