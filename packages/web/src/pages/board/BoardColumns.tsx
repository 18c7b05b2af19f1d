import { DndContext, DragOverlay } from '@dnd-kit/core';
import { useCallback, useMemo, type FocusEvent } from 'react';
import { blockersOf } from '../../components/task-facts.ts';
import { classNames } from '../../ui/class-names.ts';
import { cardKeysHintId } from './Card.tsx';
import cardStyles from './Card.module.css';
import { useCardHandlers } from './card-handlers.ts';
import { CardFace } from './CardFace.tsx';
import { Column } from './Column.tsx';
import { ColumnTabs } from './ColumnTabs.tsx';
import { detachedContainer } from './detached-container.ts';
import styles from './BoardPage.module.css';
import { useBoardDrag } from './use-board-drag.ts';
import { useBoardKeys } from './use-board-keys.ts';
import type { BoardView, CarriedCard } from './use-board-view.ts';
import { isLeaving, type CardFocus } from './use-card-focus.ts';
import { useCardCarrier } from './use-carried-card.ts';

type Props = {
  view: BoardView;
  focus: CardFocus;
  setCarried: (carried: CarriedCard | null) => void;
  clearSelection: () => void;
};

/** The columns, and the ways in which their cards are moved. */
export function BoardColumns({ view, focus, setCarried, clearSelection }: Props) {
  const carrier = useCardCarrier(view, setCarried);
  const handlers = useCardHandlers();
  const drag = useBoardDrag(view, carrier);
  const { focusCard, focusedId, onFocus, onBlur } = focus;
  const onKeyDown = useBoardKeys(
    useMemo(
      () => ({ view, carrier, handlers, focusCard, clearSelection }),
      [view, carrier, handlers, focusCard, clearSelection],
    ),
  );
  const onLeave = useCallback(
    (event: FocusEvent) => {
      if (view.carried?.by === 'keys' && isLeaving(event)) carrier.leave();
      onBlur(event);
    },
    [view.carried, carrier, onBlur],
  );
  const accessibility = useMemo(() => ({ container: detachedContainer(), restoreFocus: false }), []);
  return (
    <DndContext {...drag} accessibility={accessibility}>
      <ColumnTabs columns={view.shown.columns} />
      <p id={cardKeysHintId} hidden>
        Press Enter to open, Space to pick up and move, M for the menu.
      </p>
      <div className={styles.columns} data-board onKeyDown={onKeyDown} onFocus={onFocus} onBlur={onLeave}>
        {view.shown.columns.map((column) => (
          <Column key={column.status} column={column} view={view} focusedId={focusedId} />
        ))}
      </div>
      <DragOverlay dropAnimation={null}>
        {view.carried?.by === 'pointer' && <DraggedCard view={view} taskId={view.carried.taskId} />}
      </DragOverlay>
    </DndContext>
  );
}

/** The card under the pointer, and how many go with it. */
function DraggedCard({ view, taskId }: { view: BoardView; taskId: string }) {
  const task = view.tasksById.get(taskId);
  if (task === undefined) return null;
  const count = view.selection.has(taskId) ? view.selection.size : 1;
  return (
    <div className={classNames(cardStyles.card, cardStyles.overlay)} aria-hidden="true">
      <CardFace task={task} blockers={blockersOf(task, view.tasksById)} nowMs={view.nowMs}>
        <span className={cardStyles.title}>{count > 1 ? `${count} tasks` : task.title}</span>
      </CardFace>
    </div>
  );
}
