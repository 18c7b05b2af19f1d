import type { Board } from '@leanvibe/protocol/board';
import type { QueryClient } from '@tanstack/react-query';
import { boardKey } from '../hub/query-keys.ts';
import type { OfflineStore } from './offline-store.ts';

/** A board of thousands of tasks takes a while to write, so it is written at most this often, in milliseconds. */
const saveEveryMs = 1000;

type Deps = { workspace: string; store: OfflineStore; queryClient: QueryClient; signal: AbortSignal };

/** Shows the last board until the server has been read, and keeps what it says from then on. */
export async function rememberBoards({ workspace, store, queryClient, signal }: Deps): Promise<void> {
  const key = boardKey(workspace);
  const current = () => queryClient.getQueryData<Board>(key);
  const remembered = await store.board(workspace);
  if (signal.aborted) return;
  if (remembered !== undefined && current() === undefined) queryClient.setQueryData(key, remembered);

  let saved = remembered;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const save = () => {
    const board = current();
    if (board === undefined || board === saved) return;
    saved = board;
    // Nothing is lost but what could have been read without a connection.
    store.rememberBoard(workspace, board).catch(() => undefined);
  };
  const saveIfHidden = () => {
    if (document.visibilityState === 'hidden') save();
  };
  const saveNowAndThen = () => {
    if (timer !== undefined) return;
    save();
    timer = setTimeout(() => {
      timer = undefined;
      save();
    }, saveEveryMs);
  };
  save();
  const unsubscribe = queryClient.getQueryCache().subscribe(({ query }) => {
    if (query.queryHash === JSON.stringify(key)) saveNowAndThen();
  });
  document.addEventListener('visibilitychange', saveIfHidden, { signal });
  signal.addEventListener('abort', () => {
    clearTimeout(timer);
    save();
    unsubscribe();
  });
}
