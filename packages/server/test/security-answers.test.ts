import { readFileSync } from 'node:fs';
import type { openApiDocument } from '@leanvibe/protocol/open-api';
import { allRoutes } from '@leanvibe/protocol/route-catalogue';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectProblem, startTarget, type Target } from './security-fixture.ts';

let target: Target;
let taskId: string;
beforeAll(async () => {
  target = await startTarget();
  taskId = (await target.task('alpha')).id;
});
afterAll(() => target[Symbol.asyncDispose]());

const addressOf = (path: string): string =>
  path
    .replace('{client_id}', 'alpha')
    .replace('{task_id}', taskId)
    .replace('/docs/{file}', '/docs/errors.md')
    .replaceAll(/\{\w+\}/g, '019aa0c2-7c1e-7d4c-9d2f-5b7a3c1d9e01');

const strict = "object-src 'none'";
const directives = ["frame-ancestors 'none'", "base-uri 'none'"];

function expectSecured(name: string, header: (name: string) => string | null | undefined): void {
  const policy = header('content-security-policy') ?? '';
  for (const directive of directives) expect([name, policy]).toEqual([name, expect.stringContaining(directive)]);
  // A policy that allows nothing by default allows no objects either.
  expect([name, policy.includes(strict) || policy.includes("default-src 'none'")]).toEqual([name, true]);
  expect(policy).not.toMatch(/unsafe|\*|https?:/);
  expect(
    {
      nosniff: header('x-content-type-options'),
      referrer: header('referrer-policy'),
      resource: header('cross-origin-resource-policy'),
      opener: header('cross-origin-opener-policy'),
      requestId: header('x-request-id'),
    },
    name,
  ).toEqual({
    nosniff: 'nosniff',
    referrer: 'no-referrer',
    resource: 'same-origin',
    opener: 'same-origin',
    requestId: expect.any(String),
  });
  expect([name, header('cache-control')]).toEqual([name, expect.any(String)]);
  for (const absent of ['server', 'x-powered-by', 'access-control-allow-origin', 'access-control-allow-credentials'])
    expect([name, absent, header(absent) ?? null]).toEqual([name, absent, null]);
}

