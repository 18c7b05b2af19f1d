import type { Board } from '@leanvibe/protocol/board';
import { lazy, Suspense, useCallback, useEffect, useMemo, useState } from 'react';
import { FirstRun } from '../../components/first-run/FirstRun.tsx';
import { Presence } from '../../components/Presence.tsx';
import { useOpenTask } from '../../components/use-open-task.ts';
import { useTasksById } from '../../hub/use-board.ts';
import { PageHeader } from '../../shell/PageHeader.tsx';
import { BoardCardMenu } from './BoardCardMenu.tsx';
import { BoardColumns } from './BoardColumns.tsx';
import styles from './BoardPage.module.css';
import { BulkBar } from './BulkBar.tsx';
import { CardHandlersContext, type CardHandlers } from './card-handlers.ts';
import { FilterBar } from './FilterBar.tsx';
import { namesOn } from './filtered-board.ts';
import { withRange, withToggled } from './selection.ts';
import { useBoardCommands } from './use-board-commands.ts';
import { useBoardFilter } from './use-board-filter.ts';
import { useBoardView, type CarriedCard } from './use-board-view.ts';
import { useCardFocus } from './use-card-focus.ts';
import { useSelection } from './use-selection.ts';

const TaskDrawer = lazy(async () => ({
  default: (await import('../../components/task-drawer/TaskDrawer.tsx')).TaskDrawer,
}));

type OpenMenu = { taskId: string; anchor: HTMLElement };

/** The board, once it is there: its head, its columns, and the task that is open beside them. */
export function BoardBody({ whole }: { whole: Board }) {
  const [filter, setFilter] = useBoardFilter();
  const [openId, openTask] = useOpenTask();
  const [carried, setCarried] = useState<CarriedCard | null>(null);
  const [menu, setMenu] = useState<OpenMenu | null>(null);
  const tasksById = useTasksById(whole);
  const isThere = useCallback((taskId: string) => tasksById.has(taskId), [tasksById]);
  const { selection, setSelection, clear } = useSelection(isThere);
  const view = useBoardView(whole, { filter, selection: selection.ids, carried, openId });
  const focus = useCardFocus(view.shown);
  const names = useMemo(() => namesOn(whole), [whole]);
  const { board } = view;
  useEffect(() => {
    if (carried !== null && !isThere(carried.taskId)) setCarried(null);
  }, [carried, isThere]);
  const handlers = useMemo(
    (): CardHandlers => ({
      open: openTask,
      select: (taskId, extend) =>
        setSelection((before) => (extend ? withRange(before, taskId, board) : withToggled(before, taskId))),
      openMenu: (taskId, anchor) => setMenu((before) => (before?.taskId === taskId ? null : { taskId, anchor })),
    }),
    [openTask, setSelection, board],
  );
  const closeMenu = useCallback(() => setMenu(null), []);
  useBoardCommands({ clearSelection: clear });
  const chosen = board.columns.flatMap(({ tasks }) => tasks.filter(({ id }) => selection.ids.has(id)));
  const menuTask = menu && tasksById.get(menu.taskId);
  const closeTask = useCallback(() => {
    if (openId === null) return;
    openTask(null);
    focus.focusCard(openId);
  }, [openId, openTask, focus]);
  return (
    <CardHandlersContext value={handlers}>
      <PageHeader title="Board">
        <FilterBar filter={filter} onFilter={setFilter} names={names} />
        <Presence />
      </PageHeader>
      <div className={styles.layout}>
        <div className={styles.board}>
          <FirstRun board={whole} />
          <BoardColumns view={view} focus={focus} setCarried={setCarried} clearSelection={clear} />
          {chosen.length > 0 && <BulkBar tasks={chosen} names={names.assignees} onClear={clear} />}
        </div>
        {openId !== null && (
          <Suspense>
            <TaskDrawer
              key={openId}
              taskId={openId}
              board={whole}
              tasksById={tasksById}
              onOpen={openTask}
              onClose={closeTask}
            />
          </Suspense>
        )}
      </div>
      {menu && menuTask && <BoardCardMenu task={menuTask} anchor={menu.anchor} view={view} onClose={closeMenu} />}
    </CardHandlersContext>
  );
}
