import type { Board } from '@leanvibe/protocol/board';
import type { Task } from '@leanvibe/protocol/task';
import { skipToken, useQuery } from '@tanstack/react-query';
import { useMemo, useSyncExternalStore } from 'react';
import { useHub } from './hub-context.tsx';
import { boardWith } from './optimistic-board.ts';
import { boardKey } from './query-keys.ts';

/** The board with what was done here already in it; undefined until the server has been read for the first time. */
export function useBoard(): Board | undefined {
  const { workspace, pending } = useHub();
  const changes = useSyncExternalStore(pending.subscribe, pending.get);
  // The event stream reads the board and keeps it fresh; asking for it here as well would read it twice.
  const { data: board } = useQuery<Board>({ queryKey: boardKey(workspace), queryFn: skipToken });
  return useMemo(() => board && boardWith(board, changes), [board, changes]);
}

/** Every task of a board by its id. */
export function useTasksById(board: Board | undefined): ReadonlyMap<string, Task> {
  return useMemo(() => new Map(board?.columns.flatMap(({ tasks }) => tasks.map((task) => [task.id, task]))), [board]);
}
