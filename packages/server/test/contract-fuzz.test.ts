import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { problemCatalogue, type ProblemCode } from '@leanvibe/protocol/problem-catalogue';
import { ProblemDetails } from '@leanvibe/protocol/problem';
import type { Route } from '@leanvibe/protocol/route';
import { allRoutes } from '@leanvibe/protocol/route-catalogue';
import { problemsOf, transportProblems } from '@leanvibe/protocol/route-problems';
import { clientFrames, ServerFrame } from '@leanvibe/protocol/socket-frames';
import { LeanVibeEvent } from '@leanvibe/protocol/event';
import { createApp, type App } from '../src/create-app.ts';
import { arbitraryOf, nearlyValid } from './schema-arbitrary.ts';
import { testConfig, type TestConfig } from './test-config.ts';

/** Longer than any answer may take: an exchange that takes this long hangs. */
const hangMs = 10_000;
/** Requests per route. */
const runs = 40;

let config: TestConfig;
let app: App;
let knownTask: string;

beforeAll(async () => {
  config = testConfig();
  app = await createApp(config);
  const created = await fetch(`${app.url}/tasks/fuzz`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"title":"known"}',
  });
  knownTask = ((await created.json()) as { id: string }).id;
});

afterAll(async () => {
  await app.stop('shutting-down');
  config[Symbol.dispose]();
});

const schemaOf = (schema: z.ZodType): object => z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });

type Exchange = { path: string; query: Record<string, unknown>; body: unknown; headers: Record<string, string> };

const clientIds = fc.constantFrom(
  'fuzz',
  'fuzz',
  'fuzz',
  'Other.1',
  'a b',
  '..',
  '%00',
  'x'.repeat(200),
  '__proto__',
  '-',
);
const taskIds = fc.oneof(
  fc.constant('KNOWN'),
  fc.uuid(),
  fc.constantFrom('board', 'nonsense', '%2f..%2f..', "1'--", 'constructor', '😀'),
);

const otherPaths = (template: string): RegExp[] =>
  allRoutes
    .filter(({ path }) => path !== template)
    .map(({ path }) => new RegExp(`^${path.replaceAll(/\{client_id\}|\{token_id\}/g, '[^/]+')}$`));

/**
 * Whether a request to this path gets to the route. `fetch` takes `..` out of paths (the security tests send it raw), and a word such
 * as `board` in the place of an id is a route of its own.
 */
const isPathOf = (template: string, path: string): boolean =>
  !/\/\.\.?(\/|$)/.test(path) && !otherPaths(template).some((other) => other.test(path));

const pathOf = (template: string): fc.Arbitrary<string> =>
  fc
    .tuple(clientIds, taskIds)
    .map(([clientId, taskId]) =>
      template
        .replace('{client_id}', encodeURIComponent(clientId))
        .replace('{task_id}', taskId)
        .replace('{token_id}', taskId)
        .replace('{file}', taskId),
    )
    .filter((path) => isPathOf(template, path));

const either = (schema: z.ZodType | undefined): fc.Arbitrary<unknown> =>
  schema
    ? fc.oneof(
        { weight: 2, arbitrary: arbitraryOf(schemaOf(schema)) },
        { weight: 3, arbitrary: nearlyValid(schemaOf(schema)) },
      )
    : fc.constant(undefined);

const headers = fc.record(
  {
    'if-match': fc.constantFrom('"1"', '*', 'W/"2"', '"x"', '', '9'.repeat(40), '"1", "2"'),
    'if-none-match': fc.constantFrom('"1"', '*', 'nonsense'),
    'idempotency-key': fc.constantFrom('same', 'other', ' ', 'k'.repeat(300)),
    'x-leanvibe-actor': fc.constantFrom('agent:claude', 'human:ada', 'system:x', ':'),
  },
  { requiredKeys: [] },
);

const exchangeOf = (route: Route): fc.Arbitrary<Exchange> =>
  fc.record({
    path: pathOf(route.path),
    query: either(route.query).map((query) =>
      typeof query === 'object' && query !== null ? (query as Record<string, unknown>) : {},
    ),
    body: either(route.body),
    headers,
  });

function addressOf({ path, query }: Exchange): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const item of Array.isArray(value) ? value : [value])
      search.append(name, typeof item === 'string' ? item : (JSON.stringify(item) ?? ''));
  }
  // A long poll is answered in its own time.
  if (search.has('wait_seconds')) search.set('wait_seconds', '0');
  return `${app.url}${path.replace('KNOWN', knownTask)}?${search}`;
}

