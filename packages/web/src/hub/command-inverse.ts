import type { Board } from '@leanvibe/protocol/board';
import type { Task, TaskMove, TaskUpdate } from '@leanvibe/protocol/task';
import { stepsOf, type SingleCommand, type TaskCommand } from './task-command.ts';

/** What was done to a task: the step, and what the server answered (null: it is deleted). */
export type DoneStep = { step: SingleCommand; after: Task | null };

/** Where a task stands, said by its neighbours; a place that a move can name. */
export function placeOf(board: Board, task: Task): TaskMove {
  const tasks = board.columns.find(({ status }) => status === task.status)?.tasks ?? [];
  const index = tasks.findIndex(({ id }) => id === task.id);
  const below = tasks[index + 1];
  if (index >= 0 && below !== undefined) return { status: task.status, before: below.id };
  const above = tasks[index - 1];
  return above === undefined ? { status: task.status } : { status: task.status, after: above.id };
}

/**
 * The command that takes back what was done, last things first; null when nothing of it can be. `board` is the board as it was before,
 * which knows where a moved task stood.
 */
export function inverseOf(command: TaskCommand, done: readonly DoneStep[], board: Board): TaskCommand | null {
  const inverses = done.toReversed().flatMap((step) => inverseOfStep(step, board) ?? []);
  const [first] = inverses;
  if (first === undefined) return null;
  return stepsOf(command).length === 1 ? first : { kind: 'bulk', commands: inverses };
}

function inverseOfStep({ step, after }: DoneStep, board: Board): SingleCommand | null {
  if (step.kind === 'delete') return { kind: 'restore', before: step.before };
  if (after === null) return null;
  switch (step.kind) {
    case 'create':
    case 'restore':
      return { kind: 'delete', before: after };
    case 'move':
      return { kind: 'move', before: after, to: placeOf(board, step.before) };
    case 'update':
      return { kind: 'update', before: after, changes: valuesBefore(step.changes, step.before) };
  }
}

const valuesBefore = (changes: TaskUpdate, before: Task): TaskUpdate =>
  Object.fromEntries(Object.keys(changes).map((field) => [field, before[field as keyof TaskUpdate]]));
