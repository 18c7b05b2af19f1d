import type { LeanVibeEvent } from '@leanvibe/protocol/event';
import { taskStatuses, type Task, type TaskStatus } from '@leanvibe/protocol/task';
import fc from 'fast-check';

/** A step of a random history; numbers pick one of the tasks that are there. */
export type Step =
  | { do: 'create'; status: TaskStatus }
  | { do: 'rename'; pick: number; title: string }
  | { do: 'move'; pick: number; status: TaskStatus; side: 'before' | 'after' | null; beside: number }
  | { do: 'delete'; pick: number }
  | { do: 'restore'; pick: number }
  | { do: 'limit'; status: TaskStatus; limit: number | null };

const column = fc.constantFrom(...taskStatuses);
const pick = fc.nat(1000);
/** Any step. */
export const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('create' as const), status: column }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('rename' as const), pick, title: fc.constantFrom('x', 'y') }) },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('move' as const),
      pick,
      status: column,
      side: fc.constantFrom('before' as const, 'after' as const, null),
      beside: pick,
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('delete' as const), pick }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('restore' as const), pick }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('limit' as const), status: column, limit: fc.constantFrom(1, 2, null) }),
  },
);

/** One of the ids, or undefined when there is none. */
export const chosen = (ids: readonly string[], number: number): string | undefined => ids[number % ids.length];

/** The board as the log tells it. */
export function replay(events: readonly LeanVibeEvent[]): Task[] {
  const tasks = new Map<string, Task>();
  for (const { type, data } of events) {
    const task = data['task'] as Task;
    if (type === 'task_deleted') tasks.delete(task.id);
    else tasks.set(task.id, task);
  }
  const place = (task: Task) => `${taskStatuses.indexOf(task.status)}${task.position}`;
  return [...tasks.values()].sort((one, other) => (place(one) < place(other) ? -1 : 1));
}
