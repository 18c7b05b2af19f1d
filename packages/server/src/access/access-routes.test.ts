import { allRoutes } from '@leanvibe/protocol/route-catalogue';
import type { RouteAccess } from '@leanvibe/protocol/route';
import { PairingLink, Token, TokenCreated, tokenRoles, type TokenCreate } from '@leanvibe/protocol/token';
import { describe, expect, it } from 'vitest';
import { serveEverything, startHttpServer } from '../http/http-server-fixture.ts';

const startGuarded = () => startHttpServer({ auth: 'token', routes: serveEverything });
type Server = Awaited<ReturnType<typeof startGuarded>>;

const bearer = (secret: string) => ({ authorization: `Bearer ${secret}` });
const json = { 'content-type': 'application/json' };

const make = async (server: Server, change: Partial<TokenCreate> = {}): Promise<string> => {
  const input = { name: 't', admin: false, client_ids: ['alpha'], role: 'human', expires_at: null, ...change } as const;
  return (await server.tokens.create({ ...input, client_ids: input.admin ? [] : [...input.client_ids] })).secret;
};

const aTask = '019aa0c2-7c1e-7d4c-9d2f-5b7a3c1d9e01';
const addressOf = (path: string, clientId: string): string =>
  path.replace('{client_id}', clientId).replace(/\{\w+\}/g, aTask);

/** The status that the route answers the holder with; a body that is wrong is 400, which comes after every question of access. */
const ask = async (server: Server, route: (typeof allRoutes)[number], clientId: string, secret?: string) => {
  const response = await server.fetch(addressOf(route.path, clientId), {
    method: route.method,
    headers: { ...(secret === undefined ? {} : bearer(secret)), ...(route.method === 'GET' ? {} : json) },
    ...(route.method === 'GET' ? {} : { body: '{"unknown":1}' }),
  });
  await response.text();
  return response.status;
};

const guarded = allRoutes.filter(({ access }) => access !== 'public');

const mayRole = (role: (typeof tokenRoles)[number], access: RouteAccess): boolean => {
  if (access === 'read') return true;
  if (role === 'read-only') return false;
  return access === 'write' || (access === 'decide' && role !== 'agent');
};

describe('who may call', () => {
  it('[S2] nobody without a good token, except where none is needed', async () => {
    await using server = await startGuarded();
    for (const route of allRoutes) {
      for (const secret of [undefined, 'lv_wrong']) {
        const status = await ask(server, route, 'alpha', secret);
        const name = `${route.method} ${route.path}`;
        if (route.access === 'public') expect([name, status === 401 || status === 403]).toEqual([name, false]);
        else expect([name, status]).toEqual([name, 401]);
      }
    }
    const refusal = await server.fetch('/tasks/alpha');
    expect(refusal.headers.get('www-authenticate')).toContain('Bearer');
    expect((await server.fetch('/health')).status).toBe(200);
    expect((await server.fetch('/ready')).status).toBe(200);
  });

  it.each(tokenRoles)('[S2] a %s does what its role allows, in its own workspace only', async (role) => {
    await using server = await startGuarded();
    const secret = await make(server, { role });
    for (const route of guarded) {
      const name = `${route.method} ${route.path}`;
      const may = mayRole(role, route.access);
      const status = await ask(server, route, 'alpha', secret);
      expect([name, status === 403]).toEqual([name, !may]);
      if (route.path.includes('{client_id}'))
        expect([name, await ask(server, route, 'beta', secret)]).toEqual([name, 403]);
    }
  });

  it('[S2] an admin does everything in every workspace, but an admin agent decides nothing', async () => {
    await using server = await startGuarded();
    const human = await make(server, { admin: true });
    const agent = await make(server, { admin: true, role: 'agent' });
    for (const route of guarded) {
      const name = `${route.method} ${route.path}`;
      expect([name, await ask(server, route, 'beta', human)]).not.toEqual([name, 403]);
      expect([name, (await ask(server, route, 'beta', agent)) === 403]).toEqual([name, route.access === 'decide']);
    }
  });

  it('[S2] a token acts in its own name, an admin in any', async () => {
    await using server = await startGuarded();
    const actorOf = async (secret: string, actor?: string) => {
      const headers = { ...bearer(secret), ...(actor === undefined ? {} : { 'x-leanvibe-actor': actor }) };
      return ((await (await server.fetch('/tasks/alpha', { headers })).json()) as { actor: unknown }).actor;
    };
    const agent = await make(server, { name: 'claude', role: 'agent' });
    expect(await actorOf(agent)).toEqual({ kind: 'agent', id: 'claude' });
    expect(await actorOf(agent, 'human:boss')).toEqual({ kind: 'agent', id: 'claude' });
    expect(await actorOf(await make(server, { name: 'phone', role: 'device' }))).toEqual({
      kind: 'human',
      id: 'phone',
    });
    const admin = await make(server, { name: 'owner', admin: true });
    expect(await actorOf(admin)).toEqual({ kind: 'human', id: 'owner' });
    expect(await actorOf(admin, 'agent:bot')).toEqual({ kind: 'agent', id: 'bot' });
  });

  it('[S2] whoever acts as an agent cannot approve', async () => {
    await using server = await startGuarded();
    const admin = await make(server, { admin: true });
    const approve = async (actor: string) => {
      const headers = { ...bearer(admin), 'x-leanvibe-actor': actor };
      return (await server.fetch(`/tasks/alpha/${aTask}/approve`, { method: 'POST', headers })).status;
    };
    expect(await approve('agent:bot')).toBe(403);
    expect(await approve('human:ann')).toBe(200);
    expect(await approve('robot:x')).toBe(400);
    expect(await approve('system:x')).toBe(400);
  });
});

