import {
  settableTaskFields,
  type Task,
  type TaskCreate,
  type TaskStatus,
  type TaskUpdate,
} from '@leanvibe/protocol/task';
import type { Guard } from '../database/store.ts';
import { HubError } from '../hub-error.ts';
import type { RulesInForce } from './board-rules.ts';
import { isSameJson } from './task-changes.ts';

/** Where and when a task is made, and what it is called. */
export type Origin = { id: string; clientId: string; position: string; now: string };

/** A new task, with everything that was left out at its default. */
export function newTask(body: TaskCreate, { id, clientId, position, now }: Origin): Task {
  const task: Task = {
    id,
    client_id: clientId,
    version: 1,
    title: body.title,
    description: body.description ?? null,
    status: 'backlog',
    priority: body.priority ?? 'medium',
    position,
    assigned_to: body.assigned_to ?? null,
    confidence_score: body.confidence_score ?? null,
    estimated_hours: body.estimated_hours ?? null,
    actual_hours: body.actual_hours ?? null,
    due_at: body.due_at ?? null,
    started_at: null,
    completed_at: null,
    tags: body.tags ?? [],
    depends_on: body.depends_on ?? [],
    approval: null,
    metadata: body.metadata ?? {},
    created_at: now,
    updated_at: now,
  };
  return withStatus(task, body.status ?? 'backlog', now);
}

/** The task in another column: work begins with the first column that is neither backlog nor done, and is complete only in done. */
export function withStatus(task: Task, status: TaskStatus, now: string): Task {
  if (status === task.status) return task;
  const begins = status === 'in_progress' || status === 'testing';
  return {
    ...task,
    status,
    started_at: task.started_at ?? (begins ? now : null),
    completed_at: status === 'done' ? now : null,
  };
}

/** The members that are the work itself: what an approval is about. */
const workMembers = settableTaskFields.filter((member) => member !== 'status');

/** The task with other content. An approval was given to the content as it was, so that a real change voids it. */
export function withWork(task: Task, update: TaskUpdate): Task {
  const changed = workMembers.filter(
    (member) => update[member] !== undefined && !isSameJson(update[member], task[member]),
  );
  if (changed.length === 0) return task;
  return { ...task, ...Object.fromEntries(changed.map((member) => [member, update[member]])), approval: null };
}

/**
 * What must hold at the commit for a task to come to stand in its column; `from` is the column it leaves (null: none). Throws
 * what can be refused at once: `transition-not-allowed` and `approval-required`.
 */
export function admission(task: Task, from: TaskStatus | null, { rules, storedVersion }: RulesInForce): Guard[] {
  const { status } = task;
  const allowed = from === null ? null : rules.columns[from].allowed_transitions;
  if (allowed !== null && !allowed.includes(status)) {
    throw new HubError('transition-not-allowed', `Tasks in ${from} may not go to ${status} on this board.`);
  }
  if (status === 'done' && rules.require_approval_for_done && task.approval?.state !== 'approved') {
    throw new HubError('approval-required', 'This board lets a task enter done only when it is approved.');
  }
  const guards = [rulesStand(storedVersion), ...roomIn(status, { rules, storedVersion })];
  if (rules.enforce_dependencies && status !== 'backlog' && task.depends_on.length > 0) {
    guards.push({ kind: 'tasks-done', ids: task.depends_on });
  }
  return guards;
}

/** What must hold at the commit for a deleted task to come back into its column: only the limit counts. */
export const readmission = (status: TaskStatus, inForce: RulesInForce): Guard[] => [
  rulesStand(inForce.storedVersion),
  ...roomIn(status, inForce),
];

// Whoever is let in by rules that change before the commit has to ask the new ones.
const rulesStand = (version: number): Guard => ({
  kind: 'document-version',
  document: 'board_rules',
  key: '',
  version,
});

const roomIn = (status: TaskStatus, { rules }: RulesInForce): Guard[] => {
  const limit = rules.columns[status].wip_limit;
  return limit === null ? [] : [{ kind: 'column-at-most', status, limit }];
};

/** What must hold at the commit for a task to depend on what it does; `before` is what it depended on (null: it is new). */
export function dependencyGuards(task: Task, before: readonly string[] | null): Guard[] {
  const named = task.depends_on.filter((id) => before?.includes(id) !== true);
  if (named.length === 0) return [];
  const exist: Guard = { kind: 'tasks-exist', ids: named };
  // Nothing can depend on a new task yet, so that it closes no circle.
  return before === null ? [exist] : [exist, { kind: 'no-cycle', id: task.id }];
}
