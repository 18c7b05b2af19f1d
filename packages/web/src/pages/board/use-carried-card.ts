import { useMemo } from 'react';
import { useTaskActions, type TaskActions } from '../../hub/task-actions.ts';
import { statusTitles } from '../../hub/task-values.ts';
import { useAnnounce } from '../../ui/Announcer.tsx';
import { carriedPlace, moveTo, placeOfCard, type BoardPlace } from './board-place.ts';
import { moveCommands } from './move-commands.ts';
import type { BoardView, CarriedCard } from './use-board-view.ts';

/** What can be done with a card that is being moved. */
export type CardCarrier = {
  pickUp: (taskId: string, by: CarriedCard['by']) => void;
  /** Takes it a step further by a key. */
  step: (key: string) => void;
  /** Takes it to a place. */
  carryTo: (place: BoardPlace) => void;
  putDown: () => void;
  leave: () => void;
};

type Deps = {
  view: BoardView;
  setCarried: (carried: CarriedCard | null) => void;
  announce: (text: string) => void;
  actions: TaskActions;
};

/** Moves cards: shown while they are held, sent when they are put down. */
export function useCardCarrier(view: BoardView, setCarried: (carried: CarriedCard | null) => void): CardCarrier {
  const actions = useTaskActions();
  const announce = useAnnounce();
  return useMemo(() => {
    const deps = { view, setCarried, announce, actions };
    return {
      pickUp: (taskId, by) => pickUp(taskId, by, deps),
      step: (key) => step(key, deps),
      carryTo: (place) => carryTo(place, deps),
      putDown: () => putDown(deps),
      leave: () => leave(deps),
    };
  }, [view, setCarried, announce, actions]);
}

const isSamePlace = (first: BoardPlace, second: BoardPlace): boolean =>
  first.status === second.status && first.index === second.index;

const placeText = ({ board }: BoardView, taskId: string, { status, index }: BoardPlace): string => {
  const tasks = board.columns.find((column) => column.status === status)!.tasks;
  return `${statusTitles[status]}, ${index + 1} of ${tasks.filter(({ id }) => id !== taskId).length + 1}.`;
};

function pickUp(taskId: string, by: CarriedCard['by'], { view, setCarried, announce }: Deps): void {
  const place = placeOfCard(view.board, taskId);
  if (place === null) return;
  setCarried({ taskId, by, from: place, place });
  const hint = by === 'keys' ? ' Arrows move it, Space puts it down, Escape leaves it where it was.' : '';
  announce(`Picked up ${view.tasksById.get(taskId)?.title}. ${placeText(view, taskId, place)}${hint}`);
}

function step(key: string, deps: Deps): void {
  const { board, carried } = deps.view;
  if (carried === null) return;
  const place = carriedPlace(board, carried.taskId, carried.place, key);
  carryTo(place, deps);
  const lead = isSamePlace(place, carried.place) ? 'No further. ' : '';
  deps.announce(lead + placeText(deps.view, carried.taskId, place));
}

function carryTo(place: BoardPlace, { view: { carried }, setCarried }: Deps): void {
  if (carried !== null && !isSamePlace(carried.place, place)) setCarried({ ...carried, place });
}

function putDown(deps: Deps): void {
  const { board, carried, tasksById, selection } = deps.view;
  const task = carried && tasksById.get(carried.taskId);
  if (!carried || !task || isSamePlace(carried.from, carried.place)) return leave(deps);
  deps.setCarried(null);
  const to = moveTo(board, task.id, carried.place);
  const companions = carried.by === 'pointer' && selection.has(task.id) ? selection : new Set<string>();
  const commands = moveCommands(board, task, to, companions);
  void (commands.length === 1 ? deps.actions.move(task, to) : deps.actions.bulk(commands));
}

function leave({ view: { carried, tasksById }, setCarried, announce }: Deps): void {
  if (carried === null) return;
  setCarried(null);
  announce(`${tasksById.get(carried.taskId)?.title ?? 'The task'} stays where it was.`);
}
