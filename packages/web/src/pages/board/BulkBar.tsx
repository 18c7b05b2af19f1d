import type { Task, TaskStatus, TaskUpdate } from '@leanvibe/protocol/task';
import { ArrowRightLeft, Signal, Tag, Trash2, User, X } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import { assigneeItems, moveItems, priorityItems } from '../../components/task-menu.tsx';
import { useTaskActions } from '../../hub/task-actions.ts';
import type { SingleCommand } from '../../hub/task-command.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Menu } from '../../ui/Menu.tsx';
import type { MenuItem } from '../../ui/MenuPopover.tsx';
import { TextField } from '../../ui/TextField.tsx';
import styles from './BulkBar.module.css';
import { focusCardsIfNowhere } from './focus-cards.ts';

type Props = { tasks: readonly Task[]; names: readonly string[]; onClear: () => void };

/** What can be done to all chosen tasks at once. */
export function BulkBar({ tasks, names, onClear }: Props) {
  const { bulk } = useTaskActions();
  const [isTagging, setTagging] = useState(false);
  // The bar goes away with what was pressed on it.
  useEffect(() => () => focusCardsIfNowhere(), []);
  const run = (commandOf: (task: Task) => SingleCommand | null): void => {
    const commands = tasks.flatMap((task) => commandOf(task) ?? []);
    if (commands.length > 0) void bulk(commands);
  };
  const update = (changes: TaskUpdate): void => run((before) => ({ kind: 'update', before, changes }));
  const move = (status: TaskStatus): void =>
    run((before) => (before.status === status ? null : { kind: 'move', before, to: { status } }));
  const addTag = (tag: string): void =>
    run((before) =>
      before.tags.includes(tag) ? null : { kind: 'update', before, changes: { tags: [...before.tags, tag] } },
    );
  const remove = (): void => {
    run((before) => ({ kind: 'delete', before }));
    onClear();
  };
  return (
    <div className={styles.bar} role="toolbar" data-bottom-bar aria-label="Selected tasks">
      <span className={styles.count}>{tasks.length} selected</span>
      <BulkMenu label="Move to" icon={<ArrowRightLeft size={14} />} items={moveItems(null, move)} />
      <BulkMenu
        label="Priority"
        icon={<Signal size={14} />}
        items={priorityItems(null, (priority) => update({ priority }))}
      />
      <BulkMenu
        label="Assign"
        icon={<User size={14} />}
        items={assigneeItems('', names, (name) => update({ assigned_to: name }))}
      />
      <Button icon={<Tag size={14} />} onClick={() => setTagging(true)}>
        Tag
      </Button>
      <Button variant="danger" icon={<Trash2 size={14} />} onClick={remove}>
        Delete
      </Button>
      <IconButton label="Select nothing" icon={<X size={16} />} shortcut="Escape" onClick={onClear} />
      {isTagging && <TagDialog count={tasks.length} onTag={addTag} onClose={() => setTagging(false)} />}
    </div>
  );
}

const BulkMenu = ({ label, icon, items }: { label: string; icon: ReactNode; items: readonly MenuItem[] }) => (
  // None of the values is that of all of them, so none is checked.
  <Menu label={label} sections={[{ id: 'items', items: items.map((item) => ({ ...item, isChecked: undefined })) }]}>
    {(trigger) => (
      <Button {...trigger} icon={icon}>
        {label}
      </Button>
    )}
  </Menu>
);

function TagDialog({ count, onTag, onClose }: { count: number; onTag: (tag: string) => void; onClose: () => void }) {
  const [tag, setTag] = useState('');
  const submit = (): void => {
    const wanted = tag.trim().replace(/^#/, '');
    if (wanted === '') return;
    onClose();
    onTag(wanted);
  };
  return (
    <Dialog
      title={count === 1 ? 'Tag one task' : `Tag ${count} tasks`}
      onClose={onClose}
      actions={
        <Button variant="primary" disabled={tag.trim() === ''} onClick={submit}>
          Add the tag
        </Button>
      }
    >
      <TextField
        label="Tag"
        autoFocus
        maxLength={64}
        value={tag}
        onChange={({ target }) => setTag(target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          // Or the button that gets the focus back would be pressed by the same key.
          event.preventDefault();
          submit();
        }}
      />
    </Dialog>
  );
}
