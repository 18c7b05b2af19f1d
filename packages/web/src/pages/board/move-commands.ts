import type { Board } from '@leanvibe/protocol/board';
import type { Task, TaskMove } from '@leanvibe/protocol/task';
import type { SingleCommand } from '../../hub/task-command.ts';

/** The moves that take a card to a place, and the other chosen ones directly after it in the order in which they stand. */
export function moveCommands(board: Board, task: Task, to: TaskMove, selection: ReadonlySet<string>): SingleCommand[] {
  const companions = board.columns
    .flatMap(({ tasks }) => tasks)
    .filter(({ id }) => id !== task.id && selection.has(id));
  // A neighbour that moves too is none: the end of the column is the next best place.
  const isFree = ![to.before, to.after].some(
    (id) => id !== undefined && companions.some((companion) => companion.id === id),
  );
  const first: SingleCommand = { kind: 'move', before: task, to: isFree ? to : { status: to.status } };
  const following = companions.map((companion, index): SingleCommand => {
    const previous = companions[index - 1] ?? task;
    return { kind: 'move', before: companion, to: { status: to.status, after: previous.id } };
  });
  return [first, ...following];
}
