import type { Actor } from '@leanvibe/protocol/actor';
import type { Route, RouteInput } from '@leanvibe/protocol/route';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Caller } from '../access/caller.ts';
import type { Receipt, StoredAnswer } from '../database/store.ts';
import type { VersionMatch } from '../write-context.ts';

/** What a handler knows of the request beside its parsed input. It is a `WriteContext` too, and is passed on as one. */
export type RequestContext = {
  caller: Caller;
  actor: Actor;
  ifMatch: VersionMatch | null;
  /** `secret`: the answer shows a secret, which the receipt then leaves out; it is repeated from memory only. */
  receipt: (answer: StoredAnswer, options?: { secret: boolean }) => Receipt | undefined;
  request: FastifyRequest;
  reply: FastifyReply;
};

/** What a handler answers: a text that is sent as it is (JSON unless `content-type` says otherwise), or nothing. `null`: it has answered itself. */
export type Answer = { status: number; headers: Readonly<Record<string, string>>; body: string | Buffer };

export type Handler<Definition extends Route> = (
  input: RouteInput<Definition>,
  context: RequestContext,
) => Answer | null | Promise<Answer | null>;

/** Serves one route of the catalogue: parses, checks access, calls the handler and answers. */
export type RouteBinder = <const Definition extends Route>(
  definition: Definition,
  handler: Handler<Definition>,
) => void;

/** What feature routes are registered on. */
export type RouteHost = { app: FastifyInstance; serve: RouteBinder };
