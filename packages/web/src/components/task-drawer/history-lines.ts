import type { LeanVibeEvent } from '@leanvibe/protocol/event';
import type { Task } from '@leanvibe/protocol/task';
import { fieldTitle } from '../../hub/command-text.ts';
import { valueText } from '../value-text.ts';

/** A line of the history: who did what, and when. */
export type HistoryLine = { id: string; actor: LeanVibeEvent['actor']; text: string; at: string };

type Changes = Readonly<Record<string, { from: unknown; to: unknown }>>;
type TaskData = { task?: Task; changes?: Changes };

// Members that follow from others, or that say nothing to people.
const silent = new Set(['version', 'updated_at', 'position', 'started_at', 'completed_at', 'approval']);

const changeText = (field: string, { from, to }: Changes[string], tasksById: ReadonlyMap<string, Task>): string => {
  if (field === 'status')
    return `moved it from ${valueText(field, from, tasksById)} to ${valueText(field, to, tasksById)}`;
  if (field === 'description' || field === 'metadata') return `changed ${fieldTitle(field)}`;
  return `changed ${fieldTitle(field)} from ${valueText(field, from, tasksById)} to ${valueText(field, to, tasksById)}`;
};

function updateText(changes: Changes, tasksById: ReadonlyMap<string, Task>): string | null {
  const told = Object.entries(changes).filter(([field]) => !silent.has(field));
  if (told.length > 0) return told.map(([field, change]) => changeText(field, change, tasksById)).join('; ');
  return 'position' in changes ? 'moved it within its column' : null;
}

const texts: Readonly<Record<string, (task: Task | undefined) => string>> = {
  task_created: () => 'created it',
  task_deleted: () => 'deleted it',
  task_restored: () => 'restored it',
  task_completed: () => 'completed it',
  task_approval_requested: (task) => withReason('asked for approval', task),
  task_approved: (task) => withReason('approved it', task),
  task_rejected: (task) => withReason('rejected it', task),
};

const withReason = (text: string, task: Task | undefined): string =>
  task?.approval?.reason ? `${text}: ${task.approval.reason}` : text;

/** The history of a task in words, newest first. Events that another one says as well are left out. */
export const historyLines = (events: readonly LeanVibeEvent[], tasksById: ReadonlyMap<string, Task>): HistoryLine[] =>
  events
    .flatMap(({ id, type, actor, timestamp: at, data }) => {
      const { task, changes = {} } = data as TaskData;
      const text = type === 'task_updated' ? updateText(changes, tasksById) : (texts[type]?.(task) ?? null);
      return text === null ? [] : [{ id, actor, text, at }];
    })
    .toReversed();