async function assertContract(route: Route, exchange: Exchange): Promise<void> {
  const hasBody = exchange.body !== undefined;
  const abort = AbortSignal.timeout(hangMs);
  const response = await fetch(addressOf(exchange), {
    method: route.method,
    redirect: 'manual',
    headers: { ...exchange.headers, ...(hasBody ? { 'content-type': 'application/json' } : {}) },
    signal: abort,
    ...(hasBody ? { body: JSON.stringify(exchange.body) } : {}),
  });
  expect(response.headers.get('x-request-id')).toBeTruthy();
  if (response.status === 200 && response.headers.get('content-type')?.startsWith('text/event-stream')) {
    await response.body!.cancel();
    return;
  }
  const text = await response.text();
  if (response.status === 304) return;
  if (response.headers.get('content-type')?.startsWith('application/problem+json'))
    return assertProblem(route, response.status, text);
  const answer = route.answers[response.status];
  expect(answer, `${response.status} is not among the answers of ${route.method} ${route.path}: ${text}`).toBeDefined();
  if (answer!.body && response.headers.get('content-type')?.startsWith('application/json'))
    answer!.body.parse(JSON.parse(text));
}

function assertProblem(route: Route, status: number, text: string): void {
  const problem = ProblemDetails.parse(JSON.parse(text));
  const code = problem.code as ProblemCode;
  expect(problemCatalogue[code]?.status).toBe(status);
  expect(status, text).toBeLessThan(500);
  expect([...problemsOf(route), ...transportProblems], `${route.method} ${route.path} does not list it`).toContain(
    code,
  );
}

describe('every route, with valid and nearly valid requests', () => {
  for (const route of allRoutes) {
    it(
      `[C3] [C8] ${route.method} ${route.path} answers as described, whatever it is sent`,
      { timeout: 60_000 },
      async () => {
        await fc.assert(
          fc.asyncProperty(exchangeOf(route), (exchange) => assertContract(route, exchange)),
          { numRuns: runs, interruptAfterTimeLimit: 50_000 },
        );
      },
    );
  }
});

const frames = fc.oneof(
  ...Object.values(clientFrames)
    .flatMap((frame) => [arbitraryOf(schemaOf(frame)), nearlyValid(schemaOf(frame))])
    .map((frame) => frame.map((value) => JSON.stringify(value) ?? '')),
  fc.constantFrom(
    '',
    '{',
    '[]',
    'null',
    '"heartbeat"',
    '{"type":"__proto__"}',
    '{"type":["heartbeat"]}',
    '{"__proto__":{"type":"heartbeat"}}',
    `{"type":"ack","cursor":"${'9'.repeat(100)}"}`,
  ),
);

/** Sends the frames, then a heartbeat, and returns what came back up to its answer. */
async function exchangeFrames(texts: readonly string[]): Promise<string[]> {
  const socket = new WebSocket(`${app.url.replace('http', 'ws')}/ws/fuzz`);
  const received: string[] = [];
  const probe = '{"type":"command","request_id":"the-last-one","command":"/status"}';
  try {
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`hangs after ${JSON.stringify(texts)}`)), hangMs);
      socket.onmessage = ({ data }) => {
        received.push(String(data));
        if (!String(data).includes('the-last-one')) return;
        clearTimeout(timer);
        resolve();
      };
      socket.onopen = () => [...texts, probe].forEach((text) => socket.send(text));
      socket.onclose = ({ code }) => reject(new Error(`closed with ${code} after ${JSON.stringify(texts)}`));
    });
  } finally {
    socket.onclose = null;
    socket.close();
  }
  return received;
}

it(
  '[W5] a socket stays open and answers with frames of the contract, whatever it is sent',
  { timeout: 60_000 },
  async () => {
    const serverMessage = z.union([ServerFrame, LeanVibeEvent]);
    await fc.assert(
      fc.asyncProperty(fc.array(frames, { minLength: 1, maxLength: 8 }), async (texts) => {
        const received = await exchangeFrames(texts);
        expect(JSON.parse(received[0]!)).toMatchObject({ type: 'hello' });
        for (const text of received) serverMessage.parse(JSON.parse(text));
      }),
      { numRuns: 120, interruptAfterTimeLimit: 50_000 },
    );
  },
);
