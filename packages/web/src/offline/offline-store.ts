import type { Board } from '@leanvibe/protocol/board';
import type { TaskCommand } from '../hub/task-command.ts';

/** Something that was done without a connection. `id` names it to the server too, so that sending it twice does it once. */
export type KeptCommand = {
  /** Later ones have higher numbers. */
  order: number;
  id: string;
  workspace: string;
  command: TaskCommand;
};

/** What stays in this browser when its windows are closed. */
export type OfflineStore = {
  /** What was done in a workspace and has not been sent, in order. */
  commands: (workspace: string) => Promise<KeptCommand[]>;
  /** Resolves when it is on the disk. */
  keep: (command: Omit<KeptCommand, 'order'>) => Promise<KeptCommand>;
  forget: (order: number) => Promise<void>;
  /** The last board that was seen. */
  board: (workspace: string) => Promise<Board | undefined>;
  rememberBoard: (workspace: string, board: Board) => Promise<void>;
};
