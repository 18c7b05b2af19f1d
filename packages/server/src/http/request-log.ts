import { LogController, type FastifyBaseLogger, type FastifyReply, type FastifyRequest } from 'fastify';

/** What the server logs with: pino has it. */
export type RequestLogger = FastifyBaseLogger & { isLevelEnabled(level: string): boolean };

/**
 * One line per request: which, what became of it, how long it took. The path is logged as its pattern, and headers not at all, so that
 * no token, cookie or pairing code can get into a log.
 */
export class RequestLog extends LogController {
  readonly #logger: RequestLogger;

  constructor(logger: RequestLogger) {
    super();
    this.#logger = logger;
  }

  override incomingRequest(): void {}

  override requestCompleted(error: Error | null | undefined, request: FastifyRequest, reply: FastifyReply): void {
    const failed = error !== null && error !== undefined;
    if (!failed && !this.#logger.isLevelEnabled('info')) return;
    const line = {
      request_id: request.id,
      method: request.method,
      route: request.is404 ? 'unmatched' : (request.routeOptions.url ?? 'unmatched'),
      status: reply.statusCode,
      duration_ms: Math.round(reply.elapsedTime * 1000) / 1000,
    };
    if (failed) this.#logger.warn({ ...line, err: error }, 'request broken off');
    else this.#logger.info(line, 'request');
  }

  override routeNotFound(): void {}

  override defaultErrorLog(): void {}

  override streamError(error: Error, request: FastifyRequest): void {
    this.#logger.warn({ request_id: request.id, err: error }, 'answer broken off');
  }

  override writeHeadError(error: Error, request: FastifyRequest): void {
    this.#logger.error({ request_id: request.id, err: error }, 'answer could not be sent');
  }

  override serializerError(error: Error, request: FastifyRequest): void {
    this.#logger.error({ request_id: request.id, err: error }, 'answer could not be printed');
  }

  override serviceUnavailable(): void {}
}
