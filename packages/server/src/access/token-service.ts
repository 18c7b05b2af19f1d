import { randomUUIDv7, timingSafeEqual } from 'node:crypto';
import type { Token, TokenCreate } from '@leanvibe/protocol/token';
import type { Clock } from '../clock.ts';
import { timestamp } from '../clock.ts';
import type { Receipt, Store } from '../database/store.ts';
import { HubError } from '../hub-error.ts';
import { ReceiptExists } from '../receipt-exists.ts';
import type { Caller } from './caller.ts';
import {
  callerOfToken,
  draftToken,
  hashSecret,
  isUsable,
  tokenOf,
  tokenWrite,
  type TokenDraft,
  type TokenRecord,
} from './token-record.ts';

/** `onError` is told when it could not be noted that a token was used; nothing else suffers from that. */
export type TokenServiceDeps = {
  store: Pick<Store, 'commit' | 'documents'>;
  clock: Clock;
  onError: (error: unknown) => void;
};

const usageNotedEveryMs = 60_000;
const endedTokensKeptMs = 30 * 86_400_000;

type Entry = { record: TokenRecord; caller: Caller; usageNotedAtMs: number };

/** The tokens of the server: all of them in memory, so that a request costs one hash and one look-up. */
export class TokenService {
  readonly #deps: TokenServiceDeps;
  readonly #byId = new Map<string, Entry>();
  readonly #byHash = new Map<string, Entry>();
  readonly #revocationListeners = new Set<(tokenId: string) => void>();

  private constructor(deps: TokenServiceDeps) {
    this.#deps = deps;
  }

  /** Reads the tokens from the store; those that ended long ago are forgotten. */
  static async open(deps: TokenServiceDeps): Promise<TokenService> {
    const service = new TokenService(deps);
    for (const { doc } of await deps.store.documents('', 'token')) service.#remember(JSON.parse(doc) as TokenRecord);
    await service.#forgetEnded();
    return service;
  }

  /** Makes a token that is not stored yet. Refuses one that would be expired already. */
  draft(input: TokenCreate): TokenDraft {
    if (input.expires_at !== null && Date.parse(input.expires_at) <= this.#deps.clock.now()) {
      const errors = [{ path: 'expires_at', message: 'must be in the future' }];
      throw new HubError('validation-failed', 'expires_at must be in the future.', { extensions: { errors } });
    }
    return draftToken(input, randomUUIDv7(), timestamp(this.#deps.clock));
  }

  /** Stores a token; from then on it opens what it is for. */
  async add({ record }: TokenDraft, receipt?: Receipt): Promise<void> {
    await this.#store(record, receipt);
    this.#remember(record);
  }

  /** Makes and stores a token. */
  async create(input: TokenCreate): Promise<{ token: Token; secret: string }> {
    const draft = this.draft(input);
    await this.add(draft);
    return { token: tokenOf(draft.record), secret: draft.secret };
  }

  /** Makes an admin token when there is none that can be used, so that the owner can get in; null: there is one. */
  async createFirst(): Promise<string | null> {
    const now = this.#deps.clock.now();
    for (const { record } of this.#byId.values()) if (record.admin && isUsable(record, now)) return null;
    const { secret } = await this.create({
      name: 'owner',
      admin: true,
      client_ids: [],
      role: 'human',
      expires_at: null,
    });
    return secret;
  }

  /** All tokens, newest first. */
  list(): Token[] {
    const tokens = [...this.#byId.values()].map(({ record }) => tokenOf(record));
    // The ids of one millisecond say nothing of their order; among equal times, the one made last comes first.
    return tokens.toReversed().toSorted((a, b) => Date.parse(b.created_at) - Date.parse(a.created_at));
  }

  /** Ends a token at once. Throws `token-not-found`; a token that is revoked already stays so. */
  async revoke(id: string): Promise<void> {
    const entry = this.#byId.get(id);
    if (entry === undefined) throw new HubError('token-not-found');
    const { record } = entry;
    if (record.revoked_at !== null) return;
    // In memory first: what is noted about the token from now on must not undo it in the store.
    record.revoked_at = timestamp(this.#deps.clock);
    try {
      await this.#store(record);
    } catch (error) {
      record.revoked_at = null;
      throw error;
    }
    for (const listener of this.#revocationListeners) listener(id);
  }

  /** Calls back with the id of each token that is revoked. */
  onRevoked(listener: (tokenId: string) => void): () => void {
    this.#revocationListeners.add(listener);
    return () => this.#revocationListeners.delete(listener);
  }

  /** Who holds this secret; null: it opens nothing (any more). */
  identify(secret: string): Caller | null {
    const hash = hashSecret(secret);
    const entry = this.#byHash.get(hash);
    if (entry === undefined || !timingSafeEqual(Buffer.from(entry.record.secret_hash), Buffer.from(hash))) return null;
    const now = this.#deps.clock.now();
    if (!isUsable(entry.record, now)) return null;
    if (Math.abs(now - entry.usageNotedAtMs) >= usageNotedEveryMs) this.#noteUsage(entry, now);
    return entry.caller;
  }

  #noteUsage(entry: Entry, now: number): void {
    entry.usageNotedAtMs = now;
    entry.record.last_used_at = new Date(now).toISOString();
    this.#store(entry.record).catch(this.#deps.onError);
  }

  #remember(record: TokenRecord): void {
    const usageNotedAtMs = record.last_used_at === null ? -Infinity : Date.parse(record.last_used_at);
    const entry = { record, caller: callerOfToken(record), usageNotedAtMs };
    this.#byId.set(record.id, entry);
    this.#byHash.set(record.secret_hash, entry);
  }

  async #store(record: TokenRecord, receipt?: Receipt): Promise<void> {
    const { outcome } = await this.#deps.store.commit({ clientId: '', documents: [tokenWrite(record)], receipt });
    if (outcome === 'receipt-exists') throw new ReceiptExists();
    if (outcome !== 'committed') throw new HubError('write-contention');
  }

  async #forgetEnded(): Promise<void> {
    const before = this.#deps.clock.now() - endedTokensKeptMs;
    const endedLongAgo = ({ revoked_at, expires_at }: TokenRecord): boolean =>
      [revoked_at, expires_at].some((time) => time !== null && Date.parse(time) < before);
    const entries = [...this.#byId.values()].filter(({ record }) => endedLongAgo(record));
    if (entries.length === 0) return;
    const documents = entries.map(({ record }) => ({ ...tokenWrite(record), doc: null }));
    await this.#deps.store.commit({ clientId: '', documents });
    for (const { record } of entries) {
      this.#byId.delete(record.id);
      this.#byHash.delete(record.secret_hash);
    }
  }
}
