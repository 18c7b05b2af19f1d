import type { EventServer } from '../src/events/event-server-fixture.ts';
import { until } from '../src/events/event-server-fixture.ts';
import type { TestSocket } from '../src/events/test-socket-fixture.ts';
import { TestStream } from '../src/events/test-stream-fixture.ts';

export const transports = ['socket', 'batches', 'sse', 'pages', 'poll'] as const;
export type Transport = (typeof transports)[number];

type Entry = { seq: number; cursor: string; data: { n: number } };

/** One reader of a workspace over one transport, from its coming to its going. */
export type Reader = {
  /** What it was told when it came. */
  readonly verdict: 'resumes' | 'cursor-invalid' | 'cursor-expired';
  /** The events that it was given so far. */
  read(): Entry[];
  /** Waits until it has so many. */
  reach(count: number): Promise<void>;
  leave(): Promise<void>;
};

/** Comes back to a workspace with a cursor. */
export function openReader(server: EventServer, transport: Transport, cursor: string): Promise<Reader> {
  if (transport === 'sse') return openStream(server, cursor);
  if (transport === 'pages' || transport === 'poll') return openPages(server, cursor, transport === 'poll' ? 1 : 0);
  return openSocket(server, `cursor=${cursor}${transport === 'batches' ? '&batch_ms=3' : ''}`);
}

async function openSocket(server: EventServer, query: string): Promise<Reader> {
  const socket = await server.connect(`/ws/alpha?${query}`);
  // The second frame tells, if it is not an event.
  await socket.until(() => socket.frames.length > 1);
  const told = socket.frames[1]!;
  const verdict = told['type'] === 'snapshot_required' ? (told['reason'] as Reader['verdict']) : 'resumes';
  return {
    verdict,
    read: () => entriesOf(socket),
    reach: (count) => socket.until(() => socket.events.length >= count),
    async leave() {
      socket.terminate();
      await socket.end();
    },
  };
}

const entriesOf = ({ events }: TestSocket) => events as unknown as Entry[];

async function openStream(server: EventServer, cursor: string): Promise<Reader> {
  const response = await fetch(`${server.url}/events/alpha`, { headers: { 'last-event-id': cursor } });
  if (response.status !== 200) return refused(response);
  const stream = new TestStream(response);
  return {
    verdict: 'resumes',
    read: () => stream.received().map(({ data }) => data as Entry),
    reach: async (count) => void (await stream.events(count)),
    leave: () => stream.cancel(),
  };
}

async function openPages(server: EventServer, cursor: string, waitSeconds: number): Promise<Reader> {
  const entries: Entry[] = [];
  let position = cursor;
  const page = async (wait: number): Promise<Response> => {
    const response = await fetch(`${server.url}/events/alpha/log?cursor=${position}&limit=7&wait_seconds=${wait}`);
    if (response.status !== 200) return response;
    position = response.headers.get('x-cursor')!;
    entries.push(...((await response.json()) as Entry[]));
    return response;
  };
  const first = await page(0);
  if (first.status !== 200) return refused(first);
  return {
    verdict: 'resumes',
    read: () => [...entries],
    reach: (count) => until(async () => entries.length >= count || (await page(waitSeconds), entries.length >= count)),
    leave: async () => undefined,
  };
}

async function refused(response: Response): Promise<Reader> {
  const { code } = (await response.json()) as { code: Reader['verdict'] };
  const read = () => [];
  return { verdict: code, read, reach: async () => undefined, leave: async () => undefined };
}
