import { ProblemDetails } from '@leanvibe/protocol/problem';
import { problemCatalogue, problemType, type ProblemCode } from '@leanvibe/protocol/problem-catalogue';
import { allRoutes, routes } from '@leanvibe/protocol/route-catalogue';
import { describe, expect, it } from 'vitest';
import { HubError } from '../hub-error.ts';
import { StartRefused } from '../start-refused.ts';
import { emptyAnswer, jsonAnswer } from './answer.ts';
import { serveEverything, startHttpServer } from './http-server-fixture.ts';
import { hasHead } from './method-table.ts';
import { exchange, openConnection, readToEnd, requestText } from './raw-exchange-fixture.ts';

const aTask = '019aa0c2-7c1e-7d4c-9d2f-5b7a3c1d9e01';
const addressOf = (path: string): string => path.replace('{client_id}', 'p').replace(/\{\w+\}/g, aTask);

const methodsOf = (path: string): string[] =>
  allRoutes
    .filter((route) => route.path === path)
    .flatMap((route) => (hasHead(route) ? [route.method, 'HEAD'] : [route.method]));

/** The problem that a response carries, checked against its schema and its row of the catalogue. */
const problemIn = async (response: Response): Promise<ProblemDetails> => {
  expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  const problem = ProblemDetails.parse(await response.json());
  const row = problemCatalogue[problem.code as ProblemCode];
  expect(problem).toMatchObject({
    status: response.status,
    title: row.title,
    type: problemType(problem.code as ProblemCode),
  });
  expect(row.status).toBe(response.status);
  expect(problem.request_id).toBe(response.headers.get('x-request-id'));
  expect(problem.instance).toBe(`urn:leanvibe:request:${problem.request_id}`);
  return problem;
};

