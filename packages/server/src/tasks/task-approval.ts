import type { ApprovalRequest } from '@leanvibe/protocol/approval';
import type { Approval, Task } from '@leanvibe/protocol/task';
import { HubError } from '../hub-error.ts';

/** What somebody decided about a task that was pending. */
export type ApprovalDecision = { state: 'approved' | 'rejected'; decidedBy: string; reason: string | null };

const conflict = (task: Task, detail: string): HubError =>
  new HubError('approval-conflict', detail, { extensions: { approval: task.approval } });

/** The task with a request for approval that is bound to the version this makes. Throws `approval-conflict`. */
export function withApprovalRequest(task: Task, { requested_by, note }: ApprovalRequest, now: string): Task {
  const { approval } = task;
  if (approval?.state === 'pending') throw conflict(task, 'An approval is pending already.');
  // A change would have voided it, so that what was approved is what is there.
  if (approval?.state === 'approved') throw conflict(task, 'The task is approved as it is.');
  const request: Approval = {
    state: 'pending',
    requested_by,
    requested_at: now,
    decided_by: null,
    decided_at: null,
    reason: note ?? null,
    task_version: task.version + 1,
  };
  return { ...task, approval: request };
}

/** The task with the decision about it. Throws `approval-conflict` when none is pending: exactly one decision wins. */
export function withApprovalDecision(task: Task, { state, decidedBy, reason }: ApprovalDecision, now: string): Task {
  const { approval } = task;
  if (approval === null) throw conflict(task, 'No approval was asked for, or a change of the task voided it.');
  if (approval.state !== 'pending') throw conflict(task, `The task was ${approval.state} by ${approval.decided_by}.`);
  return { ...task, approval: { ...approval, state, decided_by: decidedBy, decided_at: now, reason } };
}
