import { createHash, randomBytes } from 'node:crypto';
import type { Token, TokenCreate } from '@leanvibe/protocol/token';
import type { DocumentWrite } from '../database/store.ts';
import type { Caller } from './caller.ts';

/** A token as it is kept: the secret only as its SHA-256. */
export type TokenRecord = Token & { secret_hash: string };

/** A token that was just made, and its secret, which nobody will know but the caller. */
export type TokenDraft = { record: TokenRecord; secret: string };

/** What the secret is found by. 256 random bits need no slow hash: they cannot be guessed, salted or not. */
export const hashSecret = (secret: string): string => createHash('sha256').update(secret).digest('base64url');

/** Makes a token with 256 random bits. */
export const draftToken = (input: TokenCreate, id: string, createdAt: string): TokenDraft => {
  const secret = `lv_${randomBytes(32).toString('base64url')}`;
  const { name, admin, client_ids, role, expires_at } = input;
  const record: TokenRecord = {
    id,
    name,
    admin,
    client_ids,
    role,
    created_at: createdAt,
    expires_at,
    revoked_at: null,
    last_used_at: null,
    secret_hash: hashSecret(secret),
  };
  return { record, secret };
};

/** A token as it is shown. */
export const tokenOf = ({ secret_hash: _secretHash, ...token }: TokenRecord): Token => token;

/** A token as it is stored. */
export const tokenWrite = (record: TokenRecord): DocumentWrite => ({
  kind: 'token',
  key: record.id,
  expectedVersion: null,
  version: 1,
  doc: JSON.stringify(record),
});

/** Whether the token opens anything at this time. */
export const isUsable = (record: TokenRecord, nowMs: number): boolean =>
  record.revoked_at === null && (record.expires_at === null || Date.parse(record.expires_at) > nowMs);

/** The token's holder as a caller, acting in the name of the token. */
export const callerOfToken = (record: TokenRecord): Caller => ({
  tokenId: record.id,
  admin: record.admin,
  clientIds: new Set(record.client_ids),
  role: record.role,
  expiresAtMs: record.expires_at === null ? null : Date.parse(record.expires_at),
  actor: { kind: record.role === 'agent' ? 'agent' : 'human', id: record.name },
});
