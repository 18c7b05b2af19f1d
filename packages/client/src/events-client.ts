import type { LeanVibeEvent } from '@leanvibe/protocol/event';
import type { StreamEvent } from './event-types.ts';
import { cursorAt, readCursor } from './event-position.ts';
import { EventStream, type EventStreamDeps } from './event-stream.ts';
import { LeanVibeError } from './leanvibe-error.ts';
import { nextCursor, totalCount } from './list-page.ts';
import type { CallOptions, QueryOf } from './route-call.ts';
import { readServerSentEvents, textChunks } from './server-sent-events.ts';
import { socketAddress } from './socket-address.ts';
import type { StreamOptions } from './stream-types.ts';
import type { WorkspaceCalls } from './workspace-calls.ts';

/** A page of the event log, and the cursor to go on from. */
export type EventLogPage = {
  events: LeanVibeEvent[];
  total: number;
  /** Where this page ends in the log; goes on even when the page is empty. */
  cursor: string;
  /** The same, but null when there is nothing more yet. */
  next: string | null;
};

// Refusals that no later attempt will mend: a workspace name that is none, a token that does not serve, a name of the server that it
// does not go by.
const finalStatuses = new Set([400, 401, 403, 404]);

/** The event log of a workspace. */
export class EventsClient {
  readonly #calls: WorkspaceCalls;
  readonly #deps: Omit<EventStreamDeps, 'diagnose'>;

  constructor(calls: WorkspaceCalls, deps: Omit<EventStreamDeps, 'diagnose'>) {
    this.#calls = calls;
    this.#deps = deps;
  }

  /** A page of the log after a cursor, or from the oldest event kept. With `wait_seconds` an empty page waits for an event. */
  async log(query: QueryOf<'readEventLog'> = {}, options: CallOptions = {}): Promise<EventLogPage> {
    const waitMs = Number(query.wait_seconds ?? 0) * 1000;
    // The waiting is asked for, and must not count as a server that does not answer.
    const timing = waitMs > 0 && options.timeoutMs === undefined ? { timeoutMs: waitMs + 30_000 } : {};
    const { body, headers } = await this.#calls.reply('readEventLog', { query }, { ...timing, ...options });
    return {
      events: body,
      total: totalCount(headers),
      cursor: headers.get('x-cursor') ?? body.at(-1)?.cursor ?? String(query.cursor ?? ''),
      next: nextCursor(headers),
    };
  }

  /**
   * The up to `count` events that lie directly at and before a cursor, oldest first; fewer only where the log begins. Walking back
   * through the log goes on from the cursor before the first of them, `seq - 1`.
   */
  async before(cursor: string, count: number, options?: CallOptions): Promise<LeanVibeEvent[]> {
    const end = readCursor(cursor)?.seq ?? 0;
    const from = cursorAt(cursor, end - count);
    if (from === null || end === 0) return [];
    const upTo = ({ events }: EventLogPage): LeanVibeEvent[] => events.filter(({ seq }) => seq <= end);
    const limit = Math.min(count, end);
    try {
      return upTo(await this.log({ cursor: from, limit }, options));
    } catch (error) {
      if (!(error instanceof LeanVibeError) || error.code !== 'cursor-expired') throw error;
      // So far back nothing is kept any more; what is left of the stretch begins with the oldest event.
      return upTo(await this.log({ limit }, options));
    }
  }

  /**
   * The cursor of the last event that happened at or before a time, looked for from `end` backwards; the place before the oldest event
   * kept when all of them are younger. Asks the server as often as the log can be halved.
   */
  async cursorAtTime(end: string, timeMs: number, options?: CallOptions): Promise<string> {
    const oldest = (await this.log({ limit: 1 }, options)).events[0];
    let young = (readCursor(end)?.seq ?? 0) + 1;
    if (oldest === undefined || young <= oldest.seq) return end;
    let old = oldest.seq - 1;
    // What lies at `old` and before happened early enough; what lies at `young` did not, or does not exist.
    while (young - old > 1) {
      const middle = old + Math.floor((young - old) / 2);
      const { events } = await this.log({ cursor: cursorAt(end, middle - 1) ?? end, limit: 1 }, options);
      if (events[0] !== undefined && Date.parse(events[0].timestamp) <= timeMs) old = middle;
      else young = middle;
    }
    return cursorAt(end, old) ?? end;
  }

  /** Every event of the log after a cursor, page after page, up to the end that it has then. */
  async *all(
    query: QueryOf<'readEventLog'> = {},
    options?: CallOptions,
  ): AsyncGenerator<LeanVibeEvent, void, undefined> {
    for (let cursor = query.cursor; ;) {
      const page = await this.log({ ...query, cursor }, options);
      yield* page.events;
      if (page.next === null) return;
      cursor = page.next;
    }
  }

  /** A stream of events over a WebSocket that resumes by itself. It connects when the loop over it begins. */
  stream(options: StreamOptions = {}): EventStream {
    return new EventStream(options, { ...this.#deps, diagnose: (signal) => this.#diagnose(signal) });
  }

  /** The events of one `text/event-stream` answer, for where WebSockets do not get through. It ends when the connection does. */
  async *serverSent(
    query: QueryOf<'streamEvents'> = {},
    options: CallOptions = {},
  ): AsyncGenerator<StreamEvent, void, undefined> {
    const parts = { params: { client_id: this.#calls.clientId }, query };
    const read = async (response: Response): Promise<Response> => response;
    const { body } = await this.#calls.transport.send('streamEvents', parts, options, { read });
    if (body === null) return;
    for await (const { data } of readServerSentEvents(textChunks(body))) yield JSON.parse(data) as StreamEvent;
  }

  /** The address of the WebSocket, for programs that bring their own. */
  socketUrl(options: Omit<StreamOptions, 'signal' | 'onStatus' | 'onProblem' | 'tuning'> = {}): string {
    return socketAddress(this.#deps, options.cursor ?? null, options, options);
  }

  async #diagnose(signal: AbortSignal): Promise<LeanVibeError | undefined> {
    try {
      await this.log({ limit: 1 }, { signal, retries: 0 });
    } catch (error) {
      if (error instanceof LeanVibeError && finalStatuses.has(error.status)) return error;
    }
    return undefined;
  }
}
