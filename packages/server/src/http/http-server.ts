import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import Fastify from 'fastify';
import type { AccessService } from '../access/access-service.ts';
import type { Clock } from '../clock.ts';
import type { Store } from '../database/store.ts';
import type { ServerConfig } from '../config.ts';
import { HubError } from '../hub-error.ts';
import { observeRequests, type RequestMetrics } from './request-metrics.ts';
import { BodyDeadline } from './body-deadline.ts';
import { Idempotency } from './idempotency.ts';
import { readJsonBodies } from './json-body.ts';
import { closeLingering } from './lingering-close.ts';
import { listenRefusal } from './listen-refusal.ts';
import { connectionLimits, createNodeServer, type ConnectionLimits } from './node-server.ts';
import { problemHeaders, problemText } from './problem-response.ts';
import { limitRate } from './rate-limit.ts';
import { refuseConnection } from './raw-problem.ts';
import { assertTargetLength, connectionError, requestError } from './request-error.ts';
import { requestIdOf } from './request-id.ts';
import { RequestLog, type RequestLogger } from './request-log.ts';
import { callerOfRequest, createRouteBinder } from './route-binder.ts';
import type { RouteHost } from './route-binding.ts';
import { securityHeaders } from './security-headers.ts';
import { answerUnrouted } from './unrouted.ts';

/** What the HTTP server is made of. */
export type HttpServerDeps = {
  config: Pick<ServerConfig, 'host' | 'port' | 'rateLimitPerMinute'>;
  store: Pick<Store, 'receipt'>;
  clock: Clock;
  log: RequestLogger;
  metrics: RequestMetrics;
  access: AccessService;
  /** Shorter in tests. */
  limits?: Partial<ConnectionLimits>;
};

/** The server: routes are registered on it, then it listens; it ends with `app.close`. */
export type HttpServer = RouteHost & {
  /** Begins to listen. Throws `StartRefused` when the address cannot be used. */
  listen: () => Promise<void>;
};

const mebibyte = 1_048_576;

const isArriving = ({ complete, headers }: IncomingMessage): boolean =>
  !complete && (headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined);

/** Sends a problem; what nobody expected is logged under the id of the request. */
const answerProblem = (logger: RequestLogger, thrown: unknown, request: FastifyRequest, reply: FastifyReply): void => {
  const error = requestError(thrown);
  if (isArriving(request.raw)) closeLingering(request.raw.socket);
  if (error.code === 'internal-error') {
    logger.error({ request_id: request.id, err: error.cause ?? error }, 'unexpected error');
  } else if (error.status >= 500 && error.cause !== undefined) {
    // The caller is not told what the storage said; whoever runs the server must be.
    logger.warn({ request_id: request.id, code: error.code, err: error.cause }, 'refused because of a failure here');
  }
  void reply.code(error.status).headers(problemHeaders(error)).send(problemText(error, request.id));
};

const addStandardHeaders = (request: FastifyRequest, reply: FastifyReply): void => {
  reply.headers(securityHeaders).header('x-request-id', request.id);
};

/** What is checked of every request, whether it has a route or not, before anything of it is used. */
const admitRequests = (app: FastifyInstance, access: AccessService): void => {
  let stopping = false;
  app.addHook('preClose', (done) => {
    stopping = true;
    done();
  });
  app.addHook('onRequest', (request, reply, done) => {
    addStandardHeaders(request, reply);
    access.assertSource(request.raw);
    assertTargetLength(request.raw.url ?? '');
    if (stopping) throw new HubError('shutting-down');
    done();
  });
};

const isAnswering = (socket: Socket): boolean =>
  (socket as Socket & { _httpMessage?: { headersSent: boolean } | null })._httpMessage?.headersSent === true;

const answerBrokenConnection = (error: Error & { code?: string }, socket: Socket): void => {
  if (error.code === 'ECONNRESET' || isAnswering(socket)) socket.destroy();
  else refuseConnection(socket, connectionError(error), requestIdOf({ headers: {} }));
};

const createFastify = (logger: RequestLogger, limits: ConnectionLimits): FastifyInstance =>
  Fastify({
    serverFactory: (listener) => createNodeServer(listener, limits),
    clientErrorHandler: answerBrokenConnection,
    loggerInstance: logger as RequestLogger & FastifyInstance['log'],
    logController: new RequestLog(logger),
    // The request's id is in each line already; a logger of its own for each request would cost more than the request.
    childLoggerFactory: (parent) => parent,
    genReqId: (request: IncomingMessage) => requestIdOf(request),
    requestIdHeader: false,
    bodyLimit: mebibyte,
    return503OnClosing: false,
    forceCloseConnections: 'idle',
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 16_384 },
    frameworkErrors: (error, request, reply) => {
      addStandardHeaders(request as unknown as FastifyRequest, reply as unknown as FastifyReply);
      answerProblem(logger, error, request as unknown as FastifyRequest, reply as unknown as FastifyReply);
    },
  }) as unknown as FastifyInstance;

/** Makes the server. */
export async function createHttpServer(deps: HttpServerDeps): Promise<HttpServer> {
  const { config, store, clock, log, metrics, access } = deps;
  const limits = { ...connectionLimits, ...deps.limits };
  const app = createFastify(log, limits);
  app.setErrorHandler((error, request, reply) => answerProblem(log, error, request, reply));
  observeRequests(app, metrics);
  readJsonBodies(app);
  admitRequests(app, access);
  const bodyDeadline = new BodyDeadline(limits);
  app.addHook('onClose', async () => bodyDeadline[Symbol.dispose]());
  const serve = createRouteBinder({ app, access, idempotency: new Idempotency({ store, clock }), bodyDeadline });
  if (config.rateLimitPerMinute !== null) {
    await limitRate(app, config.rateLimitPerMinute, (request) => callerOfRequest(request).tokenId ?? request.ip);
  }
  answerUnrouted(app);
  const listen = async (): Promise<void> => {
    const { host, port } = config;
    await app.listen({ host, port }).catch((error: unknown) => {
      throw listenRefusal(error, host, port);
    });
  };
  return { app, serve, listen };
}