describe('row 13: what every answer says to browsers', () => {
  it('[S1] on every route, whether it succeeds or not', async () => {
    for (const { method, path } of allRoutes) {
      for (const address of [addressOf(path), `${addressOf(path)}?unknown=1`, path.replace('{client_id}', '%20')]) {
        const reply = await target.call(method, address);
        expectSecured(`${method} ${address} ${reply.status}`, (name) => reply.headers.get(name));
        if (reply.status >= 400)
          expect(reply.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
      }
    }
  });

  it('[S1] when nothing of the request could be used', async () => {
    const host = target.ownHost;
    const requests = [
      'nonsense\r\n\r\n',
      `GET /%zz HTTP/1.1\r\n${host}\r\nConnection: close\r\n\r\n`,
      `GET /nothing HTTP/1.1\r\n${host}\r\nConnection: close\r\n\r\n`,
      `GET /health HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n`,
      `GET /health HTTP/1.1\r\n${host}\r\nOrigin: http://evil.example\r\nConnection: close\r\n\r\n`,
      `OPTIONS /tasks/alpha HTTP/1.1\r\n${host}\r\nOrigin: http://evil.example\r\nAccess-Control-Request-Method: PUT\r\nConnection: close\r\n\r\n`,
      `OPTIONS /tasks/alpha HTTP/1.1\r\n${host}\r\nAccess-Control-Request-Method: PUT\r\nAccess-Control-Request-Private-Network: true\r\nConnection: close\r\n\r\n`,
      `GET /health HTTP/1.1\r\n${host}\r\nX: ${'x'.repeat(40_000)}\r\n\r\n`,
      `GET /ws/%00 HTTP/1.1\r\n${host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`,
    ];
    for (const request of requests) {
      const answer = await target.send(request);
      expectSecured(request.slice(0, 60), (name) => answer.headers.get(name));
    }
  });
});

describe('row 2: methods that only read', () => {
  it('[S2] GET and HEAD change nothing, whatever comes with them', async () => {
    const before = target.state();
    const body = { title: 'planted' };
    for (const { path } of allRoutes) {
      const address = addressOf(path);
      for (const method of ['GET', 'HEAD']) {
        await target.call(method, address);
        await target.call(method, `${address}?_method=DELETE&title=planted`, {
          headers: { 'x-http-method-override': 'POST' },
        });
      }
      // A stream has no end to wait for.
      if (path === '/events/{client_id}') continue;
      const text = JSON.stringify(body);
      await target.raw(
        'GET',
        address,
        [target.ownHost, 'Content-Type: application/json', `Content-Length: ${text.length}`, 'X-HTTP-Method: DELETE'],
        text,
      );
    }
    expect(target.state()).toBe(before);
  });
});

describe('row 15: the inventory', () => {
  it('[C8] the routes that are served are those of the catalogue and of the description', async () => {
    const described = (await target.call('GET', '/openapi.json')).body as ReturnType<typeof openApiDocument> & {
      paths: Record<string, object>;
    };
    const methods = new Set(['get', 'post', 'put', 'patch', 'delete']);
    const listed = Object.entries(described.paths).flatMap(([path, item]) =>
      Object.keys(item)
        .filter((key) => methods.has(key))
        .map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(listed.toSorted()).toEqual(allRoutes.map(({ method, path }) => `${method} ${path}`).toSorted());
    const paths = new Set(allRoutes.map(({ path }) => path));
    for (const path of paths) {
      const own = allRoutes.filter((route) => route.path === path).map(({ method }) => method);
      for (const method of [
        'GET',
        'POST',
        'PUT',
        'PATCH',
        'DELETE',
        'OPTIONS',
        'TRACE',
        'PROPFIND',
        'SEARCH',
        'PURGE',
      ] as const) {
        if (own.some((name) => name === method)) continue;
        const answer = await target.raw(method, addressOf(path), [target.ownHost]);
        expect([method, path, answer.status], answer.text).toEqual([method, path, 405]);
        const allowed = answer.headers
          .get('allow')!
          .split(', ')
          .filter((name) => name !== 'HEAD');
        expect([path, allowed.toSorted()]).toEqual([path, own.toSorted()]);
      }
    }
  });

  it('[C3] nothing stands where programs are used to find more', async () => {
    const paths = [
      '/admin',
      '/debug',
      '/debug/pprof',
      '/api',
      '/graphql',
      '/documentation',
      '/swagger',
      '/docs/json',
      '/docs/yaml',
      '/docs/static/index.html',
      '/openapi.yaml',
      '/.well-known/security.txt',
      '/.env',
      '/robots.txt',
      '/favicon.ico',
      '/server-status',
      '/actuator',
      '/metrics/x',
      '/health/x',
      '/ws',
      '/tokens/x/y',
      '/tasks',
      '/events',
      '/streaming',
    ];
    for (const path of paths) {
      const reply = await target.call('GET', path);
      expectProblem(reply, 404, 'not-found');
      expect([path, (await target.call('POST', path)).status >= 404]).toEqual([path, true]);
    }
  });
});

type LockEntry = {
  link?: boolean;
  integrity?: string;
  resolved?: string;
  hasInstallScript?: boolean;
  inBundle?: boolean;
};

describe('row 16: what is installed', () => {
  const root = new URL('../../../', import.meta.url);
  const { packages } = JSON.parse(readFileSync(new URL('package-lock.json', root), 'utf8')) as {
    packages: Record<string, LockEntry>;
  };
  const installed = Object.entries(packages).filter(
    ([name, { link }]) => name.includes('node_modules/') && link !== true,
  );

  it('[S1] is checked against a digest, package by package', () => {
    expect(installed.length).toBeGreaterThan(50);
    const unchecked = installed.filter(
      ([, { integrity, inBundle }]) => inBundle !== true && integrity?.startsWith('sha512-') !== true,
    );
    expect(unchecked.map(([name]) => name)).toEqual([]);
    const elsewhere = installed.filter(([, { resolved }]) => resolved !== undefined && /^[a-z+]+:/i.test(resolved));
    expect(elsewhere.map(([name]) => name)).toEqual([]);
  });

  it('[S1] runs no script of its own at installing', () => {
    expect(readFileSync(new URL('scripts/ensure-installed.mjs', root), 'utf8')).toContain('--ignore-scripts');
  });
});
