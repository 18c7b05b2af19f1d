import type { OperationId } from '@leanvibe/protocol/route-catalogue';
import { prepareRequest, type Credentials, type PreparedRequest, type RequestParts } from './http-request.ts';
import { errorOfAnswer, LeanVibeError } from './leanvibe-error.ts';
import { isOutcomeUnknown, isRetryable, readRetryAfterMs, retryDelayMs, type RetryPolicy } from './retry-policy.ts';
import type { AnswerOf, CallOptions, CallRequest, Reply } from './route-call.ts';
import { delay, type Timers } from './timers.ts';

/** What the transport works with. */
export type TransportDeps = {
  baseUrl: string;
  credentials: Credentials;
  fetch: typeof fetch;
  timers: Timers;
  /** From 0 to below 1; spreads retries. */
  random: () => number;
  retryPolicy: RetryPolicy;
  /** Milliseconds that one attempt may take; 0: no limit. */
  timeoutMs: number;
};

/** How an answer is read; `accepts` are failing statuses that are answers all the same. */
type Reading<Result> = { read: (response: Response) => Promise<Result>; accepts?: readonly number[] };

const isSuccess = (response: Response, accepts: readonly number[]): boolean =>
  response.ok ||
  // Redirects are not followed: where one goes on to is the answer. Browsers hide its status and headers.
  response.type === 'opaqueredirect' ||
  (response.status >= 300 && response.status < 400) ||
  accepts.includes(response.status);

/** A repeated DELETE that finds nothing: the attempt before did it, and its answer was lost. */
const acceptingItsOwnEffect = <Result>({ method }: PreparedRequest, reading: Reading<Result>): Reading<Result> =>
  method === 'DELETE' ? { ...reading, accepts: [...(reading.accepts ?? []), 404] } : reading;

async function readBody(response: Response): Promise<unknown> {
  const text = await response.text();
  if (text === '') return undefined;
  return /\bjson\b/.test(response.headers.get('content-type') ?? '') ? JSON.parse(text) : text;
}

/** Sends requests of the catalogue, and repeats those that failed where that can do no harm. */
export class HttpTransport {
  readonly #deps: TransportDeps;

  constructor(deps: TransportDeps) {
    this.#deps = deps;
  }

  /** Calls an operation and reads its answer. */
  async call<Id extends OperationId>(
    id: Id,
    request: CallRequest<Id>,
    options: CallOptions = {},
    accepts: readonly number[] = [],
  ): Promise<Reply<AnswerOf<Id>>> {
    return this.send(id, request as RequestParts, options, {
      accepts,
      read: async (response) => ({
        status: response.status,
        headers: response.headers,
        body: (await readBody(response)) as AnswerOf<Id>,
      }),
    });
  }

  /** Calls an operation and lets `read` make of its answer what it likes. */
  async send<Result>(
    id: OperationId,
    parts: RequestParts,
    options: CallOptions,
    reading: Reading<Result>,
  ): Promise<Result> {
    const { timers, random, retryPolicy } = this.#deps;
    const policy = { ...retryPolicy, retries: options.retries ?? retryPolicy.retries };
    const request = prepareRequest(id, parts, options, this.#deps);
    let outcomeUnknown = false;
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await this.#attempt(
          request,
          options,
          outcomeUnknown ? acceptingItsOwnEffect(request, reading) : reading,
        );
      } catch (error) {
        if (!(error instanceof LeanVibeError)) throw error;
        outcomeUnknown ||= isOutcomeUnknown(error);
        const delayMs = isRetryable(error, request) ? retryDelayMs(attempt, error.retryAfterMs, policy, random) : null;
        if (delayMs === null) throw error;
        await delay(delayMs, timers, options.signal);
      }
    }
  }

  async #attempt<Result>(
    { method, url, headers, body }: PreparedRequest,
    options: CallOptions,
    { read, accepts = [] }: Reading<Result>,
  ): Promise<Result> {
    const deadline = this.#startDeadline(options);
    try {
      const init: RequestInit = { method, headers, signal: deadline.signal, redirect: 'manual' };
      const response = await this.#deps.fetch(url, body === undefined ? init : { ...init, body });
      if (isSuccess(response, accepts)) return await read(response);
      const retryAfterMs = readRetryAfterMs(response.headers.get('retry-after'), this.#deps.timers.now());
      throw errorOfAnswer(response.status, await response.text(), retryAfterMs);
    } catch (cause) {
      options.signal?.throwIfAborted();
      throw failureOf(cause, deadline.isOver());
    } finally {
      deadline.stop();
    }
  }

  #startDeadline({ signal, timeoutMs = this.#deps.timeoutMs }: CallOptions) {
    const controller = new AbortController();
    const stop = timeoutMs > 0 ? this.#deps.timers.after(timeoutMs, () => controller.abort()) : () => {};
    return {
      signal: signal ? AbortSignal.any([signal, controller.signal]) : controller.signal,
      isOver: () => controller.signal.aborted,
      stop,
    };
  }
}

function failureOf(cause: unknown, timedOut: boolean): LeanVibeError {
  if (cause instanceof LeanVibeError) return cause;
  if (timedOut) return new LeanVibeError('timed-out', 'The server did not answer in time.', { cause });
  if (cause instanceof SyntaxError) {
    return new LeanVibeError('unexpected-answer', 'The answer is not valid JSON.', { cause });
  }
  return new LeanVibeError('network-failure', 'The server could not be reached.', { cause });
}
