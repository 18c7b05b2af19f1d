import { request } from 'node:http';
import type { TokenCreate } from '@leanvibe/protocol/token';
import { describe, expect, it } from 'vitest';
import { serveEverything, startHttpServer } from '../http/http-server-fixture.ts';
import { credentialOf } from './credential.ts';

describe('the credential of a request', () => {
  it.each([
    [{ authorization: 'Bearer lv_abc' }, { kind: 'bearer', secret: 'lv_abc' }],
    [{ authorization: 'bearer   lv_abc  ' }, { kind: 'bearer', secret: 'lv_abc' }],
    [{ authorization: 'Basic bHZfYWJj' }, { kind: 'bearer', secret: '' }],
    [{ authorization: 'Bearer a b' }, { kind: 'bearer', secret: '' }],
    [
      { authorization: '', cookie: 'leanvibe_session=lv_abc' },
      { kind: 'bearer', secret: '' },
    ],
    [{ cookie: 'leanvibe_session=lv_abc' }, { kind: 'cookie', secret: 'lv_abc' }],
    [{ cookie: 'a=b; leanvibe_session=lv_abc ;c' }, { kind: 'cookie', secret: 'lv_abc' }],
    [{ cookie: 'xleanvibe_session=lv_abc; leanvibe_sessionx=lv_abc' }, null],
    [{ 'sec-websocket-protocol': 'leanvibe.bearer.lv_abc' }, { kind: 'subprotocol', secret: 'lv_abc' }],
    [{ 'sec-websocket-protocol': 'leanvibe, leanvibe.bearer.lv_abc' }, { kind: 'subprotocol', secret: 'lv_abc' }],
    [{ 'sec-websocket-protocol': 'leanvibe' }, null],
    [{}, null],
  ])('[S2] of %j is %j', (headers, credential) => {
    expect(credentialOf(headers)).toEqual(credential);
  });
});

const ownPage = (port: number) => ({
  origin: `http://127.0.0.1:${port}`,
  'sec-fetch-site': 'same-origin',
  'content-type': 'application/json',
});

/** A request with a session cookie: its method, headers that differ from those of the own page (null: absent), and the status. */
const cookieCases: [string, string, Record<string, string | null>, number][] = [
  ['GET', '/tasks/p', {}, 200],
  ['GET', '/tasks/p', { 'sec-fetch-site': 'none', origin: null }, 200],
  ['GET', '/tasks/p', { 'sec-fetch-site': null, origin: null }, 200],
  ['GET', '/tasks/p', { 'sec-fetch-site': 'cross-site', origin: null }, 403],
  ['GET', '/tasks/p', { 'sec-fetch-site': 'same-site', origin: null }, 403],
  ['POST', '/tasks/p', {}, 200],
  ['POST', '/tasks/p', { 'sec-fetch-site': null }, 200],
  ['POST', '/tasks/p', { 'sec-fetch-site': null, origin: null }, 403],
  ['POST', '/tasks/p', { 'sec-fetch-site': 'cross-site' }, 403],
  ['POST', '/tasks/p', { 'sec-fetch-site': 'same-site' }, 403],
  ['POST', '/tasks/p', { origin: 'http://evil.example' }, 403],
  ['POST', '/tasks/p', { origin: 'null' }, 403],
  ['POST', '/tasks/p', { 'content-type': 'text/plain' }, 415],
  ['POST', '/tasks/p', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
  ['POST', '/tasks/p', { 'content-type': 'multipart/form-data; boundary=x' }, 415],
  ['POST', '/tasks/p', { 'content-type': 'text/plain; application/json' }, 415],
  ['POST', '/tasks/p', { 'content-type': null }, 415],
  ['PUT', '/tasks/p/board/rules', {}, 200],
  ['PUT', '/tasks/p/board/rules', { 'sec-fetch-site': 'cross-site' }, 403],
];

describe('a session cookie', () => {
  it.each(cookieCases)('[S2] %s %s with %j is answered %i', async (method, path, changes, status) => {
    await using server = await startHttpServer({ auth: 'token', routes: serveEverything });
    const { secret } = await server.tokens.create(owner);
    const headers = new Headers({ ...ownPage(server.port), cookie: `leanvibe_session=${secret}` });
    for (const [name, value] of Object.entries(changes)) {
      if (value === null) headers.delete(name);
      else headers.set(name, value);
    }
    const body = method === 'GET' ? null : new TextEncoder().encode(path === '/tasks/p' ? '{"title":"t"}' : '{}');
    const response = await sendExactly(server.port, method, path, headers, body);
    expect(response).toBe(status);
  });

  it('[S2] deletes from the own page only, and a bearer token from anywhere', async () => {
    await using server = await startHttpServer({ auth: 'token', routes: serveEverything });
    const { secret } = await server.tokens.create(owner);
    const path = '/tasks/p/019aa0c2-7c1e-7d4c-9d2f-5b7a3c1d9e01';
    const cookie = { cookie: `leanvibe_session=${secret}` };
    const send = (headers: Record<string, string>) =>
      sendExactly(server.port, 'DELETE', path, new Headers(headers), null);
    expect(await send({ ...cookie, origin: server.url })).toBe(200);
    expect(await send(cookie)).toBe(403);
    expect(await send({ authorization: `Bearer ${secret}` })).toBe(200);
  });
});

const owner: TokenCreate = { name: 'owner', admin: true, client_ids: [], role: 'human', expires_at: null };

/** fetch of Node adds headers of its own; node:http sends these and no others. */
async function sendExactly(
  port: number,
  method: string,
  path: string,
  headers: Headers,
  body: Uint8Array | null,
): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const sent = request({ port, host: '127.0.0.1', method, path, headers: Object.fromEntries(headers) }, (response) => {
    response.resume().once('end', () => resolve(response.statusCode ?? 0));
  });
  sent.once('error', reject).end(body ?? undefined);
  return promise;
}
