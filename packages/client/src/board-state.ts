import type { Board } from '@leanvibe/protocol/board';
import type { LeanVibeEvent } from '@leanvibe/protocol/event';
import type { Task } from '@leanvibe/protocol/task';
import { readCursor } from './event-position.ts';
import type { StreamEvent } from './event-types.ts';

type Column = Board['columns'][number];

const without = (column: Column, taskId: string): Column => {
  const tasks = column.tasks.filter((task) => task.id !== taskId);
  return tasks.length === column.tasks.length ? column : { ...column, tasks, task_count: tasks.length };
};

const withTask = (column: Column, task: Task): Column => {
  // Ranks compare as bytes; they are ASCII, so comparing them as texts is the same.
  const behind = column.tasks.findIndex(({ position }) => position > task.position);
  const tasks = column.tasks.toSpliced(behind < 0 ? column.tasks.length : behind, 0, task);
  return { ...column, tasks, task_count: tasks.length };
};

const replaceTask = (columns: readonly Column[], taskId: string, task: Task | null): Column[] =>
  columns.map((column) => {
    const rest = without(column, taskId);
    return task?.status === column.status ? withTask(rest, task) : rest;
  });

const columnsAfter = ({ columns }: Board, event: StreamEvent): Column[] => {
  switch (event.type) {
    case 'task_created':
    case 'task_updated':
    case 'task_completed':
    case 'task_restored':
    case 'task_approval_requested':
    case 'task_approved':
    case 'task_rejected':
      return replaceTask(columns, event.data.task.id, event.data.task);
    case 'task_deleted':
      return replaceTask(columns, event.data.task_id, null);
    default:
      return columns;
  }
};

/**
 * The board after an event. Events that the board has in it already, or that have no place in the log, change nothing, so that
 * applying one twice does no harm. The board itself stays as it is. An event of another log (after a restore) changes nothing either: a
 * stream says `snapshot_required` there, and the board has to be read again.
 */
export function applyEvent(board: Board, event: StreamEvent | LeanVibeEvent): Board {
  const here = readCursor(board.cursor);
  const there = readCursor(event.cursor ?? null);
  if (event.cursor === undefined || here?.epoch !== there?.epoch) return board;
  if (here && there && there.seq <= here.seq) return board;
  const columns = columnsAfter(board, event as StreamEvent);
  const totalTasks = columns.reduce((sum, column) => sum + column.task_count, 0);
  return { columns, total_tasks: totalTasks, cursor: event.cursor };
}
