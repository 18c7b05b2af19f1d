import type { Board } from '@leanvibe/protocol/board';
import { useDroppable } from '@dnd-kit/core';
import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual';
import { useCallback, useLayoutEffect, useRef } from 'react';
import { blockersOf } from '../../components/task-facts.ts';
import { classNames } from '../../ui/class-names.ts';
import { Card } from './Card.tsx';
import { ColumnHeader } from './ColumnHeader.tsx';
import styles from './Column.module.css';
import { QuickAdd } from './QuickAdd.tsx';
import type { BoardView } from './use-board-view.ts';

type Props = {
  column: Board['columns'][number];
  view: BoardView;
  /** The card that has the focus, or had it last; null: none of this board. */
  focusedId: string | null;
};

const noBlockers: readonly never[] = [];
const cardGapPx = 6;

/** A column of the board. However many tasks it has, only the cards in sight are drawn. */
export function Column({ column, view, focusedId }: Props) {
  const { status, title, tasks, task_count: count, wip_limit: limit } = column;
  const scroller = useRef<HTMLDivElement>(null);
  const { setNodeRef } = useDroppable({ id: status });
  const attach = useCallback(
    (element: HTMLDivElement | null) => {
      scroller.current = element;
      setNodeRef(element);
    },
    [setNodeRef],
  );
  const kept = tasks.findIndex(({ id }) => id === (view.carried?.taskId ?? focusedId));
  const virtualizer = useColumnVirtualizer(tasks, scroller, kept);
  const isCarriedHere = view.carried?.place.status === status;
  useLayoutEffect(() => {
    if (isCarriedHere && view.carried?.by === 'keys') virtualizer.scrollToIndex(kept, { align: 'auto' });
  }, [isCarriedHere, view.carried, kept, virtualizer]);
  const tabStop = tasks[kept]?.id ?? tasks[0]?.id;
  return (
    <section
      className={classNames(styles.column, isCarriedHere && styles.target)}
      aria-labelledby={`column-${status}`}
      data-column={status}
    >
      <ColumnHeader status={status} title={title} count={count} shown={tasks.length} limit={limit} />
      <div ref={attach} className={styles.scroller} data-column-cards={status} tabIndex={-1}>
        <ul className={styles.cards} style={{ height: virtualizer.getTotalSize() }} aria-label={`Tasks in ${title}`}>
          {virtualizer.getVirtualItems().map(({ index, key, start }) => {
            const task = tasks[index]!;
            return (
              <li
                key={key}
                ref={virtualizer.measureElement}
                className={styles.item}
                style={{ translate: `0 ${start}px` }}
                data-index={index}
                data-task-id={task.id}
                aria-setsize={tasks.length}
                aria-posinset={index + 1}
              >
                <Card
                  task={task}
                  blockers={task.depends_on.length === 0 ? noBlockers : blockersOf(task, view.tasksById)}
                  nowMs={view.nowMs}
                  isTabStop={task.id === tabStop}
                  isChoosing={view.selection.size > 0}
                  isCarried={view.carried?.taskId === task.id}
                  isSelected={view.selection.has(task.id)}
                  isOpen={view.openId === task.id}
                />
              </li>
            );
          })}
        </ul>
        {tasks.length === 0 && (
          <p className={styles.empty}>{count === 0 ? 'No tasks' : 'None that the filter lets through'}</p>
        )}
      </div>
      <QuickAdd status={status} columnTitle={title} />
    </section>
  );
}

/** Draws the cards in sight, and always the one that has the focus or is being moved, wherever it is. */
function useColumnVirtualizer(
  tasks: Props['column']['tasks'],
  scroller: React.RefObject<HTMLDivElement | null>,
  kept: number,
) {
  const rangeExtractor = useCallback(
    (range: Range) => {
      const indexes = defaultRangeExtractor(range);
      if (kept < 0 || kept >= range.count || indexes.includes(kept)) return indexes;
      return [...indexes, kept].toSorted((first, second) => first - second);
    },
    [kept],
  );
  return useVirtualizer({
    count: tasks.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 66,
    gap: cardGapPx,
    paddingStart: 2,
    paddingEnd: 2,
    overscan: 6,
    getItemKey: (index) => tasks[index]!.id,
    rangeExtractor,
  });
}
