import type { ClientFrame } from '@leanvibe/protocol/socket-frames';
import { assertMayCall, type Caller } from '../access/caller.ts';
import { HubError } from '../hub-error.ts';
import type { FrameRefusal } from './client-frame.ts';
import type { StreamingLog } from './event-streaming-service.ts';

/** Frames that ask for something and are answered under their `request_id`. */
export type SocketRequest = Extract<ClientFrame, { request_id: string }>;

/** What a handler of requests knows beside the frame. */
export type SocketRequestContext = {
  clientId: string;
  caller: Caller;
  /** The socket has closed: nobody waits for the answer any more. */
  signal: AbortSignal;
  /** Sends a part of the answer ahead of it. */
  delta: (text: string) => void;
};

type Handler<Type extends SocketRequest['type']> = (
  frame: Extract<SocketRequest, { type: Type }>,
  context: SocketRequestContext,
) => Promise<Record<string, unknown>>;

/** Who answers which requests; those without a handler are refused with `feature-unavailable`. */
export type SocketRequestHandlers = { readonly [Type in SocketRequest['type']]?: Handler<Type> };

const maxConcurrent = 16;

/** How a socket's requests reach their handlers, and the answers the socket. */
export type SocketRequestsDeps = {
  handlers: SocketRequestHandlers;
  clientId: string;
  caller: Caller;
  log: StreamingLog;
  respond: (requestId: string, data: Record<string, unknown>) => void;
  delta: (requestId: string, text: string) => void;
  refuse: (refusal: FrameRefusal) => void;
};

/** The requests of one socket. */
export class SocketRequests {
  readonly #deps: SocketRequestsDeps;
  readonly #abort = new AbortController();
  #running = 0;

  constructor(deps: SocketRequestsDeps) {
    this.#deps = deps;
  }

  /** Answers a request; never rejects. */
  async serve(frame: SocketRequest): Promise<void> {
    const { respond, refuse } = this.#deps;
    try {
      respond(frame.request_id, await this.#run(frame));
    } catch (error) {
      refuse({ ...this.#refusalOf(error), requestId: frame.request_id });
    }
  }

  /** The socket has closed. */
  close(): void {
    this.#abort.abort();
  }

  async #run(frame: SocketRequest): Promise<Record<string, unknown>> {
    const { handlers, clientId, caller, delta } = this.#deps;
    // The table pairs each type with the handler of exactly that type, which indexing by a union cannot express.
    const handler = handlers[frame.type] as Handler<SocketRequest['type']> | undefined;
    if (handler === undefined) throw new HubError('feature-unavailable');
    assertMayCall(caller, 'write', clientId);
    if (this.#running >= maxConcurrent) throw new HubError('rate-limited', 'Too many requests are under way.');
    this.#running += 1;
    try {
      const forward = (text: string) => delta(frame.request_id, text);
      return await handler(frame as never, { clientId, caller, signal: this.#abort.signal, delta: forward });
    } finally {
      this.#running -= 1;
    }
  }

  #refusalOf(error: unknown): Omit<FrameRefusal, 'requestId'> {
    if (error instanceof HubError) return { code: error.code, detail: error.message };
    this.#deps.log.error({ err: error }, 'A request over a socket failed');
    return { code: 'internal-error', detail: new HubError('internal-error').message };
  }
}
