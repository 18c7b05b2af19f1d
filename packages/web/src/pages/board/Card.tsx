import type { Task } from '@leanvibe/protocol/task';
import { useDraggable } from '@dnd-kit/core';
import { Ellipsis } from 'lucide-react';
import { memo, type MouseEvent } from 'react';
import { isDraft } from '../../hub/task-draft.ts';
import { classNames } from '../../ui/class-names.ts';
import { useCardHandlers } from './card-handlers.ts';
import { CardFace } from './CardFace.tsx';
import styles from './Card.module.css';

/** How a card stands out: it is being moved, it is chosen, or its task is open beside the board. */
export type CardMark = { isCarried: boolean; isSelected: boolean; isOpen: boolean };

type Props = CardMark & {
  task: Task;
  blockers: readonly Task[];
  nowMs: number;
  /** Whether the tabulator stops here: once in each column. */
  isTabStop: boolean;
  /** Whether any card of the board is chosen. */
  isChoosing: boolean;
};

/** The id of the hint that says what the keys do on a card. */
export const cardKeysHintId = 'card-keys';

/** A task on the board. */
export const Card = memo(function Card({ task, blockers, nowMs, isTabStop, isChoosing, ...mark }: Props) {
  const handlers = useCardHandlers();
  const isWaiting = isDraft(task);
  const { setNodeRef, listeners } = useDraggable({ id: task.id, disabled: isWaiting });
  const onClick = (event: MouseEvent): void => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) handlers.select(task.id, event.shiftKey);
    else handlers.open(task.id);
  };
  const names = classNames(
    styles.card,
    mark.isCarried && styles.carried,
    mark.isSelected && styles.selected,
    mark.isOpen && styles.open,
    isWaiting && styles.waiting,
    isChoosing && styles.choosing,
  );
  return (
    <div ref={setNodeRef} {...listeners} className={names}>
      <CardFace task={task} blockers={blockers} nowMs={nowMs}>
        <button
          type="button"
          className={styles.title}
          tabIndex={isTabStop ? 0 : -1}
          data-card-title
          aria-describedby={cardKeysHintId}
          aria-current={mark.isOpen || undefined}
          disabled={isWaiting}
          onClick={onClick}
        >
          {task.title}
          {mark.isCarried && <span className="visually-hidden"> (being moved)</span>}
        </button>
        {!isWaiting && (
          <>
            <input
              type="checkbox"
              className={styles.check}
              tabIndex={isTabStop ? 0 : -1}
              aria-label={`Select ${task.title}`}
              checked={mark.isSelected}
              onChange={({ nativeEvent }) =>
                handlers.select(task.id, 'shiftKey' in nativeEvent && nativeEvent.shiftKey === true)
              }
            />
            <button
              type="button"
              className={styles.more}
              tabIndex={isTabStop ? 0 : -1}
              aria-label={`Actions for ${task.title}`}
              aria-haspopup="menu"
              onClick={({ currentTarget }) => handlers.openMenu(task.id, currentTarget)}
            >
              <Ellipsis size={16} aria-hidden="true" />
            </button>
          </>
        )}
      </CardFace>
    </div>
  );
});