describe('the routes about tokens', () => {
  const create = (server: Server, body: object, headers: Record<string, string>) =>
    server.fetch('/tokens', { method: 'POST', headers: { ...json, ...headers }, body: JSON.stringify(body) });

  it('[S2] make a token whose secret is shown once, list it, and revoke it', async () => {
    await using server = await startGuarded();
    const admin = bearer(await make(server, { admin: true }));
    const response = await create(server, { name: 'ci', client_ids: ['alpha'], role: 'agent' }, admin);
    expect([response.status, response.headers.get('cache-control')]).toEqual([201, 'no-store']);
    const created = TokenCreated.parse(await response.json());
    expect((await server.fetch('/tasks/alpha', { headers: bearer(created.token) })).status).toBe(200);
    const list = await server.fetch('/tokens', { headers: admin });
    const text = await list.text();
    expect(text).not.toContain(created.token);
    expect(text).not.toContain('secret');
    expect(list.headers.get('x-total-count')).toBe('2');
    expect(Token.array().parse(JSON.parse(text))[0]).toMatchObject({ id: created.id, name: 'ci', role: 'agent' });
    const revoke = () => server.fetch(`/tokens/${created.id.toUpperCase()}`, { method: 'DELETE', headers: admin });
    expect([(await revoke()).status, (await revoke()).status]).toEqual([204, 204]);
    expect((await server.fetch('/tasks/alpha', { headers: bearer(created.token) })).status).toBe(401);
  });

  it('[S2] refuse tokens that would open nothing or too much, and ids that no token has', async () => {
    await using server = await startGuarded();
    const admin = bearer(await make(server, { admin: true }));
    for (const body of [{ name: 'x' }, { name: 'x', admin: true, client_ids: ['a'] }, { name: '', admin: true }]) {
      expect((await create(server, body, admin)).status).toBe(400);
    }
    const past = { name: 'x', admin: true, expires_at: '2020-01-01T00:00:00Z' };
    expect(await (await create(server, past, admin)).json()).toMatchObject({ errors: [{ path: 'expires_at' }] });
    for (const id of [aTask, 'nonsense']) {
      const response = await server.fetch(`/tokens/${id}`, { method: 'DELETE', headers: admin });
      expect([response.status, await response.json()]).toMatchObject([404, { code: 'token-not-found' }]);
    }
  });

  it('[C7] list tokens in pages, newest first, each once', async () => {
    await using server = await startGuarded();
    const admin = bearer(await make(server, { admin: true, name: '0' }));
    for (const name of ['1', '2', '3', '4']) await make(server, { name });
    const listed: Token[] = [];
    let next: string | undefined = '/tokens?limit=2';
    while (next !== undefined) {
      const response: Response = await server.fetch(next, { headers: admin });
      expect(response.headers.get('x-total-count')).toBe('5');
      listed.push(...Token.array().parse(await response.json()));
      next = /<([^>]+)>; rel="next"/.exec(response.headers.get('link') ?? '')?.[1];
    }
    expect(listed.map(({ name }) => name)).toEqual(['4', '3', '2', '1', '0']);
    const wrong = await server.fetch('/tokens?cursor=wrong', { headers: admin });
    expect([wrong.status, await wrong.json()]).toMatchObject([400, { code: 'cursor-invalid' }]);
  });

  it('[C6] repeat the first answer to the same key, with the secret kept in memory only', async () => {
    await using server = await startGuarded();
    const admin = bearer(await make(server, { admin: true }));
    const body = { name: 'ci', client_ids: ['alpha'] };
    const keyed = { ...admin, 'idempotency-key': 'k1' };
    const answers = await Promise.all([1, 2, 3].map(async () => (await create(server, body, keyed)).text()));
    expect(new Set(answers).size).toBe(1);
    expect(server.tokens.list()).toHaveLength(2);
    const receipt = await server.store.receipt('', 'k1');
    expect(receipt!.answer).toEqual({ status: 0, headers: {}, body: '' });
    const other = await create(server, { ...body, name: 'other' }, keyed);
    expect([other.status, await other.json()]).toMatchObject([409, { code: 'idempotency-conflict' }]);
  });
});

