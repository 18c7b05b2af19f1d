import type { Task } from '@leanvibe/protocol/task';

/** How near the time is at which a task is due. */
export type DueState = 'overdue' | 'today' | 'soon' | 'later';

const dayMs = 24 * 3_600_000;

const isSameDay = (first: Date, second: Date): boolean => first.toDateString() === second.toDateString();

/** How near a time is, by the calendar of the person who looks. */
export function dueStateOf(dueAt: string, nowMs: number): DueState {
  const due = new Date(dueAt);
  if (due.getTime() < nowMs) return 'overdue';
  if (isSameDay(due, new Date(nowMs))) return 'today';
  return due.getTime() - nowMs < 3 * dayMs ? 'soon' : 'later';
}

/** A day in few words: `today`, `tomorrow`, or its date, with the year only where it is another one. */
export function dayText(at: string, nowMs: number): string {
  const day = new Date(at);
  const now = new Date(nowMs);
  if (isSameDay(day, now)) return 'today';
  if (isSameDay(day, new Date(nowMs + dayMs))) return 'tomorrow';
  if (isSameDay(day, new Date(nowMs - dayMs))) return 'yesterday';
  const year = day.getFullYear() === now.getFullYear() ? {} : ({ year: 'numeric' } as const);
  return day.toLocaleDateString([], { month: 'short', day: 'numeric', ...year });
}

/** What a task waits for: the tasks it depends on that are there and not done. */
export const blockersOf = (task: Task, tasksById: ReadonlyMap<string, Task>): Task[] =>
  task.status === 'done'
    ? []
    : task.depends_on.flatMap((id) => tasksById.get(id) ?? []).filter(({ status }) => status !== 'done');

/** A share of 1 as people read it. */
export const percentText = (share: number): string => `${Math.round(share * 100)} %`;
