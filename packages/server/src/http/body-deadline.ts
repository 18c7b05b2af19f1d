import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { HubError } from '../hub-error.ts';

/**
 * Refuses bodies that take too long. Node has one limit for all requests, and that one has to leave time for imports; here every
 * other route has its own. One timer looks at all bodies that are under way, so that the many quick ones cost next to nothing.
 */
export function limitBodyTime(app: FastifyInstance, limits: { bodyTimeoutMs: number; checkEveryMs: number }): void {
  const underWay = new Map<FastifyRequest, { reply: FastifyReply; sinceMs: number }>();
  app.addHook('preParsing', (request, reply, payload, done) => {
    if (request.method !== 'GET' && request.routeOptions.bodyLimit === app.initialConfig.bodyLimit) {
      underWay.set(request, { reply, sinceMs: performance.now() });
    }
    done(null, payload);
  });
  app.addHook('preValidation', (request, _reply, done) => {
    underWay.delete(request);
    done();
  });
  app.addHook('onResponse', (request, _reply, done) => {
    underWay.delete(request);
    done();
  });
  const timer = setInterval(() => {
    const overdueSince = performance.now() - limits.bodyTimeoutMs;
    for (const [request, { reply, sinceMs }] of underWay) {
      if (sinceMs > overdueSince) break;
      underWay.delete(request);
      void reply.header('connection', 'close').send(new HubError('request-timeout'));
    }
  }, limits.checkEveryMs).unref();
  app.addHook('onClose', (_app, done) => {
    clearInterval(timer);
    done();
  });
}
