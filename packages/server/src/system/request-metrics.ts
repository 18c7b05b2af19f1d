import type { FastifyInstance } from 'fastify';
import type { MetricsRegistry } from './metrics-registry.ts';

/** Counts every request that is answered from now on, by the pattern of its route: paths would make series without end. */
export const observeRequests = (app: FastifyInstance, metrics: Pick<MetricsRegistry, 'requestFinished'>): void => {
  app.addHook('onResponse', (request, reply, done) => {
    const route = request.is404 ? 'unmatched' : (request.routeOptions.url ?? 'unmatched');
    metrics.requestFinished(request.method, route, reply.statusCode, reply.elapsedTime);
    done();
  });
};
