import type { AddressInfo } from 'node:net';
import { problemType } from '@leanvibe/protocol/problem-catalogue';
import type { RouteInput } from '@leanvibe/protocol/route';
import Fastify from 'fastify';
import { HubError } from '../hub-error.ts';
import type { RequestContext, RouteBinder } from '../http/route-binding.ts';
import { MetricsRegistry } from './metrics-registry.ts';
import { observeRequests } from '../http/request-metrics.ts';
import { registerSystemRoutes, type SystemRoutesDeps } from './system-routes.ts';

/** The system routes alone, on a port of their own: what a test of one component's health needs and the whole server would hide. */
export const startSystemServer = async (overrides: Partial<SystemRoutesDeps> = {}) => {
  const metrics = new MetricsRegistry();
  const app = Fastify({ routerOptions: { ignoreTrailingSlash: true } });
  app.setErrorHandler((error, _request, reply) => {
    const { code, status, message } = error instanceof HubError ? error : new HubError('internal-error');
    reply.code(status).type('application/problem+json');
    return reply.send(JSON.stringify({ type: problemType(code), code, status, detail: message }));
  });
  observeRequests(app, metrics);
  const serve: RouteBinder = (definition, handler) => {
    app.route({
      method: definition.method,
      url: definition.path.replaceAll(/\{(\w+)\}/g, ':$1'),
      handler: async (request, reply) => {
        const input = { params: definition.params?.parse(request.params), query: undefined, body: undefined };
        const answer = await handler(input as RouteInput<typeof definition>, { request, reply } as RequestContext);
        return answer === null ? reply : reply.code(answer.status).headers(answer.headers).send(answer.body);
      },
    });
  };
  registerSystemRoutes(
    { app, serve },
    { version: '1.2.3', uptimeSeconds: () => 12.5, components: {}, isStopping: () => false, metrics, ...overrides },
  );
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  return {
    get: (path: string, headers: Record<string, string> = {}) =>
      fetch(`http://127.0.0.1:${port}${path}`, { headers, redirect: 'manual' }),
    async [Symbol.asyncDispose]() {
      await app.close();
      metrics[Symbol.dispose]();
    },
  };
};
