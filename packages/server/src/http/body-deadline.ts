import type { FastifyReply, FastifyRequest } from 'fastify';
import { HubError } from '../hub-error.ts';

type Awaited = { reply: FastifyReply; sinceMs: number };

/**
 * Refuses bodies that take too long. Node has one limit for all requests, and that one has to leave time for imports; here every
 * other route has its own. One timer looks at all bodies that are under way, so that the many quick ones cost next to nothing.
 */
export class BodyDeadline {
  readonly #timeoutMs: number;
  readonly #timer: NodeJS.Timeout;
  readonly #underWay = new Map<FastifyRequest, Awaited>();

  constructor({ bodyTimeoutMs, checkEveryMs }: { bodyTimeoutMs: number; checkEveryMs: number }) {
    this.#timeoutMs = bodyTimeoutMs;
    this.#timer = setInterval(() => this.#refuseOverdue(), checkEveryMs).unref();
  }

  /** The head of a request has arrived; its body is awaited. */
  expect(request: FastifyRequest, reply: FastifyReply): void {
    this.#underWay.set(request, { reply, sinceMs: performance.now() });
  }

  /** The body has arrived. One that was refused needs no word: it is forgotten when the timer next looks. */
  arrived(request: FastifyRequest): void {
    this.#underWay.delete(request);
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }

  #refuseOverdue(): void {
    const overdueSince = performance.now() - this.#timeoutMs;
    for (const [request, { reply, sinceMs }] of this.#underWay) {
      if (!reply.sent && sinceMs > overdueSince) continue;
      this.#underWay.delete(request);
      if (!reply.sent) void reply.header('connection', 'close').send(new HubError('request-timeout'));
    }
  }
}
