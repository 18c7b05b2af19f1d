import type { AddressInfo } from 'node:net';
import { ActorHeader, localHuman } from '@leanvibe/protocol/actor';
import { problemType } from '@leanvibe/protocol/problem-catalogue';
import Fastify from 'fastify';
import { ZodError } from 'zod';
import { systemClock } from '../src/clock.ts';
import { temporaryStore } from '../src/database/store-fixture.ts';
import { HubError } from '../src/hub-error.ts';
import type { RequestContext, RouteBinder } from '../src/http/route-binding.ts';
import { registerApprovalRoutes } from '../src/tasks/approval-routes.ts';
import { BoardRulesService } from '../src/tasks/board-rules-service.ts';
import { registerBoardRoutes } from '../src/tasks/board-routes.ts';
import { TaskCache } from '../src/tasks/task-cache.ts';
import { TaskReadService } from '../src/tasks/task-read-service.ts';
import { registerTaskRoutes } from '../src/tasks/task-routes.ts';
import { TaskService } from '../src/tasks/task-service.ts';

export async function startBoardServer() {
  const opened = await temporaryStore(true);
  const { store } = opened;
  const app = Fastify({ routerOptions: { ignoreTrailingSlash: true } });
  app.setErrorHandler((error, request, reply) => {
    const known =
      error instanceof HubError
        ? error
        : error instanceof ZodError
          ? new HubError('validation-failed', error.message)
          : null;
    if (!known) console.error(error);
    const { code, status, message, extensions } = known ?? new HubError('internal-error');
    reply.code(status).type('application/problem+json');
    return reply.send(
      JSON.stringify({
        type: problemType(code),
        code,
        status,
        detail: message,
        instance: request.url,
        request_id: request.id,
        ...extensions,
      }),
    );
  });
  const serve: RouteBinder = (definition, handler) => {
    app.route({
      method: definition.method,
      url: definition.path.replaceAll(/\{(\w+)\}/g, ':$1'),
      handler: async (request, reply) => {
        const header = request.headers['x-leanvibe-actor'];
        const actor = header === undefined ? localHuman : ActorHeader.parse(header);
        if (definition.access === 'decide' && actor.kind === 'agent') throw new HubError('forbidden');
        const match = request.headers['if-match'];
        const params = definition.params?.safeParse(request.params);
        if (params?.error)
          throw new HubError(params.error.issues[0]!.path[0] === 'task_id' ? 'task-not-found' : 'validation-failed');
        const input = {
          params: params?.data,
          query: definition.query?.parse(request.query),
          body:
            definition.body === undefined || (definition.bodyOptional === true && request.body == null)
              ? undefined
              : definition.body.parse(request.body),
        };
        const key = request.headers['idempotency-key'] as string | undefined;
        const context = {
          request,
          caller: undefined as never,
          reply,
          actor,
          ifMatch: match === undefined ? null : match === '*' ? 'any' : [...match.matchAll(/\d+/g)].map(Number),
          receipt: (answer) =>
            key === undefined ? undefined : { key, requestHash: 'h', createdAt: new Date().toISOString(), answer },
        } satisfies RequestContext;
        const answer = await handler(input as never, context);
        if (answer === null) return reply;
        if (definition.method === 'GET' && request.headers['if-none-match'] === answer.headers['etag'])
          return reply.code(304).headers(answer.headers).send();
        return reply.code(answer.status).type('application/json').headers(answer.headers).send(answer.body);
      },
    });
  };
  const host = { app, serve };
  const tasks = new TaskService({ store, clock: systemClock });
  const reads = new TaskReadService({ store, cache: new TaskCache() });
  registerTaskRoutes(host, { store, tasks, reads });
  registerBoardRoutes(host, { tasks, reads, rules: new BoardRulesService({ store, clock: systemClock }) });
  registerApprovalRoutes(host, { tasks });
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    store,
    async [Symbol.asyncDispose]() {
      await app.close();
      await opened[Symbol.asyncDispose]();
    },
  };
}
