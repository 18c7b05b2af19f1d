import type { Route } from '@leanvibe/protocol/route';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { anybody, type AccessService } from '../access/access-service.ts';
import { assertMayCall, type Caller } from '../access/caller.ts';
import { jsonType } from './answer.ts';
import type { BodyDeadline } from './body-deadline.ts';
import { isNoneMatch, readIfMatch } from './entity-tag.ts';
import { readIdempotencyKey, requestHash, type Idempotency } from './idempotency.ts';
import { hasHead, routerPath } from './method-table.ts';
import { inputReader } from './request-input.ts';
import type { Answer, Handler, RequestContext, RouteBinder } from './route-binding.ts';

/** Who calls is found out before the body arrives, and kept on the request under this name. */
const callerKey = 'leanvibeCaller';

/** The caller of a request; anybody, on routes that need no token. */
export const callerOfRequest = (request: FastifyRequest): Caller =>
  request.getDecorator<Caller | null>(callerKey) ?? anybody;

const noReceipt = (): undefined => undefined;

const workspaceOf = (request: FastifyRequest): string | null =>
  (request.params as { client_id?: string } | undefined)?.client_id ?? null;

const notModified = ({ headers: { 'content-type': _type, ...headers } }: Answer): Answer => ({
  status: 304,
  headers,
  body: '',
});

const isKnown = (request: FastifyRequest, { status, headers }: Answer): boolean =>
  status === 200 &&
  headers['etag'] !== undefined &&
  (request.method === 'GET' || request.method === 'HEAD') &&
  isNoneMatch(request.headers['if-none-match'], headers['etag']);

const send = (request: FastifyRequest, reply: FastifyReply, full: Answer): void => {
  const answer = isKnown(request, full) ? notModified(full) : full;
  reply.code(answer.status).headers(answer.headers);
  if (answer.body === '') {
    void reply.send();
    return;
  }
  if (answer.headers['content-type'] === undefined) void reply.header('content-type', jsonType);
  void reply.send(answer.body);
};

/** What routes are bound with. */
export type RouteBinderDeps = {
  app: FastifyInstance;
  access: Pick<AccessService, 'callerOf'>;
  idempotency: Idempotency;
  bodyDeadline: BodyDeadline;
};

const handlerOf = <Definition extends Route>(
  definition: Definition,
  handler: Handler<Definition>,
  idempotency: Idempotency,
) => {
  const repeatable = definition.method === 'POST';
  const versioned = definition.versioned === true;
  const readInput = inputReader(definition);

  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const caller = callerOfRequest(request);
    const key = repeatable ? readIdempotencyKey(request.headers['idempotency-key']) : undefined;
    const input = readInput(request);
    const context: RequestContext = {
      caller,
      actor: caller.actor,
      ifMatch: versioned ? readIfMatch(request.headers['if-match']) : null,
      receipt: noReceipt,
      request,
      reply,
    };
    if (key === undefined) {
      const answer = await handler(input, context);
      if (answer !== null) send(request, reply, answer);
      return;
    }
    const hash = requestHash(request.method, request.url, caller.actor, request.body);
    const answer = await idempotency.run({ scope: workspaceOf(request) ?? '', key, hash }, async (receipt) =>
      handler(input, { ...context, receipt }),
    );
    if (answer !== null) send(request, reply, answer);
  };
};

/** Makes the function that serves routes of the catalogue on this server. */
export function createRouteBinder({ app, access, idempotency, bodyDeadline }: RouteBinderDeps): RouteBinder {
  app.decorateRequest(callerKey, null);

  return (definition: Route, handler: Handler<never>) => {
    // Large bodies have as long as Node gives any request.
    const hasDeadline = definition.method !== 'GET' && definition.bodyLimit === undefined;
    const handle = handlerOf(definition, handler as unknown as Handler<Route>, idempotency);
    app.route({
      method: definition.method,
      url: routerPath(definition.path),
      exposeHeadRoute: hasHead(definition),
      ...(definition.bodyLimit === undefined ? {} : { bodyLimit: definition.bodyLimit }),
      // Before the body is read: who may not call does not get to send one.
      onRequest: (request, reply, done) => {
        if (definition.access !== 'public') {
          const caller = access.callerOf(request.raw);
          request.setDecorator(callerKey, caller);
          assertMayCall(caller, definition.access, workspaceOf(request));
        }
        if (hasDeadline) bodyDeadline.expect(request, reply);
        done();
      },
      // Not an async handler: Fastify would watch each answer until its end, only to know that it came.
      handler: (request, reply) => {
        if (hasDeadline) bodyDeadline.arrived(request);
        handle(request, reply).catch((error: unknown) => void reply.send(error));
      },
    });
  };
}
