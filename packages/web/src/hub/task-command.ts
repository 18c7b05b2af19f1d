import type { Task, TaskCreate, TaskMove, TaskUpdate } from '@leanvibe/protocol/task';

/** Something to do to one task, as plain data: it can be shown before it is done, kept, sent later, and turned round. */
export type SingleCommand =
  /** `id` stands for the new task until the server has given it one. */
  | { kind: 'create'; id: string; body: TaskCreate; createdAt: string }
  | { kind: 'update'; before: Task; changes: TaskUpdate }
  | { kind: 'move'; before: Task; to: TaskMove }
  | { kind: 'delete'; before: Task }
  /** `before` is the task as it was deleted. */
  | { kind: 'restore'; before: Task };

/** A step on the way to a human's decision. None of them can be taken back. */
export type ApprovalCommand =
  | { kind: 'request-approval'; before: Task; requestedBy: string; note: string }
  | { kind: 'approve'; before: Task; comment: string }
  | { kind: 'reject'; before: Task; reason: string };

/** Many at once; each has its own outcome. */
export type BulkCommand = { kind: 'bulk'; commands: readonly SingleCommand[] };

/** Anything that the app does to tasks. */
export type TaskCommand = SingleCommand | ApprovalCommand | BulkCommand;

/** The task that a command is about; null for many. */
export const subjectOf = (command: TaskCommand): string | null => {
  if (command.kind === 'bulk') return null;
  return command.kind === 'create' ? command.id : command.before.id;
};

/** The commands that a command consists of. */
export const stepsOf = (command: TaskCommand): readonly (SingleCommand | ApprovalCommand)[] =>
  command.kind === 'bulk' ? command.commands : [command];
