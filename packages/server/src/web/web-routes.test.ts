import { routes } from '@leanvibe/protocol/route-catalogue';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testConfig } from '../../test/test-config.ts';
import { createApp } from '../create-app.ts';
import { exchange, requestText } from '../http/raw-exchange-fixture.ts';
import { smallScript, temporaryWebFolder } from './web-folder-fixture.ts';

const pages = [routes.openStart, routes.openInbox, routes.openActivity, routes.openSettings].map(({ path }) => path);

const start = async (webDir?: string) => {
  const config = testConfig();
  const app = await createApp(config, webDir === undefined ? {} : { webDir });
  return {
    port: Number(new URL(app.url).port),
    get: (path: string, headers: Record<string, string> = {}, method = 'GET') =>
      fetch(app.url + path, { method, headers: { 'accept-encoding': 'identity', ...headers }, redirect: 'manual' }),
    async [Symbol.asyncDispose]() {
      await app.stop('shutting-down');
      config[Symbol.dispose]();
    },
  };
};

describe('the app, built', () => {
  const web = temporaryWebFolder();
  let server: Awaited<ReturnType<typeof start>>;
  beforeAll(async () => {
    server = await start(web.path);
  });
  afterAll(async () => {
    await server[Symbol.asyncDispose]();
    web[Symbol.dispose]();
  });

  it.each(pages)('[Serving] has its page at %s, which is asked about each time', async (path) => {
    const response = await server.get(path);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('cache-control')).toBe('no-cache');
    expect(await response.text()).toContain('<title>LeanVibe</title>');
    const etag = response.headers.get('etag')!;
    const again = await server.get(path, { 'if-none-match': etag });
    expect([again.status, again.headers.get('etag'), await again.text()]).toEqual([304, etag, '']);
  });

  it.each(pages)('[Serving] has its page at %s whatever else stands in the address', async (path) => {
    const response = await server.get(`${path}?workspace=a&workspace=b&utm_source=mail&q=%22x%22`);
    expect([response.status, await response.text()]).toEqual([200, expect.stringContaining('<title>LeanVibe</title>')]);
  });

  it('[CSP] lets its pages load and run nothing but what comes from the server in files', async () => {
    const policy = (await server.get('/')).headers.get('content-security-policy')!;
    expect(policy.split('; ')).toEqual(
      expect.arrayContaining([
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
      ]),
    );
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
  });

  it('[Serving] lets files with a digest in their name be kept for ever', async () => {
    const response = await server.get('/assets/index-1a2b.js');
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(response.headers.get('content-encoding')).toBeNull();
    expect(await response.text()).toBe(smallScript);
  });

  it.each(['br', 'gzip'])('[Serving] sends the form that was compressed as %s beforehand', async (coding) => {
    const response = await server.get('/assets/index-1a2b.js', { 'accept-encoding': coding });
    expect(response.headers.get('content-encoding')).toBe(coding);
    expect(response.headers.get('vary')).toBe('Accept-Encoding');
    expect(Number(response.headers.get('content-length'))).toBeLessThan(smallScript.length);
    expect(await response.text()).toBe(smallScript);
    const plain = await server.get('/assets/index-1a2b.js');
    expect(response.headers.get('etag')).not.toBe(plain.headers.get('etag'));
  });

  it.each([
    ['/service-worker.js', 'text/javascript; charset=utf-8'],
    ['/app/manifest.webmanifest', 'application/manifest+json'],
    ['/app/icon.svg', 'image/svg+xml'],
  ])('[Serving] asks about %s each time', async (path, type) => {
    const response = await server.get(path);
    expect([response.status, response.headers.get('content-type')]).toEqual([200, type]);
    expect(response.headers.get('cache-control')).toBe('no-cache');
    expect((await server.get(path, { 'if-none-match': response.headers.get('etag')! })).status).toBe(304);
  });

  it('[Serving] answers HEAD with the headers alone', async () => {
    for (const path of ['/', '/assets/index-1a2b.js']) {
      const [head, get] = [await server.get(path, {}, 'HEAD'), await server.get(path)];
      expect([head.status, await head.text()]).toEqual([200, '']);
      for (const name of ['content-type', 'content-length', 'etag'])
        expect(head.headers.get(name)).toBe(get.headers.get(name));
    }
  });

  it.each([
    '/assets/index-1a2b.js.br',
    '/assets/index.html',
    '/assets/..%2findex.html',
    '/assets/..%2f.built',
    '/assets/constructor',
    '/assets/__proto__',
    '/app/..%5cindex.html',
    '/app/%2e%2e%2findex.html',
    '/app/index-1a2b.js',
    '/index.html',
    '/board',
    '/inbox/x',
  ])('[Serving] [C3] has no %s', async (path) => {
    const response = await server.get(path);
    expect([response.status, response.headers.get('content-type')]).toEqual([
      404,
      'application/problem+json; charset=utf-8',
    ]);
  });

  it('[Serving] [C3] lets nobody climb out of its folder', async () => {
    for (const path of ['/assets/../index.html', '/assets/../../package.json', '//assets/..;/index.html']) {
      const answer = await exchange(server.port, requestText('GET', path, [`Host: localhost:${server.port}`]));
      expect([path, answer.status >= 400]).toEqual([path, true]);
    }
  });

  it('[Serving] [C3] refuses other methods', async () => {
    const response = await server.get('/inbox', {}, 'POST');
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  });

  it('[Serving] goes on serving what was built when it started', async () => {
    web.write('index.html', '<!doctype html><title>Newer</title>');
    expect(await (await server.get('/')).text()).toContain('<title>LeanVibe</title>');
  });
});

describe('the app, not built', () => {
  it('[Serving] leads to the documentation, and has no files', async () => {
    await using server = await start();
    for (const path of pages) {
      const response = await server.get(path);
      expect([path, response.status, response.headers.get('location')]).toEqual([path, 302, '/docs']);
    }
    for (const path of ['/service-worker.js', '/assets/x.js', '/app/icon.svg'])
      expect([path, (await server.get(path)).status]).toEqual([path, 404]);
  });

  it('[Serving] is not taken for built when its folder is missing or has no page', async () => {
    using web = temporaryWebFolder();
    for (const folder of [`${web.path}/nowhere`, `${web.path}/assets`]) {
      await using server = await start(folder);
      expect((await server.get('/')).status).toBe(302);
    }
  });
});
