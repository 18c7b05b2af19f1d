import type { Board } from '@leanvibe/protocol/board';
import type { TaskMove, TaskStatus } from '@leanvibe/protocol/task';

/** A place on the board as it is shown: a column, and how many cards stand above. */
export type BoardPlace = { status: TaskStatus; index: number };

/** Where a card stands; null when it is not shown. */
export function placeOfCard({ columns }: Board, taskId: string): BoardPlace | null {
  for (const { status, tasks } of columns) {
    const index = tasks.findIndex(({ id }) => id === taskId);
    if (index >= 0) return { status, index };
  }
  return null;
}

/** The card at a place; one that lies behind the last is the last. */
export function cardAt({ columns }: Board, { status, index }: BoardPlace): string | null {
  const tasks = columns.find((column) => column.status === status)?.tasks ?? [];
  return tasks[Math.min(index, tasks.length - 1)]?.id ?? null;
}

const columnBeside = ({ columns }: Board, status: TaskStatus, step: number): TaskStatus | undefined =>
  columns[columns.findIndex((column) => column.status === status) + step]?.status;

/** The card that an arrow, Home or End leads to from a card; null when there is none. Empty columns are passed over. */
export function cardBeside(board: Board, taskId: string, key: string): string | null {
  const place = placeOfCard(board, taskId);
  if (place === null) return null;
  const { status, index } = place;
  const last = board.columns.find((column) => column.status === status)!.tasks.length - 1;
  switch (key) {
    case 'ArrowUp':
      return index === 0 ? null : cardAt(board, { status, index: index - 1 });
    case 'ArrowDown':
      return index === last ? null : cardAt(board, { status, index: index + 1 });
    case 'Home':
      return cardAt(board, { status, index: 0 });
    case 'End':
      return cardAt(board, { status, index: last });
    case 'ArrowLeft':
    case 'ArrowRight': {
      const step = key === 'ArrowLeft' ? -1 : 1;
      for (let next = columnBeside(board, status, step); next !== undefined; next = columnBeside(board, next, step)) {
        const card = cardAt(board, { status: next, index });
        if (card !== null) return card;
      }
      return null;
    }
    default:
      return null;
  }
}

/** The place to which an arrow, Home or End carries a card; the same one when it goes no further. */
export function carriedPlace(board: Board, taskId: string, place: BoardPlace, key: string): BoardPlace {
  const othersIn = (status: TaskStatus): number =>
    board.columns.find((column) => column.status === status)!.tasks.filter(({ id }) => id !== taskId).length;
  const within = (status: TaskStatus, index: number): BoardPlace => ({
    status,
    index: Math.max(0, Math.min(index, othersIn(status))),
  });
  switch (key) {
    case 'ArrowUp':
      return within(place.status, place.index - 1);
    case 'ArrowDown':
      return within(place.status, place.index + 1);
    case 'Home':
      return within(place.status, 0);
    case 'End':
      return within(place.status, othersIn(place.status));
    case 'ArrowLeft':
    case 'ArrowRight': {
      const next = columnBeside(board, place.status, key === 'ArrowLeft' ? -1 : 1);
      return next === undefined ? place : within(next, place.index);
    }
    default:
      return place;
  }
}

/** A place said by a neighbour, as a move names it; `index` counts the cards without the one that moves. */
export function moveTo({ columns }: Board, taskId: string, { status, index }: BoardPlace): TaskMove {
  const others = columns.find((column) => column.status === status)!.tasks.filter(({ id }) => id !== taskId);
  const below = others[index];
  if (below !== undefined) return { status, before: below.id };
  const above = others.at(-1);
  return above === undefined ? { status } : { status, after: above.id };
}

/** The middle of a card that is drawn, and how many cards stand above it in its column. */
export type CardMiddle = { index: number; middle: number };

/** Where a card is put that is held at a height; `cards` are those drawn, from top to bottom, without the one that moves. */
export const indexAtHeight = (cards: readonly CardMiddle[], height: number): number =>
  cards.find(({ middle }) => middle >= height)?.index ?? (cards.at(-1)?.index ?? -1) + 1;
