import type { TaskStatus } from '@leanvibe/protocol/task';
import { Plus } from 'lucide-react';
import { useRef, useState, type KeyboardEvent } from 'react';
import { useTaskActions } from '../../hub/task-actions.ts';
import { priorityTitles } from '../../hub/task-values.ts';
import { Badge } from '../../ui/Badge.tsx';
import { parseQuickAdd, type QuickAdd as QuickAddLine } from './quick-add.ts';
import styles from './QuickAdd.module.css';

type Props = { status: TaskStatus; columnTitle: string };

/** The foot of a column: a line in which tasks are written one after the other. */
export function QuickAdd({ status, columnTitle }: Props) {
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const leave = (): void => {
    setOpen(false);
    // The button is there again with the next paint.
    requestAnimationFrame(() => button.current?.focus());
  };
  if (isOpen) {
    return <QuickAddForm status={status} columnTitle={columnTitle} onLeave={leave} onClose={() => setOpen(false)} />;
  }
  return (
    <button ref={button} type="button" className={styles.open} data-quick-add={status} onClick={() => setOpen(true)}>
      <Plus size={14} aria-hidden="true" /> New task
      <span className="visually-hidden"> in {columnTitle}</span>
    </button>
  );
}

type FormProps = Props & {
  /** Closes the line and gives the focus back. */
  onLeave: () => void;
  /** Closes the line when the focus is elsewhere already. */
  onClose: () => void;
};

function QuickAddForm({ status, columnTitle, onLeave, onClose }: FormProps) {
  const { create } = useTaskActions();
  const [line, setLine] = useState('');
  const parsed = parseQuickAdd(line);
  const add = async (): Promise<void> => {
    if (parsed === null) return;
    setLine('');
    const isDone = await create({ ...parsed, status });
    // What was refused is not lost, unless something else is being written already.
    if (!isDone) setLine((written) => written || line);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter') {
      event.preventDefault();
      void add();
    } else if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      onLeave();
    }
  };
  return (
    <div className={styles.form}>
      <input
        className={styles.input}
        autoFocus
        autoComplete="off"
        enterKeyHint="done"
        maxLength={512}
        aria-label={`New task in ${columnTitle}`}
        aria-describedby={`quick-add-${status}`}
        placeholder="Title !high #tag @agent"
        value={line}
        onChange={({ target }) => setLine(target.value)}
        onKeyDown={onKeyDown}
        onBlur={() => line === '' && onClose()}
      />
      <p id={`quick-add-${status}`} className={styles.hint}>
        {parsed === null || isPlain(parsed) ? 'Enter adds, Esc leaves' : <QuickAddFacts parsed={parsed} />}
      </p>
    </div>
  );
}

const isPlain = ({ priority, tags, assigned_to: name }: QuickAddLine): boolean =>
  priority === undefined && tags === undefined && name === undefined;

function QuickAddFacts({ parsed: { priority, tags = [], assigned_to: name } }: { parsed: QuickAddLine }) {
  return (
    <>
      {priority !== undefined && <Badge tone="accent">{priorityTitles[priority]}</Badge>}
      {tags.map((tag) => (
        <Badge key={tag}>#{tag}</Badge>
      ))}
      {name && <Badge>@{name}</Badge>}
    </>
  );
}
