import { LeanVibeError } from '@leanvibe/client/leanvibe-error';
import type { Board } from '@leanvibe/protocol/board';
import type { QueryClient } from '@tanstack/react-query';
import type { WaitingCommand } from '../offline/outbox.ts';
import { isOffline, isUnreachable } from '../offline/reachability.ts';
import { inverseOf } from './command-inverse.ts';
import type { Hub } from './hub.ts';
import { boardWith } from './optimistic-board.ts';
import { performCommand, type CommandOutcome, type Sending } from './perform-command.ts';
import { boardKey } from './query-keys.ts';
import { randomName } from './random-name.ts';
import { subjectOf, type TaskCommand } from './task-command.ts';

/** What became of a command, and the command that takes it back (null: nothing does). */
export type CommandResult = CommandOutcome & { inverse: TaskCommand | null };

/** A command that could not be sent, and waits until it can. */
export type Kept = { waiting: WaitingCommand };

/**
 * Shows a command at once, sends it when its turn comes, and shows what the server made of it. When it is refused the board is as the
 * server has it, and the `LeanVibeError` is thrown. Without a connection, and behind what waits for one, it is kept.
 */
export async function runCommand(
  command: TaskCommand,
  hub: Hub,
  queryClient: QueryClient,
): Promise<CommandResult | Kept> {
  const board = shownBoard(hub, queryClient);
  const key = hub.pending.add(command);
  const id = randomName();
  const keep = async () => ({ waiting: await hub.outbox.keep(command, id, key) });
  if (isOffline(hub.connection.get()) || hub.outbox.get().length > 0) return keep();
  try {
    return await sendCommand({ command, key, board }, hub, { id, wasKept: false });
  } catch (error) {
    if (error instanceof LeanVibeError && isUnreachable(error)) return keep();
    hub.pending.drop(key);
    throw error;
  }
}

/** A command that the board shows already, under a key; `board` is what was shown before. */
type Shown = { command: TaskCommand; key: number; board: Board | undefined };

/** Sends a command that the board shows already, when its turn comes. */
export async function sendCommand({ command, key, board }: Shown, hub: Hub, sending: Sending): Promise<CommandResult> {
  const outcome = await hub.queue.run(subjectOf(command), () => performCommand(command, hub, sending));
  hub.pending.answered(key, doneOf(command, outcome), outcome.tasks);
  return { ...outcome, inverse: board === undefined ? null : inverseOf(command, outcome.done, board) };
}

/** The board as people see it now. */
function shownBoard(hub: Hub, queryClient: QueryClient): Board | undefined {
  const board = serverBoard(hub, queryClient);
  return board && boardWith(board, hub.pending.get());
}

/** The board as the server has it, as far as it has said. */
export const serverBoard = (hub: Hub, queryClient: QueryClient): Board | undefined =>
  queryClient.getQueryData<Board>(boardKey(hub.workspace));

const doneOf = (command: TaskCommand, { done }: CommandOutcome): TaskCommand =>
  command.kind === 'bulk' ? { kind: 'bulk', commands: done.map(({ step }) => step) } : command;
