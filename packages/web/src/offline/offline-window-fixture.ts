import { QueryClient } from '@tanstack/react-query';
import type { Board } from '@leanvibe/protocol/board';
import type { Task } from '@leanvibe/protocol/task';
import { vi } from 'vitest';
import { CommandRunner } from '../hub/command-runner.ts';
import { createHub, type Hub } from '../hub/hub.ts';
import { followEvents } from '../hub/live-events.ts';
import { boardWith } from '../hub/optimistic-board.ts';
import { boardKey } from '../hub/query-keys.ts';
import { keepSending } from './keep-sending.ts';
import type { OfflineStore } from './offline-store.ts';
import { Outbox } from './outbox.ts';

/** What a window would be without its pages: the hub of a workspace, following a real server and sending what was kept. */
export class OfflineWindow implements Disposable {
  readonly hub: Hub;
  readonly runner: CommandRunner;
  readonly said: string[] = [];
  readonly #queryClient = new QueryClient();
  readonly #end = new AbortController();

  constructor(url: string, store: OfflineStore) {
    vi.stubGlobal('location', { origin: url });
    const made = createHub('home', 'web-test', Date.now());
    const outbox = new Outbox({ workspace: made.workspace, store: Promise.resolve(store), pending: made.pending });
    this.hub = { ...made, store: Promise.resolve(store), outbox };
    const show = ({ text }: { text: string }): number => this.said.push(text);
    const toasts = { show, dismiss: () => {} };
    this.runner = new CommandRunner({ hub: this.hub, queryClient: this.#queryClient, toasts, announce: () => {} });
    void followEvents(this.hub, this.#queryClient, this.#end.signal);
    keepSending(this.hub, this.runner, this.#end.signal);
  }

  /** The board as the page would draw it. */
  get board(): Board {
    const board = this.#queryClient.getQueryData<Board>(boardKey(this.hub.workspace));
    if (board === undefined) throw new Error('the board has not been read');
    return boardWith(board, this.hub.pending.get());
  }

  task(title: string): Task {
    const tasks = this.board.columns.flatMap((column) => column.tasks);
    return tasks.find((task) => task.title === title)!;
  }

  isLive(): Promise<void> {
    return this.hub.connection.until(({ state }) => state === 'live');
  }

  isOffline(): Promise<void> {
    return this.hub.connection.until(({ offlineSinceMs }) => offlineSinceMs !== null);
  }

  /** Everything was sent, and its events have come in. */
  async isQuiet(): Promise<void> {
    await vi.waitUntil(() => this.hub.outbox.get().length === 0 && this.hub.pending.get().length === 0, 15_000);
  }

  [Symbol.dispose](): void {
    this.#end.abort();
  }
}
