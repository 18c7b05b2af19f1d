import type { ConnectionInfo } from '../hub/connection.ts';

/** The state of the connection in a few words, and how it is to be looked at. */
export type ConnectionText = { tone: 'good' | 'busy' | 'bad'; text: string };

const timeOf = (ms: number): string => new Date(ms).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });

/** What a person needs to know about the connection. */
export function connectionText({ state, caughtUp, offlineSinceMs, sinceMs, failure }: ConnectionInfo): ConnectionText {
  switch (state) {
    case 'live':
      return { tone: 'good', text: 'Live' };
    case 'catching-up':
      return { tone: 'busy', text: caughtUp === 1 ? 'Catching up: 1 event' : `Catching up: ${caughtUp} events` };
    case 'paused':
      return { tone: 'busy', text: 'Catching up' };
    case 'idle':
    case 'connecting':
      return offlineSinceMs === null || sinceMs - offlineSinceMs < 1000
        ? { tone: 'busy', text: 'Connecting' }
        : { tone: 'bad', text: `Offline since ${timeOf(offlineSinceMs)}, connecting` };
    case 'offline':
      return { tone: 'bad', text: `Offline since ${timeOf(offlineSinceMs ?? sinceMs)}` };
    case 'closed':
      return {
        tone: 'bad',
        text: failure === null ? 'Not connected' : 'Not connected: the server refuses this browser',
      };
  }
}
