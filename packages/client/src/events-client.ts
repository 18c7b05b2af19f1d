import type { LeanVibeEvent } from '@leanvibe/protocol/event';
import type { StreamEvent } from './event-types.ts';
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
