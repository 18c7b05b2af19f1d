import type { Board } from '@leanvibe/protocol/board';
import type { Task } from '@leanvibe/protocol/task';

/** The board with only those cards that are wanted. `task_count` still counts all, for a limit does. */
export const filteredBoard = (board: Board, isWanted: ((task: Task) => boolean) | null): Board =>
  isWanted === null
    ? board
    : { ...board, columns: board.columns.map((column) => ({ ...column, tasks: column.tasks.filter(isWanted) })) };

/** Every name and every tag that stands on the board, in order. */
export function namesOn({ columns }: Board): { assignees: string[]; tags: string[] } {
  const tasks = columns.flatMap((column) => column.tasks);
  const inOrder = (names: Iterable<string>): string[] =>
    [...new Set(names)].toSorted((first, second) => first.localeCompare(second));
  return {
    assignees: inOrder(tasks.flatMap(({ assigned_to: name }) => name ?? [])),
    tags: inOrder(tasks.flatMap(({ tags }) => tags)),
  };
}
