import type { Task, TaskPriority, TaskStatus } from '@leanvibe/protocol/task';
import { priorityTitles, statusTitles } from '../hub/task-values.ts';

/** What the values of a task are called: columns and priorities by their names, times by the clock of who looks, tasks by their titles. */
export function valueText(field: string, value: unknown, tasksById?: ReadonlyMap<string, Task>): string {
  if (value === null || value === undefined || value === '') return 'nothing';
  if (Array.isArray(value)) {
    const names =
      field === 'depends_on' ? value.map((id) => tasksById?.get(id as string)?.title ?? 'another task') : value;
    return names.length === 0 ? 'nothing' : names.join(', ');
  }
  if (typeof value !== 'string') return JSON.stringify(value, null, 2);
  switch (field) {
    case 'status':
      return statusTitles[value as TaskStatus] ?? value;
    case 'priority':
      return priorityTitles[value as TaskPriority] ?? value;
    case 'due_at':
      return new Date(value).toLocaleString([], { dateStyle: 'medium', timeStyle: 'short' });
    default:
      return value;
  }
}
