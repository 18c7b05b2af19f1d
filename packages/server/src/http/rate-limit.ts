import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { HubError } from '../hub-error.ts';

/** Limits requests per minute for each key, and tells every caller how much is left in `RateLimit` headers. */
export async function limitRate(
  app: FastifyInstance,
  perMinute: number,
  keyOf: (request: FastifyRequest) => string,
): Promise<void> {
  await app.register(rateLimit, {
    max: perMinute,
    timeWindow: 60_000,
    enableDraftSpec: true,
    keyGenerator: keyOf,
    errorResponseBuilder: (_request, { after }) =>
      new HubError('rate-limited', `More than ${perMinute} requests in a minute. Try again in ${after}.`),
  });
}
