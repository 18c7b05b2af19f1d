import type { Board } from '@leanvibe/protocol/board';
import type { QueryClient } from '@tanstack/react-query';
import { inverseOf } from './command-inverse.ts';
import type { Hub } from './hub.ts';
import { boardWith } from './optimistic-board.ts';
import { performCommand, type CommandOutcome } from './perform-command.ts';
import { boardKey } from './query-keys.ts';
import { subjectOf, type TaskCommand } from './task-command.ts';

/** What became of a command, and the command that takes it back (null: nothing does). */
export type CommandResult = CommandOutcome & { inverse: TaskCommand | null };

/**
 * Shows a command at once, sends it when its turn comes, and shows what the server made of it. When it is refused the board is as the
 * server has it, and the `LeanVibeError` is thrown.
 */
export async function runCommand(command: TaskCommand, hub: Hub, queryClient: QueryClient): Promise<CommandResult> {
  const board = shownBoard(hub, queryClient);
  const key = hub.pending.add(command);
  try {
    const outcome = await hub.queue.run(subjectOf(command), () => performCommand(command, hub));
    hub.pending.answered(key, doneOf(command, outcome), outcome.tasks);
    return { ...outcome, inverse: board === undefined ? null : inverseOf(command, outcome.done, board) };
  } catch (error) {
    hub.pending.drop(key);
    throw error;
  }
}

/** The board as people see it now. */
export function shownBoard(hub: Hub, queryClient: QueryClient): Board | undefined {
  const board = queryClient.getQueryData<Board>(boardKey(hub.workspace));
  return board && boardWith(board, hub.pending.get());
}

const doneOf = (command: TaskCommand, { done }: CommandOutcome): TaskCommand =>
  command.kind === 'bulk' ? { kind: 'bulk', commands: done.map(({ step }) => step) } : command;
