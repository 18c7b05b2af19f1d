import type { Task } from '@leanvibe/protocol/task';
import { statusTitles } from '../hub/task-values.ts';
import { ChoiceDialog } from '../ui/ChoiceDialog.tsx';
import { StatusIcon } from './StatusIcon.tsx';

type Props = { title: string; tasks: readonly Task[]; onPick: (task: Task) => void; onClose: () => void };

/** Lets somebody find a task by its title and choose it. */
export const TaskPicker = ({ title, tasks, onPick, onClose }: Props) => (
  <ChoiceDialog
    title={title}
    placeholder="Title of the task"
    choices={tasks.map((task) => ({
      id: task.id,
      label: task.title,
      hint: statusTitles[task.status],
      icon: <StatusIcon status={task.status} />,
      onChoose: () => onPick(task),
    }))}
    onClose={onClose}
  />
);