describe('pairing', () => {
  it('[S3] exchanges a link once for a cookie that is a token of its own', async () => {
    await using server = await startGuarded();
    const admin = bearer(await make(server, { admin: true }));
    const response = await server.fetch('/pairing', { method: 'POST', headers: admin });
    expect(response.status).toBe(201);
    const link = PairingLink.parse(await response.json());
    expect(link.url).toMatch(new RegExp(`^${server.url}/pair\\?code=[A-Za-z0-9_-]{32}$`));
    expect(Date.parse(link.expires_at)).toBe(server.clock.now() + 600_000);
    const paired = await fetch(link.url, { redirect: 'manual' });
    expect([paired.status, paired.headers.get('location')]).toEqual([303, '/']);
    const cookie = paired.headers.get('set-cookie')!;
    expect(cookie).toMatch(/^leanvibe_session=lv_[\w-]{43}; Path=\/; Max-Age=2592000; HttpOnly; SameSite=Strict$/);
    const session = { cookie: cookie.split(';', 1)[0]! };
    expect((await server.fetch('/tokens', { headers: session })).status).toBe(200);
    const replay = await fetch(link.url, { redirect: 'manual' });
    expect([replay.status, replay.headers.get('set-cookie')]).toEqual([401, null]);
    const [browser] = server.tokens.list();
    expect(browser).toMatchObject({ name: 'browser', admin: true, role: 'human' });
    await server.tokens.revoke(browser!.id);
    expect((await server.fetch('/tokens', { headers: session })).status).toBe(401);
  });

  it('[S3] ends a link after ten minutes', async () => {
    await using server = await startGuarded();
    const [late, inTime] = [server.codes.create(), server.codes.create()];
    server.clock.advance(599_999);
    expect((await server.fetch(`/pair?code=${inTime.code}`)).status).toBe(303);
    server.clock.advance(1);
    expect((await server.fetch(`/pair?code=${late.code}`)).status).toBe(401);
  });

  it('[S3] is not used up by a look at the link without opening it', async () => {
    await using server = await startGuarded();
    const { code } = server.codes.create();
    expect((await server.fetch(`/pair?code=${code}`, { method: 'HEAD' })).status).toBe(405);
    expect((await server.fetch(`/pair?code=${code}`)).status).toBe(303);
  });

  it('[S3] keeps a bounded number of links', async () => {
    await using server = await startGuarded();
    const first = server.codes.create();
    for (let count = 0; count < 100; count += 1) server.codes.create();
    expect(server.codes.redeem(first.code)).toBe(false);
  });
});
