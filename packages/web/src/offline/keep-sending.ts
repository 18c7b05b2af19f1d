import type { CommandRunner } from '../hub/command-runner.ts';
import type { Hub } from '../hub/hub.ts';
import { replayOutbox } from './replay-outbox.ts';

/** How long after a server that is there has put off a command it is sent again, in milliseconds. */
const retryAfterMs = 3000;

/** Sends what waits whenever there is a connection, until the signal ends it. */
export function keepSending(hub: Hub, runner: Pick<CommandRunner, 'replay'>, signal: AbortSignal): void {
  const { outbox, workspace, connection } = hub;
  let isSending = false;
  const send = async () => {
    if (isSending || signal.aborted || connection.get().state !== 'live' || outbox.get().length === 0) return;
    isSending = true;
    try {
      await replayOutbox({ workspace, outbox, send: (waiting) => runner.replay(waiting), locks: navigator.locks });
    } finally {
      isSending = false;
    }
    if (outbox.get().length > 0) setTimeout(() => void send(), retryAfterMs);
  };
  const ends = [connection.subscribe(() => void send()), outbox.subscribe(() => void send())];
  signal.addEventListener('abort', () => ends.forEach((end) => end()));
  // What windows left behind that were closed without a connection.
  void outbox.load();
}
