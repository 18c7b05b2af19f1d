import type { Board } from '@leanvibe/protocol/board';
import type { KeptCommand, OfflineStore } from './offline-store.ts';

/** For browsers that keep nothing, such as private windows of some: it lasts as long as the window. */
export function memoryStore(): OfflineStore {
  let kept: KeptCommand[] = [];
  let lastOrder = 0;
  const boards = new Map<string, Board>();
  return {
    commands: async (workspace) => kept.filter((entry) => entry.workspace === workspace),
    async keep(command) {
      lastOrder += 1;
      const entry = { ...command, order: lastOrder };
      kept = [...kept, entry];
      return entry;
    },
    async forget(order) {
      kept = kept.filter((entry) => entry.order !== order);
    },
    board: async (workspace) => boards.get(workspace),
    async rememberBoard(workspace, board) {
      boards.set(workspace, board);
    },
  };
}
