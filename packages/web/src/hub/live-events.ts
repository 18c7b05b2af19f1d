import { applyEvent } from '@leanvibe/client/board-state';
import type { StreamEvent } from '@leanvibe/client/event-types';
import { LeanVibeError } from '@leanvibe/client/leanvibe-error';
import type { Board } from '@leanvibe/protocol/board';
import type { QueryClient } from '@tanstack/react-query';
import { withEvent, withoutServer, withStatus } from './connection.ts';
import type { FirstBoard } from './first-board.ts';
import type { Hub } from './hub.ts';
import { nowMs } from './now.ts';
import { boardKey, rulesKey } from './query-keys.ts';

/** How long after a failed attempt to read the board the next one is made, in milliseconds. */
const retryAfterMs = 1500;

/**
 * Reads the board once, then follows the log from its cursor and folds each event into the board that the pages show. Resolves when
 * the signal ends it, or when the server refuses for good.
 */
export async function followEvents(
  hub: Hub,
  queryClient: QueryClient,
  signal: AbortSignal,
  firstBoard?: FirstBoard,
): Promise<void> {
  try {
    await follow(hub, queryClient, signal, firstBoard);
  } catch (error) {
    if (signal.aborted) return;
    if (!(error instanceof LeanVibeError)) throw error;
    hub.connection.update((connection) => ({ ...connection, state: 'closed', reason: error.code, failure: error }));
  }
}

async function follow(
  hub: Hub,
  queryClient: QueryClient,
  signal: AbortSignal,
  firstBoard: FirstBoard | undefined,
): Promise<void> {
  const asked = (await firstBoard?.take(hub.workspace)) ?? null;
  const board = asked ?? (await readBoard(hub, queryClient, signal));
  if (asked !== null) queryClient.setQueryData(boardKey(hub.workspace), asked);
  const stream = hub.client.events.stream({
    cursor: board.cursor,
    channels: ['all'],
    minPriority: 'debug',
    clientType: 'web',
    deviceId: hub.deviceId,
    signal,
    onStatus: (status) => {
      if (!signal.aborted) hub.connection.update((connection) => withStatus(connection, status));
    },
  });
  for await (const item of stream) {
    if (item.type === 'snapshot_required') {
      stream.skipTo((await readBoard(hub, queryClient, signal)).cursor);
      await queryClient.invalidateQueries({ queryKey: rulesKey(hub.workspace) });
      continue;
    }
    takeIn(item, hub, queryClient);
  }
}

async function readBoard(hub: Hub, queryClient: QueryClient, signal: AbortSignal): Promise<Board> {
  const board = await readWhenReachable(hub, signal);
  queryClient.setQueryData(boardKey(hub.workspace), board);
  hub.pending.forgetAnswered();
  return board;
}

/** Reads the board as soon as that is possible, and says meanwhile that it is not. */
async function readWhenReachable(hub: Hub, signal: AbortSignal): Promise<Board> {
  for (;;) {
    try {
      return await hub.client.tasks.board({ signal, retries: 0 });
    } catch (error) {
      if (!(error instanceof LeanVibeError) || !isTemporary(error)) throw error;
      hub.connection.update((connection) => withoutServer(connection, error, nowMs()));
    }
    await pause(retryAfterMs, signal);
  }
}

const isTemporary = ({ status }: LeanVibeError): boolean => status === 0 || status === 429 || status === 503;

/** Ends early when the network comes back; throws when the signal ends it. */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
  const over = Promise.withResolvers<void>();
  const timer = setTimeout(over.resolve, ms);
  addEventListener('online', () => over.resolve(), { signal, once: true });
  signal.addEventListener('abort', () => over.resolve(), { once: true });
  await over.promise;
  clearTimeout(timer);
  signal.throwIfAborted();
}

function takeIn(event: StreamEvent, hub: Hub, queryClient: QueryClient): void {
  queryClient.setQueryData<Board>(boardKey(hub.workspace), (board) => board && applyEvent(board, event));
  hub.connection.update(withEvent);
  hub.pending.observe(event);
  hub.events.publish(event);
}
