import type { Board } from '@leanvibe/protocol/board';
import { applyEvent } from './board-state.ts';
import type { LeanVibeClient } from './leanvibe-client.ts';
import type { StreamOptions } from './stream-types.ts';

/** What a board can be watched with; what it has to receive is not for the caller to say. */
export type BoardWatchOptions = Omit<StreamOptions, 'cursor' | 'channels' | 'minPriority'>;

/**
 * The board as it is and after every change, for as long as the loop over it runs; through lost connections and restarts. What the
 * stored `custom_filters` of the workspace leave out of sockets is left out here too.
 */
export async function* watchBoard(
  client: LeanVibeClient,
  options: BoardWatchOptions = {},
): AsyncGenerator<Board, void, undefined> {
  // A board that cannot be read now is waited for, as the stream waits for its socket.
  const readBoard = (): Promise<Board> => client.tasks.board({ signal: options.signal, retries: Infinity });
  let board = await readBoard();
  yield board;
  const subscription = { channels: ['tasks'], minPriority: 'debug', cursor: board.cursor } as const;
  const stream = client.events.stream({ ...options, ...subscription });
  for await (const item of stream) {
    const before = board;
    if (item.type === 'snapshot_required') {
      board = await readBoard();
      stream.skipTo(board.cursor);
    } else {
      board = applyEvent(board, item);
    }
    if (board !== before) yield board;
  }
}
