import type { Board } from '@leanvibe/protocol/board';
import type { Task, TaskUpdate } from '@leanvibe/protocol/task';
import type { InputHTMLAttributes } from 'react';
import { useTaskActions } from '../../hub/task-actions.ts';
import { priorities, priorityTitles, statuses, statusTitles } from '../../hub/task-values.ts';
import { Select } from '../../ui/Select.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { confidenceChange, confidenceText, dueChange, dueText, hoursChange, hoursText } from './field-values.ts';
import styles from './TaskDrawer.module.css';
import { TagsField } from './TagsField.tsx';
import { useDraft } from './use-draft.ts';

const statusOptions = statuses.map((status) => ({ value: status, label: statusTitles[status] }));
const priorityOptions = priorities
  .toReversed()
  .map((priority) => ({ value: priority, label: priorityTitles[priority] }));

/** The members of a task that have a value each. */
export function TaskFields({ task, board }: { task: Task; board: Board }) {
  const { move, update } = useTaskActions();
  const names = new Set(board.columns.flatMap(({ tasks }) => tasks.flatMap(({ assigned_to: name }) => name ?? [])));
  return (
    <div className={styles.fields}>
      <Select
        label="Column"
        value={task.status}
        options={statusOptions}
        onValueChange={(status) => void move(task, { status })}
      />
      <Select
        label="Priority"
        value={task.priority}
        options={priorityOptions}
        onValueChange={(priority) => void update(task, { priority })}
      />
      <DraftField
        label="Assignee"
        task={task}
        list="drawer-names"
        maxLength={255}
        placeholder="Nobody"
        read={({ assigned_to: name }) => name ?? ''}
        write={(text) => ({ assigned_to: text.trim() || null })}
      />
      <datalist id="drawer-names">
        {[...names].map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <DraftField
        label="Due"
        task={task}
        type="datetime-local"
        read={({ due_at: due }) => dueText(due)}
        write={dueChange}
      />
      <DraftField
        label="Estimate, hours"
        task={task}
        type="number"
        min={0}
        step="any"
        read={({ estimated_hours: hours }) => hoursText(hours)}
        write={(text) => hoursChange('estimated_hours', text)}
      />
      <DraftField
        label="Spent, hours"
        task={task}
        type="number"
        min={0}
        step="any"
        read={({ actual_hours: hours }) => hoursText(hours)}
        write={(text) => hoursChange('actual_hours', text)}
      />
      <DraftField
        label="Confidence, %"
        task={task}
        type="number"
        min={0}
        max={100}
        step="any"
        read={({ confidence_score: share }) => confidenceText(share)}
        write={confidenceChange}
      />
      <TagsField task={task} />
    </div>
  );
}

type DraftFieldProps = Omit<InputHTMLAttributes<HTMLInputElement>, 'value' | 'onChange'> & {
  label: string;
  task: Task;
  read: (task: Task) => string;
  write: (text: string) => TaskUpdate | null;
};

function DraftField({ task, read, write, ...rest }: DraftFieldProps) {
  const { value, onFocus, onChange, onBlur } = useDraft({ task, read, write });
  return (
    <TextField
      {...rest}
      value={value}
      onFocus={onFocus}
      onChange={onChange}
      onBlur={onBlur}
      onKeyDown={({ key, currentTarget }) => key === 'Enter' && currentTarget.blur()}
    />
  );
}
