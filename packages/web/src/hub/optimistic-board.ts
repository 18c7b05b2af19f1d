import type { Board } from '@leanvibe/protocol/board';
import type { Task, TaskMove, TaskUpdate } from '@leanvibe/protocol/task';
import type { PendingChange } from './pending-changes.ts';
import { stepsOf, type TaskCommand } from './task-command.ts';
import { draftOf } from './task-draft.ts';

type Column = Board['columns'][number];

/**
 * The board of the server with everything on top that was done here and has not come back yet. What comes in meanwhile changes what
 * lies below, never what is on top.
 */
export function boardWith(board: Board, pending: readonly PendingChange[]): Board {
  if (pending.length === 0) return board;
  const columns = pending.reduce(
    (shown, { command, answer }) =>
      answer === null ? afterCommand(shown, command) : afterAnswer(shown, command, answer),
    board.columns,
  );
  return { ...board, columns, total_tasks: columns.reduce((sum, { task_count }) => sum + task_count, 0) };
}

/** The board with a task at another place; for a move that is only being considered. */
export const boardWithMove = (board: Board, task: Task, to: TaskMove): Board => ({
  ...board,
  columns: afterMove(board.columns, task, to),
});

const afterCommand = (columns: Column[], command: TaskCommand): Column[] => stepsOf(command).reduce(afterStep, columns);

function afterStep(columns: Column[], step: ReturnType<typeof stepsOf>[number]): Column[] {
  switch (step.kind) {
    case 'create':
      return placed(columns, draftOf(step), null);
    case 'update':
      return afterUpdate(columns, step.before, step.changes);
    case 'move':
      return afterMove(columns, step.before, step.to);
    case 'delete':
      return without(columns, step.before.id);
    case 'restore':
      return inRankOrder(columns, step.before);
    case 'request-approval':
    case 'approve':
    case 'reject':
      // What becomes of a decision is the server's to say.
      return columns;
  }
}

function afterAnswer(columns: Column[], command: TaskCommand, answer: readonly Task[]): Column[] {
  const deleted = stepsOf(command).filter(({ kind }) => kind === 'delete');
  const rest = deleted.reduce(
    (shown, step) => (step.kind === 'delete' ? without(shown, step.before.id) : shown),
    columns,
  );
  return answer.reduce((shown, task) => {
    const known = findTask(shown, task.id);
    return known !== undefined && known.version >= task.version ? shown : inRankOrder(shown, task);
  }, rest);
}

function afterUpdate(columns: Column[], before: Task, changes: TaskUpdate): Column[] {
  const known = findTask(columns, before.id);
  if (known === undefined) return columns;
  // A member that is left out is not there at all, as in JSON.
  const task = { ...known, ...(changes as Partial<Task>) };
  if (task.status !== known.status) return placed(columns, task, null);
  return columns.map((column) =>
    column.status === task.status
      ? { ...column, tasks: column.tasks.map((other) => (other.id === task.id ? task : other)) }
      : column,
  );
}

function afterMove(columns: Column[], before: Task, to: TaskMove): Column[] {
  const known = findTask(columns, before.id);
  return known === undefined ? columns : placed(columns, { ...known, status: to.status }, to);
}

/** The columns with a task directly before or after a neighbour, else at the end of its column. */
function placed(columns: Column[], task: Task, to: TaskMove | null): Column[] {
  return without(columns, task.id).map((column) => {
    if (column.status !== task.status) return column;
    const before = column.tasks.findIndex(({ id }) => id === to?.before);
    const after = column.tasks.findIndex(({ id }) => id === to?.after);
    const index = before >= 0 ? before : after >= 0 ? after + 1 : column.tasks.length;
    return withTasks(column, column.tasks.toSpliced(index, 0, task));
  });
}

/** The columns with a task where its rank, which the server made, says. */
function inRankOrder(columns: Column[], task: Task): Column[] {
  return without(columns, task.id).map((column) => {
    if (column.status !== task.status) return column;
    const behind = column.tasks.findIndex(({ position }) => position > task.position);
    return withTasks(column, column.tasks.toSpliced(behind < 0 ? column.tasks.length : behind, 0, task));
  });
}

const without = (columns: Column[], taskId: string): Column[] =>
  columns.map((column) => {
    const tasks = column.tasks.filter(({ id }) => id !== taskId);
    return tasks.length === column.tasks.length ? column : withTasks(column, tasks);
  });

const withTasks = (column: Column, tasks: Task[]): Column => ({ ...column, tasks, task_count: tasks.length });

const findTask = (columns: readonly Column[], taskId: string): Task | undefined => {
  for (const { tasks } of columns) {
    const task = tasks.find(({ id }) => id === taskId);
    if (task !== undefined) return task;
  }
  return undefined;
};