describe('paths and methods', () => {
  it('[C3] answers 405 with Allow to every other method on every path of the catalogue', async () => {
    await using server = await startHttpServer({ routes: serveEverything });
    for (const path of new Set(allRoutes.map((route) => route.path))) {
      const own = methodsOf(path);
      const others = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'].filter((name) => !own.includes(name));
      for (const method of others) {
        const response = await server.fetch(addressOf(path), { method });
        expect([method, path, response.status, response.headers.get('allow')]).toEqual([
          method,
          path,
          405,
          own.join(', '),
        ]);
        if (method !== 'HEAD') expect((await problemIn(response)).code).toBe('method-not-allowed');
      }
    }
  });

  it('[C3] answers 405 to methods that hardly anyone knows', async () => {
    await using server = await startHttpServer();
    for (const method of ['PROPFIND', 'TRACE', 'QUERY', 'LOCK']) {
      const lines = [`Host: localhost:${server.port}`, 'Content-Type: application/json'];
      const answer = await exchange(server.port, requestText(method, '/tasks/p', lines));
      expect([method, answer.status, answer.headers.get('allow')]).toEqual([method, 405, 'POST, GET, HEAD']);
    }
  });

  it('[C8] serves every path with a slash at its end too, without a redirect', async () => {
    await using server = await startHttpServer({ routes: serveEverything });
    for (const route of allRoutes.filter(({ method, tag }) => method === 'GET' && tag !== 'Access')) {
      const response = await server.fetch(addressOf(route.path).replace(/\/*$/, '/'));
      expect([route.path, response.status]).toEqual([route.path, 200]);
    }
    expect((await server.fetch('/tasks/p/?limit=3')).status).toBe(200);
    expect((await server.fetch('/tokens/', { method: 'PATCH' })).status).toBe(405);
  });

  it.each([
    '/nothing',
    '/tasks',
    '/tasks/p/x/y/z',
    '/TASKS/p',
    '/tasks//',
    '/.env',
    '/..%2f..%2fetc/passwd',
    '/docs/a/b',
  ])('[C3] answers 404 to %s', async (path) => {
    await using server = await startHttpServer({ routes: serveEverything });
    expect(['not-found', 'validation-failed']).toContain((await problemIn(await server.fetch(path))).code);
  });

  it('[C3] answers 400 to a path that cannot be decoded', async () => {
    await using server = await startHttpServer({ routes: serveEverything });
    for (const path of ['/tasks/%', '/tasks/%zz', '/tasks/%e0%a4', '/%c0%ae%c0%ae/']) {
      const response = await server.fetch(path);
      expect([path, response.status, (await problemIn(response)).code]).toEqual([path, 400, 'malformed-request']);
    }
  });

  it('[C9] answers HEAD like GET, without the body', async () => {
    await using server = await startHttpServer({ routes: serveEverything });
    const [get, head] = [await server.fetch('/health'), await server.fetch('/health', { method: 'HEAD' })];
    expect([head.status, await head.text()]).toEqual([200, '']);
    expect(head.headers.get('content-length')).toBe(String((await get.arrayBuffer()).byteLength));
  });
});

describe('what every answer has', () => {
  it('[C9] an X-Request-Id of its own, or that of the caller when it is sane', async () => {
    await using server = await startHttpServer({ routes: serveEverything });
    const idFor = async (given?: string, path = '/health') =>
      (await server.fetch(path, given === undefined ? {} : { headers: { 'x-request-id': given } })).headers.get(
        'x-request-id',
      );
    const own = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/;
    expect(await idFor()).toMatch(own);
    expect(await idFor()).not.toBe(await idFor());
    expect(await idFor('trace:42.a-B_c')).toBe('trace:42.a-B_c');
    expect(await idFor('kept-on-errors', '/nothing')).toBe('kept-on-errors');
    for (const insane of ['', 'a b', '-x', 'x'.repeat(129), '{"a":1}', 'é']) expect(await idFor(insane)).toMatch(own);
  });

  it('[S1] headers that let nothing be run, framed or embedded, on successes and refusals alike', async () => {
    await using server = await startHttpServer({ routes: serveEverything });
    const answers = [
      await server.fetch('/health'),
      await server.fetch('/nothing'),
      await server.fetch('/tasks/p', { method: 'OPTIONS' }),
      await server.fetch('/tasks/%zz'),
      await server.fetch('/tasks/p', { method: 'POST', body: 'x' }),
      await server.fetch('/tasks/p', { headers: { origin: 'http://evil.example' } }),
    ];
    for (const { status, headers } of answers) {
      expect({ status, ...Object.fromEntries(headers) }).toMatchObject({
        status,
        'content-security-policy': "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'",
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-resource-policy': 'same-origin',
        'cross-origin-opener-policy': 'same-origin',
      });
      expect(headers.get('server')).toBeNull();
      expect(headers.get('x-powered-by')).toBeNull();
    }
  });
});

describe('what a handler answers', () => {
  it('[C5] is 304 without a body while the ETag is known, on reads only', async () => {
    await using server = await startHttpServer({
      routes: ({ serve }) => {
        serve(routes.getTask, () => jsonAnswer(200, { a: 1 }, { etag: '"7"' }));
        serve(routes.createTask, () => jsonAnswer(201, { a: 1 }, { etag: '"7"' }));
      },
    });
    const read = (tag: string) => server.fetch(`/tasks/p/${aTask}`, { headers: { 'if-none-match': tag } });
    const known = await read('"6", W/"7"');
    expect([known.status, known.headers.get('etag'), await known.text()]).toEqual([304, '"7"', '']);
    expect(known.headers.get('content-type')).toBeNull();
    expect((await read('"8"')).status).toBe(200);
    const headers = { 'if-none-match': '*', 'content-type': 'application/json' };
    expect((await server.fetch('/tasks/p', { method: 'POST', headers, body: '{"title":"t"}' })).status).toBe(201);
  });

  it('[C1] is JSON unless it says otherwise, and has no type when it is empty', async () => {
    await using server = await startHttpServer({
      routes: ({ serve }) => {
        serve(routes.getHealth, () => jsonAnswer(200, { ok: true }));
        serve(routes.getMetrics, () => ({
          status: 200,
          headers: { 'content-type': 'text/plain; version=1' },
          body: 'x 1',
        }));
        serve(routes.deleteTask, () => emptyAnswer(204));
      },
    });
    const typeOf = async (path: string, method = 'GET') =>
      (await server.fetch(path, { method })).headers.get('content-type');
    expect(await typeOf('/health')).toBe('application/json; charset=utf-8');
    expect(await typeOf('/metrics')).toBe('text/plain; version=1');
    expect(await typeOf(`/tasks/p/${aTask}`, 'DELETE')).toBeNull();
  });

  it('[C3] is a problem when it throws one; what nobody expected is logged and never sent', async () => {
    await using server = await startHttpServer({
      routes: ({ serve }) => {
        serve(routes.getHealth, () => {
          throw new Error('SELECT password FROM vault');
        });
        serve(routes.getReady, async () => {
          throw new HubError('storage-full', undefined, { extensions: { free_bytes: 0 } });
        });
        serve(routes.getMetrics, async () => Promise.reject(new TypeError('x is not a function')));
      },
    });
    for (const path of ['/health', '/metrics']) {
      const response = await server.fetch(path);
      const problem = await problemIn(response);
      expect([response.status, problem.code]).toEqual([500, 'internal-error']);
      expect(JSON.stringify(problem)).not.toMatch(/SELECT|not a function|at /);
      const logged = server.lines.find(
        (line) => line.includes(problem.request_id) && line.includes('unexpected error'),
      );
      expect(logged).toMatch(/SELECT|not a function/);
    }
    const full = await server.fetch('/ready');
    expect(full.headers.get('retry-after')).toBe('30');
    expect(await problemIn(full)).toMatchObject({ code: 'storage-full', free_bytes: 0 });
  });
});

describe('the input of a handler', () => {
  it('[C3] is refused as a whole, with every mistake named', async () => {
    await using server = await startHttpServer({ routes: serveEverything });
    const body = '{"title":"","prio":1,"tags":["a",3],"status":"doing"}';
    const headers = { 'content-type': 'application/json' };
    const response = await server.fetch('/tasks/p?verbose=1', { method: 'POST', headers, body });
    const { errors } = await problemIn(response);
    expect(errors!.map(({ path }) => path).toSorted()).toEqual(['prio', 'status', 'tags.1', 'title', 'verbose']);
  });

  it('[C2] has a client_id, or is 400', async () => {
    await using server = await startHttpServer({ routes: serveEverything });
    for (const id of ['-x', '.hidden', 'a b', 'a/b', 'é', 'x'.repeat(129), '__proto__', '%00']) {
      const problem = await problemIn(await server.fetch(`/tasks/${encodeURIComponent(id)}/board`));
      expect([id, problem.status, problem.errors?.[0]?.path]).toEqual([id, 400, 'client_id']);
    }
    const longest = 'a'.repeat(128);
    expect(await (await server.fetch(`/tasks/${longest}`)).json()).toMatchObject({
      input: { params: { client_id: longest } },
    });
  });

  it('[C1] matches ids in any case; what is no id names no task', async () => {
    await using server = await startHttpServer({ routes: serveEverything });
    const upper = await (await server.fetch(`/tasks/p/${aTask.toUpperCase()}`)).json();
    expect(upper).toMatchObject({ input: { params: { task_id: aTask } } });
    const response = await server.fetch('/tasks/p/17');
    expect([response.status, (await problemIn(response)).code]).toEqual([404, 'task-not-found']);
  });

  it('[T2] takes a filter once or several times', async () => {
    await using server = await startHttpServer({ routes: serveEverything });
    const query = async (text: string) => server.fetch(`/tasks/p?${text}`);
    expect(await (await query('status=todo')).json()).toMatchObject({ input: { query: { status: ['backlog'] } } });
    expect(await (await query('status=done&status=testing')).json()).toMatchObject({
      input: { query: { status: ['done', 'testing'] } },
    });
    const wrong = await problemIn(await query('status=done&status=x&limit=0&statuss=1'));
    expect(wrong.errors!.map(({ path }) => path)).toEqual(['status.1', 'limit', 'statuss']);
  });

  it('[C5] has the versions of If-Match, where the route honours it', async () => {
    const seen: unknown[] = [];
    await using server = await startHttpServer({
      routes: ({ serve }) => {
        serve(routes.deleteTask, (_input, { ifMatch }) => {
          seen.push(ifMatch);
          return emptyAnswer(204);
        });
      },
    });
    for (const tag of ['"3"', '*'])
      await server.fetch(`/tasks/p/${aTask}`, { method: 'DELETE', headers: { 'if-match': tag } });
    await server.fetch(`/tasks/p/${aTask}`, { method: 'DELETE' });
    expect(seen).toEqual([[3], 'any', null]);
  });
});

describe('the end', () => {
  it('[C3] is told to requests that still come on open connections', async () => {
    const begun = Promise.withResolvers<void>();
    const release = Promise.withResolvers<void>();
    await using server = await startHttpServer({
      routes: ({ serve }) =>
        serve(routes.getHealth, async () => {
          begun.resolve();
          await release.promise;
          return jsonAnswer(200, { ok: true });
        }),
    });
    const request = `GET /health HTTP/1.1\r\nHost: localhost:${server.port}\r\n\r\n`;
    const socket = await openConnection(server.port);
    const answer = readToEnd(socket);
    socket.write(request);
    await begun.promise;
    const closed = server.app.close();
    await expect.poll(() => server.app.server.listening).toBe(false);
    socket.write(request);
    release.resolve();
    await closed;
    expect(await answer).toMatch(/^HTTP\/1.1 200 [\s\S]*HTTP\/1.1 503 [\s\S]*"code":"shutting-down"/);
  });

  it('[S4] of a start is a clear message when the port is taken', async () => {
    await using first = await startHttpServer();
    const start = startHttpServer({ port: first.port });
    await expect(start).rejects.toBeInstanceOf(StartRefused);
    await expect(start).rejects.toThrow(`Port ${first.port} of 127.0.0.1 is in use`);
  });
});
