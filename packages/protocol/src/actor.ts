import { z } from 'zod';

/** What kind of being acts. */
export const actorKinds = ['human', 'agent', 'system'] as const;

/** Who caused an event. */
export const Actor = z.strictObject({
  kind: z.enum(actorKinds),
  id: z.string().min(1).max(128),
});
export type Actor = z.infer<typeof Actor>;

/** The actor of a request that names nobody, on a server that asks for no token. */
export const localHuman: Actor = { kind: 'human', id: 'local' };

/** Reads `kind:id` as sent in the `X-LeanVibe-Actor` header, e.g. `agent:claude`. */
export const ActorHeader = z
  .string()
  .regex(/^(human|agent):[A-Za-z0-9][A-Za-z0-9 ._@:/-]{0,119}$/, 'must be human:<id> or agent:<id>')
  .transform((text): Actor => {
    const colon = text.indexOf(':');
    return { kind: text.slice(0, colon) as Actor['kind'], id: text.slice(colon + 1) };
  });

/** The header in which a caller without a token of its own names who acts. */
export const actorHeaderName = 'x-leanvibe-actor';
