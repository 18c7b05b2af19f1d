import type { ApprovalState, TaskPriority, TaskStatus } from '@leanvibe/protocol/task';

// The values of the protocol, without the schema library that it is written in. A test holds the two together.

/** What stands above each column, in the order of the board. */
export const statusTitles: Readonly<Record<TaskStatus, string>> = {
  backlog: 'Backlog',
  in_progress: 'In Progress',
  testing: 'Testing',
  done: 'Done',
};

/** The columns, in order. */
export const statuses = Object.keys(statusTitles) as TaskStatus[];

/** What people call each priority, ascending. */
export const priorityTitles: Readonly<Record<TaskPriority, string>> = {
  low: 'Low',
  medium: 'Medium',
  high: 'High',
  critical: 'Critical',
};

/** The priorities, ascending. */
export const priorities = Object.keys(priorityTitles) as TaskPriority[];

/** What people call the state of an approval. */
export const approvalTitles: Readonly<Record<ApprovalState, string>> = {
  pending: 'Waits for approval',
  approved: 'Approved',
  rejected: 'Rejected',
};
