import type { Outbox, WaitingCommand } from './outbox.ts';

/** What sending a kept command came to: the server has said what becomes of it, or it did not answer. */
export type ReplayOutcome = 'answered' | 'unreachable';

type Deps = {
  workspace: string;
  outbox: Outbox;
  /** Sends one, and resolves when everybody who has to choose something about it has chosen. */
  send: (waiting: WaitingCommand) => Promise<ReplayOutcome>;
  locks: LockManager | undefined;
};

/**
 * Sends what waits, in order, until nothing does or the server cannot be reached. One window at a time does so; where the browser has no
 * locks, the names of the commands keep the server from doing one twice.
 */
export async function replayOutbox({ workspace, outbox, send, locks }: Deps): Promise<void> {
  const sendAll = async () => {
    await outbox.load();
    for (let next = outbox.get()[0]; next !== undefined; next = outbox.get()[0]) {
      if ((await send(next)) === 'unreachable') return;
      await outbox.forget(next);
    }
  };
  if (locks === undefined) await sendAll();
  else await locks.request(`leanvibe-outbox-${workspace}`, sendAll);
}
