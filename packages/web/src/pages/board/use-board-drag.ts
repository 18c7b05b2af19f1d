import {
  MouseSensor,
  pointerWithin,
  closestCenter,
  TouchSensor,
  useSensor,
  useSensors,
  type CollisionDetection,
  type DragCancelEvent,
  type DragEndEvent,
  type DragMoveEvent,
  type DragStartEvent,
} from '@dnd-kit/core';
import type { TaskStatus } from '@leanvibe/protocol/task';
import { useCallback, useMemo, useRef } from 'react';
import { indexAtHeight, type CardMiddle } from './board-place.ts';
import type { BoardView } from './use-board-view.ts';
import type { CardCarrier } from './use-carried-card.ts';

/** What `DndContext` needs to let cards be dragged. */
export type BoardDrag = {
  sensors: ReturnType<typeof useSensors>;
  collisionDetection: CollisionDetection;
  onDragStart: (event: DragStartEvent) => void;
  onDragMove: (event: DragMoveEvent) => void;
  onDragEnd: (event: DragEndEvent) => void;
  onDragCancel: (event: DragCancelEvent) => void;
};

/** Lets mice and fingers drag cards. A finger has to rest on the card first, or the column could not be scrolled. */
export function useBoardDrag(view: BoardView, carrier: CardCarrier): BoardDrag {
  const pointerY = useRef(0);
  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: 5 } }),
    useSensor(TouchSensor, { activationConstraint: { delay: 220, tolerance: 8 } }),
  );
  const collisionDetection = useCallback<CollisionDetection>((args) => {
    pointerY.current = args.pointerCoordinates?.y ?? pointerY.current;
    const within = pointerWithin(args);
    return within.length > 0 ? within : closestCenter(args);
  }, []);
  return useMemo(
    () => ({
      sensors,
      collisionDetection,
      onDragStart: ({ active }) => carrier.pickUp(String(active.id), 'pointer'),
      onDragMove: ({ active, over }) => {
        if (over === null) return;
        const status = over.id as TaskStatus;
        const cards = drawnCards(view, status, String(active.id));
        carrier.carryTo({ status, index: indexAtHeight(cards, pointerY.current) });
      },
      onDragEnd: () => carrier.putDown(),
      onDragCancel: () => carrier.leave(),
    }),
    [sensors, collisionDetection, carrier, view],
  );
}

/** Where the middles of the cards of a column are in the window, without the card that is dragged. */
function drawnCards({ board }: BoardView, status: TaskStatus, draggedId: string): CardMiddle[] {
  const others = board.columns.find((column) => column.status === status)!.tasks.filter(({ id }) => id !== draggedId);
  const indexes = new Map(others.map(({ id }, index) => [id, index]));
  return [...document.querySelectorAll(`[data-column-cards="${status}"] [data-task-id]`)]
    .flatMap((card) => {
      const index = indexes.get(card.getAttribute('data-task-id')!);
      const { top, height } = card.getBoundingClientRect();
      return index === undefined ? [] : { index, middle: top + height / 2 };
    })
    .toSorted((first, second) => first.index - second.index);
}
