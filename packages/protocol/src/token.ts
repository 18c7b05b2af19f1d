import { z } from 'zod';
import { ClientId, EntityIdOutput } from './identifiers.ts';
import { trimmedText } from './text.ts';
import { Timestamp, TimestampInput } from './time.ts';

/** Who holds a token. Agents cannot approve; `read-only` cannot write. */
export const tokenRoles = ['human', 'agent', 'device', 'read-only'] as const;
export type TokenRole = (typeof tokenRoles)[number];

/** A token as it is listed; the secret itself is never shown again. */
export const Token = z.strictObject({
  id: EntityIdOutput,
  name: z.string(),
  admin: z.boolean().meta({ description: 'May do everything in every workspace' }),
  client_ids: z.array(ClientId).meta({ description: 'The workspaces it is for (not used by an admin token)' }),
  role: z.enum(tokenRoles),
  created_at: Timestamp,
  expires_at: Timestamp.nullable(),
  revoked_at: Timestamp.nullable(),
  last_used_at: Timestamp.nullable(),
});
export type Token = z.infer<typeof Token>;

/** Body of `POST /tokens`: an admin token, or one for a list of workspaces. */
export const TokenCreate = z
  .strictObject({
    name: trimmedText(1, 100),
    admin: z.boolean().default(false),
    client_ids: z.array(ClientId).max(100).default([]),
    role: z.enum(tokenRoles).default('human'),
    expires_at: TimestampInput.nullable().default(null),
  })
  .refine((token) => token.admin !== token.client_ids.length > 0, {
    message: 'name the workspaces, or set admin, not both',
    path: ['client_ids'],
  });
export type TokenCreate = z.infer<typeof TokenCreate>;

/** The answer to `POST /tokens`: the only time that the secret is shown. */
export const TokenCreated = z.strictObject({ ...Token.shape, token: z.string() });
export type TokenCreated = z.infer<typeof TokenCreated>;

/** The answer to `POST /pairing`: a link that signs one browser in, once. */
export const PairingLink = z.strictObject({ url: z.string(), expires_at: Timestamp });
export type PairingLink = z.infer<typeof PairingLink>;

/** The cookie that a browser gets for a pairing link. */
export const sessionCookieName = 'leanvibe_session';
