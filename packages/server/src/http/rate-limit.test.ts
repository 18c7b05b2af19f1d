import { describe, expect, it } from 'vitest';
import type { TokenCreate } from '@leanvibe/protocol/token';
import { serveEverything, startHttpServer } from './http-server-fixture.ts';

const start = () => startHttpServer({ auth: 'token', rateLimitPerMinute: 5, routes: serveEverything });

const owner: TokenCreate = { name: 'owner', admin: true, client_ids: [], role: 'human', expires_at: null };

describe('LEANVIBE_RATE_LIMIT', () => {
  it('[S4] is told to each caller, and refused beyond with 429 and Retry-After', async () => {
    await using server = await start();
    const { secret } = await server.tokens.create(owner);
    const ask = () => server.fetch('/tasks/p', { headers: { authorization: `Bearer ${secret}` } });
    const answers: Response[] = [];
    for (let count = 0; count < 6; count += 1) answers.push(await ask());
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 429]);
    expect(answers.map(({ headers }) => headers.get('ratelimit-remaining'))).toEqual(['4', '3', '2', '1', '0', '0']);
    const { headers } = answers[5]!;
    expect([headers.get('ratelimit-limit'), headers.get('content-type')]).toEqual([
      '5',
      'application/problem+json; charset=utf-8',
    ]);
    const seconds = Number(headers.get('retry-after'));
    expect(seconds > 0 && seconds <= 60).toBe(true);
    expect(await answers[5]!.json()).toMatchObject({ code: 'rate-limited', status: 429 });
  });

  it('[S4] counts each token by itself, and those without one by address', async () => {
    await using server = await start();
    const [first, second] = [await server.tokens.create(owner), await server.tokens.create(owner)];
    const ask = async (secret: string) =>
      (await server.fetch('/tasks/p', { headers: { authorization: `Bearer ${secret}` } })).status;
    for (let count = 0; count < 6; count += 1) await ask(first.secret);
    expect([await ask(first.secret), await ask(second.secret)]).toEqual([429, 200]);
    for (let count = 0; count < 5; count += 1) await server.fetch('/nothing');
    expect([(await server.fetch('/health')).status, (await server.fetch('/nothing')).status]).toEqual([429, 429]);
    expect(await ask(second.secret)).toBe(200);
  });

  it('[S4] is off where none is set', async () => {
    await using server = await startHttpServer({ routes: serveEverything });
    expect((await server.fetch('/tasks/p')).headers.get('ratelimit-limit')).toBeNull();
  });
});
