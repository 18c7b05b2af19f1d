import type { StreamEvent } from '@leanvibe/client/event-types';
import type { Board } from '@leanvibe/protocol/board';
import type { Task, TaskStatus } from '@leanvibe/protocol/task';
import { draftOf } from './task-draft.ts';
import { statuses, statusTitles } from './task-values.ts';

const at = '2026-11-22T11:00:00.000Z';

/** A task with these members, and everything else at its default. */
export const taskWith = (members: Partial<Task> & { id: string }): Task => ({
  ...draftOf({ kind: 'create', id: members.id, body: { title: `Task ${members.id}` }, createdAt: at }),
  client_id: 'default',
  version: 1,
  position: 'a0',
  ...members,
});

/** A board with these tasks, each at the end of its column in the order given, with ranks to match. */
export function boardWithTasks(...tasks: Task[]): Board {
  const columns = statuses.map((status) => {
    const own = tasks
      .filter((task) => task.status === status)
      .map((task, index) => ({ ...task, position: `a${index.toString(36).padStart(3, '0')}` }));
    return { id: status, title: statusTitles[status], status, wip_limit: null, task_count: own.length, tasks: own };
  });
  return { columns, total_tasks: tasks.length, cursor: 'epoch.1' };
}

/** The ids in each column that has some, from top to bottom. */
export const idsOn = ({ columns }: Board): Partial<Record<TaskStatus, string[]>> =>
  Object.fromEntries(
    columns.filter(({ tasks }) => tasks.length > 0).map(({ status, tasks }) => [status, tasks.map(({ id }) => id)]),
  );

/** The event that a change of a task causes. */
export const eventAbout = (
  task: Task,
  type: 'task_updated' | 'task_deleted' | 'task_created' = 'task_updated',
): StreamEvent =>
  ({
    type,
    channel: 'tasks',
    data: { task, task_id: task.id, changes: {} },
    cursor: 'epoch.2',
    seq: 2,
  }) as unknown as StreamEvent;
