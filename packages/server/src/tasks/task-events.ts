import type { Actor } from '@leanvibe/protocol/actor';
import type { Task } from '@leanvibe/protocol/task';
import type { EventDraft } from '../database/store.ts';
import { eventDraft } from '../events/event-draft.ts';
import { taskChanges } from './task-changes.ts';

/** Who did it, and when. */
export type Cause = { actor: Actor; now: string };

/** What has become of an approval, as an event of its own. */
export type ApprovalEvent = 'task_approval_requested' | 'task_approved' | 'task_rejected';

const factsOf = (task: Task, { actor, now }: Cause) => ({
  clientId: task.client_id,
  actor,
  timestamp: now,
  taskId: task.id,
});

const telling = (type: 'task_created' | 'task_completed' | 'task_restored' | ApprovalEvent, task: Task, cause: Cause) =>
  eventDraft(type, { ...factsOf(task, cause), data: { task } });

/** The events of a new task. */
export const eventsOfCreation = (task: Task, cause: Cause): EventDraft[] => [
  telling('task_created', task, cause),
  ...(task.status === 'done' ? [telling('task_completed', task, cause)] : []),
];

/** The events of a change; empty when nothing is different. */
export function eventsOfChange(before: Task, after: Task, cause: Cause, approval?: ApprovalEvent): EventDraft[] {
  const changes = taskChanges(before, after);
  if (Object.keys(changes).length === 0) return [];
  const events = [eventDraft('task_updated', { ...factsOf(after, cause), data: { task: after, changes } })];
  if (after.status === 'done' && before.status !== 'done') events.push(telling('task_completed', after, cause));
  if (approval) events.push(telling(approval, after, cause));
  return events;
}

/** The event of a deletion. */
export const eventsOfDeletion = (task: Task, cause: Cause): EventDraft[] => [
  eventDraft('task_deleted', { ...factsOf(task, cause), data: { task_id: task.id, task } }),
];

/** The event of a restoration. */
export const eventsOfRestoration = (task: Task, cause: Cause): EventDraft[] => [telling('task_restored', task, cause)];
