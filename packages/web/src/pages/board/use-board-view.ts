import type { Board } from '@leanvibe/protocol/board';
import type { Task } from '@leanvibe/protocol/task';
import { useMemo } from 'react';
import { blockersOf } from '../../components/task-facts.ts';
import { useNow } from '../../hub/now.ts';
import { boardWithMove } from '../../hub/optimistic-board.ts';
import { useTasksById } from '../../hub/use-board.ts';
import { isFilterEmpty, matcherOf, type BoardFilter } from './board-filter.ts';
import { moveTo, placeOfCard, type BoardPlace } from './board-place.ts';
import { filteredBoard } from './filtered-board.ts';

/** A card that is being moved, and where it would come to stand. */
export type CarriedCard = { taskId: string; by: 'keys' | 'pointer'; from: BoardPlace; place: BoardPlace };

/** The board as it is looked at. */
export type BoardView = {
  /** Without what the filter holds back, and without the card that is being moved having moved. */
  board: Board;
  /** What is drawn: with the card that is being moved at the place where it would come to stand. */
  shown: Board;
  tasksById: ReadonlyMap<string, Task>;
  selection: ReadonlySet<string>;
  carried: CarriedCard | null;
  /** The task that is open beside the board. */
  openId: string | null;
  nowMs: number;
};

type Looks = {
  filter: BoardFilter;
  selection: ReadonlySet<string>;
  carried: CarriedCard | null;
  openId: string | null;
};

const minuteMs = 60_000;

/** Puts together what is drawn of a board. */
export function useBoardView(whole: Board, { filter, selection, carried, openId }: Looks): BoardView {
  const nowMs = useNow(minuteMs);
  const tasksById = useTasksById(whole);
  const board = useMemo(() => {
    const isBlocked = (task: Task): boolean => blockersOf(task, tasksById).length > 0;
    return filteredBoard(whole, isFilterEmpty(filter) ? null : matcherOf(filter, { nowMs, isBlocked }));
  }, [whole, filter, nowMs, tasksById]);
  const shown = useMemo(() => withCarried(board, carried), [board, carried]);
  return useMemo(
    () => ({ board, shown, tasksById, selection, carried, openId, nowMs }),
    [board, shown, tasksById, selection, carried, openId, nowMs],
  );
}

function withCarried(board: Board, carried: CarriedCard | null): Board {
  if (carried === null) return board;
  const from = placeOfCard(board, carried.taskId);
  const task = board.columns.flatMap(({ tasks }) => tasks).find(({ id }) => id === carried.taskId);
  if (from === null || task === undefined) return board;
  const moved = boardWithMove(board, task, moveTo(board, carried.taskId, carried.place));
  // The counts above the columns stay those of the server until the card is put down.
  return {
    ...moved,
    columns: moved.columns.map((column, index) => ({ ...column, task_count: board.columns[index]!.task_count })),
  };
}
