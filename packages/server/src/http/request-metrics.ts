import type { FastifyInstance } from 'fastify';

/** What is told about each request that was answered. */
export type RequestMetrics = {
  requestFinished(method: string, route: string, status: number, durationMs: number): void;
};

/** Counts every request that is answered from now on, by the pattern of its route: paths would make series without end. */
export const observeRequests = (app: FastifyInstance, metrics: RequestMetrics): void => {
  app.addHook('onResponse', (request, reply, done) => {
    const route = request.is404 ? 'unmatched' : (request.routeOptions.url ?? 'unmatched');
    metrics.requestFinished(request.method, route, reply.statusCode, reply.elapsedTime);
    done();
  });
};
