import { z } from 'zod';

/** Names a workspace: one board, one event log, one set of preferences, shared by everything that connects with it. */
export const ClientId = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$/,
    'must be 1 to 128 letters, digits or ._:- and begin with a letter or digit',
  )
  .meta({ description: 'The workspace', examples: ['my-project'] });
export type ClientId = z.infer<typeof ClientId>;

/** A UUID in any letter case, read as lower case. Ids that the server makes are version 7. */
export const EntityId = z
  .string()
  .regex(/^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$/, 'must be a UUID')
  .transform((id) => id.toLowerCase())
  .meta({ description: 'UUIDv7', examples: ['019aa0c2-7c1e-7d4c-9d2f-5b7a3c1d9e01'] });

/** An id as the server writes it. */
export const EntityIdOutput = z
  .string()
  .regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, 'must be a UUID in lower case')
  .meta({ format: 'uuid', description: 'UUIDv7, lower case' });

/** An opaque position in a workspace's event log (epoch and sequence number). The same value works on every transport. */
export const EventCursor = z
  .string()
  .min(1)
  .max(128)
  .meta({ description: 'Opaque position in the event log of a workspace' });

/** An opaque position in a list, taken from a `Link: rel="next"` header. */
export const PageCursor = z
  .string()
  .min(1)
  .max(1024)
  .meta({ description: 'Opaque position, from the `Link` header of the page before' });
