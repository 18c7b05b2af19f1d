import { Token, TokenCreate } from '@leanvibe/protocol/token';
import { describe, expect, it } from 'vitest';
import { SettableClock } from '../http/http-server-fixture.ts';
import { temporaryStore } from '../database/store-fixture.ts';
import type { Store } from '../database/store.ts';
import { HubError } from '../hub-error.ts';
import { TokenService } from './token-service.ts';

const input = (change: Partial<TokenCreate> = {}): TokenCreate =>
  TokenCreate.parse({ name: 'ci', client_ids: ['alpha'], ...change });

const owner = input({ name: 'owner', admin: true, client_ids: [] });

async function startTokens(wrap: (store: Store) => Pick<Store, 'commit' | 'documents'> = (store) => store) {
  const temporary = await temporaryStore(false);
  const clock = new SettableClock();
  const errors: unknown[] = [];
  const deps = { store: wrap(temporary.store), clock, onError: (error: unknown) => void errors.push(error) };
  return {
    tokens: await TokenService.open(deps),
    reopen: () => TokenService.open(deps),
    clock,
    errors,
    store: temporary.store,
    [Symbol.asyncDispose]: () => temporary[Symbol.asyncDispose](),
  };
}

const storedText = async (store: Store): Promise<string> =>
  (await store.documents('', 'token')).map(({ doc }) => doc).join('\n');

describe('TokenService', () => {
  it('[S2] makes tokens of 256 random bits, and keeps no secret', async () => {
    await using at = await startTokens();
    const secrets = new Set<string>();
    for (let count = 0; count < 20; count += 1) {
      const { token, secret } = await at.tokens.create(input());
      expect(secret).toMatch(/^lv_[A-Za-z0-9_-]{43}$/);
      expect(Token.parse(token)).toEqual(token);
      secrets.add(secret);
    }
    expect(secrets.size).toBe(20);
    const stored = await storedText(at.store);
    for (const secret of secrets) expect(stored).not.toContain(secret.slice(3));
  });

  it('[S2] knows a token by its whole secret only', async () => {
    await using at = await startTokens();
    const { token, secret } = await at.tokens.create(input({ role: 'agent' }));
    expect(at.tokens.identify(secret)).toEqual({
      tokenId: token.id,
      admin: false,
      clientIds: new Set(['alpha']),
      role: 'agent',
      expiresAtMs: null,
      actor: { kind: 'agent', id: 'ci' },
    });
    for (const wrong of ['', 'lv_', secret.slice(0, -1), `${secret}a`, secret.toUpperCase(), token.id]) {
      expect(at.tokens.identify(wrong)).toBeNull();
    }
  });

  it('[S2] knows its tokens again after a restart', async () => {
    await using at = await startTokens();
    const { token, secret } = await at.tokens.create(input());
    const gone = await at.tokens.create(input());
    await at.tokens.revoke(gone.token.id);
    const again = await at.reopen();
    expect(again.identify(secret)?.tokenId).toBe(token.id);
    expect(again.identify(gone.secret)).toBeNull();
    expect(again.list().map(({ id, revoked_at }) => [id, revoked_at === null])).toEqual([
      [gone.token.id, false],
      [token.id, true],
    ]);
  });

  it('[S2] ends a token at the time it expires', async () => {
    await using at = await startTokens();
    const expiresAtMs = at.clock.now() + 60_000;
    const { secret } = await at.tokens.create(input({ expires_at: new Date(expiresAtMs).toISOString() }));
    at.clock.advance(59_999);
    expect(at.tokens.identify(secret)?.expiresAtMs).toBe(expiresAtMs);
    at.clock.advance(1);
    expect(at.tokens.identify(secret)).toBeNull();
  });

  it('[S2] makes no token that has expired already', async () => {
    await using at = await startTokens();
    const past = input({ expires_at: new Date(at.clock.now()).toISOString() });
    await expect(at.tokens.create(past)).rejects.toMatchObject({ code: 'validation-failed' });
    expect(at.tokens.list()).toEqual([]);
  });

  it('[S2] tells of a revocation once, and ends the token before it is stored', async () => {
    await using at = await startTokens();
    const { token, secret } = await at.tokens.create(input());
    const told: string[] = [];
    const stop = at.tokens.onRevoked((id) => told.push(id));
    const revoking = at.tokens.revoke(token.id);
    expect(at.tokens.identify(secret)).toBeNull();
    await revoking;
    await at.tokens.revoke(token.id);
    expect(told).toEqual([token.id]);
    stop();
    await at.tokens.revoke((await at.tokens.create(input())).token.id);
    expect(told).toEqual([token.id]);
    await expect(at.tokens.revoke('01990000-0000-7000-8000-000000000000')).rejects.toMatchObject({
      code: 'token-not-found',
    });
  });

  it('[C4] keeps a token whose revocation could not be stored, and says so', async () => {
    let full = false;
    await using at = await startTokens((store) => ({
      documents: store.documents.bind(store),
      commit: (writes) => (full ? Promise.reject(new HubError('storage-full')) : store.commit(writes)),
    }));
    const { token, secret } = await at.tokens.create(input());
    full = true;
    await expect(at.tokens.revoke(token.id)).rejects.toMatchObject({ code: 'storage-full' });
    await expect(at.tokens.create(input())).rejects.toMatchObject({ code: 'storage-full' });
    expect(at.tokens.identify(secret)?.tokenId).toBe(token.id);
    expect(at.tokens.list()).toHaveLength(1);
    await expect.poll(() => at.errors).toHaveLength(1);
  });

  it('[S2] notes the last use, at most once a minute', async () => {
    let commits = 0;
    await using at = await startTokens((store) => ({
      documents: store.documents.bind(store),
      commit(writes) {
        commits += 1;
        return store.commit(writes);
      },
    }));
    const { secret } = await at.tokens.create(input());
    const lastUse = async (): Promise<string | null> => (await at.reopen()).list()[0]!.last_used_at;
    expect(await lastUse()).toBeNull();
    const firstUse = new Date(at.clock.now()).toISOString();
    at.tokens.identify(secret);
    at.clock.advance(59_000);
    at.tokens.identify(secret);
    await expect.poll(lastUse).toBe(firstUse);
    expect(commits).toBe(2);
    at.clock.advance(1000);
    at.tokens.identify(secret);
    await expect.poll(lastUse).toBe(new Date(at.clock.now()).toISOString());
    expect(commits).toBe(3);
  });

  it('[S3] makes a first token only while no admin can get in', async () => {
    await using at = await startTokens();
    await at.tokens.create(input());
    const first = await at.tokens.createFirst();
    expect(at.tokens.identify(first!)).toMatchObject({ admin: true, role: 'human' });
    expect(await at.tokens.createFirst()).toBeNull();
    await at.tokens.revoke(at.tokens.list()[0]!.id);
    expect(await at.tokens.createFirst()).not.toBeNull();
  });

  it('[S2] forgets tokens 30 days after they ended', async () => {
    await using at = await startTokens();
    await at.tokens.create(owner);
    const revoked = await at.tokens.create(input());
    await at.tokens.create(input({ expires_at: new Date(at.clock.now() + 1000).toISOString() }));
    await at.tokens.revoke(revoked.token.id);
    at.clock.advance(29 * 86_400_000);
    expect((await at.reopen()).list()).toHaveLength(3);
    at.clock.advance(2 * 86_400_000);
    expect((await at.reopen()).list().map(({ name }) => name)).toEqual(['owner']);
    expect(await at.store.documents('', 'token')).toHaveLength(1);
  });
});
