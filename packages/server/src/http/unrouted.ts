import { allRoutes } from '@leanvibe/protocol/route-catalogue';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { HubError } from '../hub-error.ts';
import { MethodTable, routerPath, triedMethods } from './method-table.ts';

const refuseMethod = (methods: readonly string[], reply: FastifyReply): never => {
  reply.header('allow', methods.join(', '));
  throw new HubError('method-not-allowed', `This path has ${methods.join(', ')}.`);
};

/** Answers what has no route. Paths that a pattern of another path would match have to be named one by one. */
export const answerUnrouted = (app: FastifyInstance): void => {
  const table = new MethodTable(allRoutes);
  for (const [path, methods] of table.entries()) {
    const method = triedMethods.filter((name) => !methods.includes(name));
    if (method.length === 0) continue;
    app.route({
      method,
      url: routerPath(path),
      exposeHeadRoute: false,
      handler: (_request, reply) => refuseMethod(methods, reply),
    });
  }
  const limited = app.hasDecorator('rateLimit') ? { preHandler: app.rateLimit() } : {};
  app.setNotFoundHandler(limited, (request, reply) => {
    const methods = table.methodsAt(request.url.split('?', 1)[0]!);
    if (methods !== null) refuseMethod(methods, reply);
    throw new HubError('not-found', 'There is nothing at this path.');
  });
};
