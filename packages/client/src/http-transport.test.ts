import { describe, expect, it } from 'vitest';
import { FakeApi, problemAnswer } from './fake-api-fixture.ts';
import { createLeanVibeClient, type LeanVibeClientOptions } from './leanvibe-client.ts';
import { LeanVibeError } from './leanvibe-error.ts';
import { ManualTimers } from './manual-timers-fixture.ts';
import { until } from './stream-fixture.ts';

const quick = { retryPolicy: { baseDelayMs: 1 } };

const clientOf = (api: FakeApi, options: Partial<LeanVibeClientOptions> = {}) =>
  createLeanVibeClient({ baseUrl: api.url, clientId: 'alpha', ...quick, ...options });

const failureOf = async (call: Promise<unknown>): Promise<LeanVibeError> => {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(LeanVibeError);
  return error as LeanVibeError;
};

describe('a request', () => {
  it('[C1] says what it is, who calls and in which version', async () => {
    await using api = await FakeApi.start();
    const client = clientOf(api, { token: 'secret', actor: 'agent:claude', baseUrl: `${api.url}//` });
    await client.tasks.update('an id/with ?', { title: 'Ü' }, { ifMatch: 3 });
    const [{ method, url, headers, body }] = api.requests as [(typeof api.requests)[0]];
    expect({ method, url, body }).toEqual({
      method: 'PATCH',
      url: '/tasks/alpha/an%20id%2Fwith%20%3F',
      body: '{"title":"Ü"}',
    });
    expect(headers).toMatchObject({
      authorization: 'Bearer secret',
      'x-leanvibe-actor': 'agent:claude',
      'content-type': 'application/json',
      'if-match': '"3"',
    });
    expect(headers).not.toHaveProperty('idempotency-key');
  });

  it('[C1] carries nothing that it has not', async () => {
    await using api = await FakeApi.start({ status: 200, body: [] });
    await clientOf(api, { actor: 'agent:claude' }).tasks.list();
    const [{ url, headers }] = api.requests as [(typeof api.requests)[0]];
    expect(url).toBe('/tasks/alpha');
    for (const name of ['authorization', 'x-leanvibe-actor', 'content-type', 'if-match', 'idempotency-key']) {
      expect(headers).not.toHaveProperty(name);
    }
  });

  it('[T2] repeats a parameter for "any of", and leaves out what is undefined', async () => {
    await using api = await FakeApi.start({ status: 200, body: [] });
    await clientOf(api).tasks.list({ status: ['todo', 'done'], tag: 'a&b', limit: 7, q: undefined });
    expect(api.requests[0]?.url).toBe('/tasks/alpha?status=todo&status=done&tag=a%26b&limit=7');
  });

  it.each(['', '.', '..'])('[T3] is refused for an id that would address something else (%j)', async (id) => {
    await using api = await FakeApi.start();
    await expect(clientOf(api).tasks.get(id)).rejects.toThrow(TypeError);
    expect(api.requests).toHaveLength(0);
  });

  it('[C6] has an idempotency key of its own, or the one that is given', async () => {
    await using api = await FakeApi.start();
    const { tasks } = clientOf(api);
    await tasks.create({ title: 'a' });
    await tasks.create({ title: 'a' });
    await tasks.create({ title: 'a' }, { idempotencyKey: 'mine' });
    const [first, second, third] = api.requests.map(({ headers }) => headers['idempotency-key']);
    expect(first).toMatch(/^[0-9a-f]{32}$/);
    expect(second).not.toBe(first);
    expect(third).toBe('mine');
  });

  it('[C2] of another workspace goes there, with all else the same', async () => {
    await using api = await FakeApi.start();
    await clientOf(api, { token: 'secret' }).workspace('beta').tasks.stats();
    expect(api.requests[0]).toMatchObject({ url: '/tasks/beta/stats', headers: { authorization: 'Bearer secret' } });
  });
});

describe('an answer', () => {
  it('[C7] of a list comes with its total and the cursor of the next page', async () => {
    await using api = await FakeApi.start({
      status: 200,
      body: [],
      headers: { link: '</tasks/alpha?limit=2&cursor=a%2Bb>; rel="next"', 'x-total-count': '7' },
    });
    expect(await clientOf(api).tasks.list({ limit: 2 })).toEqual({ tasks: [], total: 7, next: 'a+b' });
  });

  it('[C7] of a last page has no next one, whatever else is linked', async () => {
    await using api = await FakeApi.start({ status: 200, body: [], headers: { link: '</docs>; rel="help"' } });
    expect(await clientOf(api).tasks.list()).toEqual({ tasks: [], total: 0, next: null });
  });

  it('[C7] goes on page after page', async () => {
    const page = (ids: number[], next?: string) => ({
      status: 200,
      body: ids.map((id) => ({ id })),
      headers: next ? { link: `</x?cursor=${next}>; rel="next"` } : {},
    });
    await using api = await FakeApi.start(page([1, 2], 'p2'), page([3], 'p3'), page([]));
    const ids = await Array.fromAsync(clientOf(api).tasks.all({ limit: 2, cursor: 'p1' }), ({ id }) => id);
    expect(ids).toEqual([1, 2, 3]);
    expect(api.requests.map(({ url }) => new URLSearchParams(url.split('?')[1]).get('cursor'))).toEqual([
      'p1',
      'p2',
      'p3',
    ]);
  });

  it('[C3] that is a problem is thrown with all it says', async () => {
    const current = { version: 4 };
    await using api = await FakeApi.start(problemAnswer(412, 'version-conflict', {}, { current }));
    const error = await failureOf(clientOf(api).tasks.update('x', {}, { ifMatch: 3 }));
    expect(error).toMatchObject({
      name: 'LeanVibeError',
      code: 'version-conflict',
      status: 412,
      detail: 'It is version-conflict.',
      message: 'It is version-conflict.',
      problem: { current },
    });
    expect(api.requests).toHaveLength(1);
  });

  it.each([
    ['text', 'Bad gateway'],
    ['JSON of another kind', { code: 7 }],
    ['nothing', undefined],
  ])('[C3] that is a failure but no problem is thrown too (%s)', async (_name, body) => {
    await using api = await FakeApi.start({ status: 502, body });
    expect(await failureOf(clientOf(api).tasks.stats())).toMatchObject({
      code: 'unexpected-answer',
      status: 502,
      problem: undefined,
    });
  });

  it('[C3] whose problem has no detail is known by its code', async () => {
    await using api = await FakeApi.start({ status: 404, body: { code: 'task-not-found' } });
    expect(await failureOf(clientOf(api).tasks.get('x'))).toMatchObject({ detail: 'task-not-found' });
  });

  it('[C3] that is no JSON though it says so is thrown', async () => {
    await using api = await FakeApi.start({ status: 200, body: '{"half":' });
    expect(await failureOf(clientOf(api).tasks.stats())).toMatchObject({ code: 'unexpected-answer', status: 0 });
  });

  it('[S2] that goes on elsewhere is not followed; browsers hide where', async () => {
    await using api = await FakeApi.start({ status: 303, headers: { location: '/' } });
    expect(await clientOf(api).pairing.redeem('code')).toBe('/');
    expect(api.requests).toHaveLength(1);
    const hidden = new Response(null);
    Object.defineProperties(hidden, { type: { value: 'opaqueredirect' }, ok: { value: false }, status: { value: 0 } });
    expect(await clientOf(api, { fetch: async () => hidden }).pairing.redeem('code')).toBeNull();
  });

  it('[C9] of a server that is not well is still the health of it', async () => {
    await using api = await FakeApi.start({ status: 503, body: { status: 'down' } });
    expect(await clientOf(api).health()).toEqual({ status: 'down' });
    expect(api.requests).toHaveLength(1);
  });

  it('[C9] of a server that is stopping is an error, at once', async () => {
    await using api = await FakeApi.start(problemAnswer(503, 'shutting-down'));
    expect(await failureOf(clientOf(api).ready())).toMatchObject({ code: 'shutting-down' });
    expect(api.requests).toHaveLength(1);
  });
});

describe('trying again', () => {
  it.each([
    ['429', problemAnswer(429, 'rate-limited')],
    ['503', problemAnswer(503, 'storage-unavailable')],
    ['a cut connection', 'cut' as const],
  ])('[C6] repeats a POST after %s, with the same key', async (_name, failure) => {
    await using api = await FakeApi.start(failure, failure, { status: 201, body: { id: 'x' } });
    expect(await clientOf(api).tasks.create({ title: 'a' })).toEqual({ id: 'x' });
    expect(api.requests).toHaveLength(3);
    expect(new Set(api.requests.map(({ headers }) => headers['idempotency-key']))).toHaveProperty('size', 1);
  });

  it('[C3] gives up after so many attempts', async () => {
    await using api = await FakeApi.start(problemAnswer(503, 'storage-full'));
    expect(await failureOf(clientOf(api).tasks.stats())).toMatchObject({ code: 'storage-full' });
    expect(api.requests).toHaveLength(4);
    await failureOf(clientOf(api).tasks.stats({ retries: 0 }));
    expect(api.requests).toHaveLength(5);
  });

  it.each([400, 404, 409, 500])('[C3] does not repeat what was answered with %i', async (status) => {
    await using api = await FakeApi.start(problemAnswer(status, 'whatever'));
    await failureOf(clientOf(api).tasks.stats());
    expect(api.requests).toHaveLength(1);
  });

  it('[C5] does not repeat a change of a version whose outcome is unknown', async () => {
    await using api = await FakeApi.start('cut');
    const { tasks } = clientOf(api);
    expect(await failureOf(tasks.update('x', {}, { ifMatch: 3 }))).toMatchObject({
      code: 'network-failure',
      status: 0,
    });
    expect(api.requests).toHaveLength(1);
  });

  it('[C5] repeats a change of a version when nothing of it was done', async () => {
    await using api = await FakeApi.start(problemAnswer(503, 'storage-unavailable'), {
      status: 200,
      body: { version: 4 },
    });
    expect(await clientOf(api).tasks.update('x', {}, { ifMatch: 3 })).toEqual({ version: 4 });
  });

  it('[C5] repeats a move of a version, because its key tells the server that it is the same', async () => {
    await using api = await FakeApi.start('cut', { status: 200, body: { version: 4 } });
    expect(await clientOf(api).tasks.move('x', { status: 'done' }, { ifMatch: 3 })).toEqual({ version: 4 });
  });

  it('[T5] takes a task that is gone for deleted, when the answer to the first attempt was lost', async () => {
    await using api = await FakeApi.start('cut', problemAnswer(404, 'task-not-found'));
    await expect(clientOf(api).tasks.delete('x')).resolves.toBeUndefined();
  });

  it('[T5] does not take a task for deleted that was never there', async () => {
    await using api = await FakeApi.start(problemAnswer(503, 'storage-full'), problemAnswer(404, 'task-not-found'));
    expect(await failureOf(clientOf(api).tasks.delete('x'))).toMatchObject({ code: 'task-not-found' });
  });

  it('[C3] says that there is no server, and why', async () => {
    const api = await FakeApi.start();
    const client = clientOf(api);
    await api[Symbol.asyncDispose]();
    const error = await failureOf(client.tasks.update('x', {}, { ifMatch: 3 }));
    expect(error).toMatchObject({ code: 'network-failure', status: 0, retryAfterMs: undefined });
    expect((error.cause as Error).cause).toMatchObject({ code: 'ECONNREFUSED' });
  });
});

describe('waiting', () => {
  const waitingClient = (api: FakeApi, options: Partial<LeanVibeClientOptions> = {}) => {
    const timers = new ManualTimers();
    const client = clientOf(api, { timers, random: () => 0.5, retryPolicy: {}, timeoutMs: 0, ...options });
    return { timers, client };
  };

  it('[C3] is drawn from a range that doubles, up to its limit', async () => {
    await using api = await FakeApi.start(problemAnswer(503, 'storage-unavailable'));
    const { timers, client } = waitingClient(api, { retryPolicy: { maxDelayMs: 800 } });
    const failure = failureOf(client.tasks.stats());
    const waits: number[] = [];
    for (let attempt = 0; attempt < 3; attempt += 1) {
      await until(() => timers.waiting.length === 1);
      waits.push(timers.waiting[0]!);
      timers.advance(timers.waiting[0]!);
    }
    await failure;
    expect(waits).toEqual([125, 250, 400]);
  });

  it.each([
    ['seconds', () => '2'],
    ['a date', (nowMs: number) => new Date(nowMs + 2000).toUTCString()],
  ])('[C3] is as long as Retry-After says in %s, and a random bit more', async (_name, header) => {
    const timers = new ManualTimers();
    const retryAfter = { 'retry-after': header(timers.now()) };
    await using api = await FakeApi.start(problemAnswer(429, 'rate-limited', retryAfter), { status: 200, body: {} });
    const { client } = waitingClient(api, { timers });
    const answer = client.tasks.stats();
    await until(() => timers.waiting.length === 1);
    expect(timers.waiting).toEqual([2125]);
    timers.advance(2125);
    expect(await answer).toEqual({});
  });

  it('[C3] takes no time for a date that has passed or a Retry-After that is none', async () => {
    const past = problemAnswer(429, 'rate-limited', { 'retry-after': 'Wed, 21 Oct 2015 07:28:00 GMT' });
    const nonsense = problemAnswer(429, 'rate-limited', { 'retry-after': 'soon' });
    await using api = await FakeApi.start(past, nonsense, { status: 200, body: {} });
    const { timers, client } = waitingClient(api);
    const answer = client.tasks.stats();
    for (const wait of [125, 250]) {
      await until(() => timers.waiting.length === 1);
      expect(timers.waiting).toEqual([wait]);
      timers.advance(wait);
    }
    expect(await answer).toEqual({});
  });

  it('[C3] is not done when the server asks for more than it is worth', async () => {
    await using api = await FakeApi.start(problemAnswer(503, 'storage-full', { 'retry-after': '3600' }));
    const { client } = waitingClient(api);
    expect(await failureOf(client.tasks.stats())).toMatchObject({ code: 'storage-full', retryAfterMs: 3_600_000 });
    expect(api.requests).toHaveLength(1);
  });

  it('[C3] ends when the signal says so', async () => {
    await using api = await FakeApi.start(problemAnswer(503, 'storage-unavailable'));
    const { timers, client } = waitingClient(api);
    const controller = new AbortController();
    const answer = client.tasks.stats({ signal: controller.signal });
    await until(() => timers.waiting.length === 1);
    controller.abort(new Error('Enough'));
    await expect(answer).rejects.toThrow('Enough');
    expect(timers.waiting).toEqual([]);
  });
});

describe('a server that does not answer', () => {
  it('[C3] is given up when the signal says so', async () => {
    await using api = await FakeApi.start('hang');
    const controller = new AbortController();
    const answer = clientOf(api).tasks.stats({ signal: controller.signal });
    await until(() => api.requests.length === 1);
    controller.abort(new Error('Enough'));
    await expect(answer).rejects.toThrow('Enough');
    expect(api.requests).toHaveLength(1);
  });

  it('[C3] is not even asked when the signal has said so before', async () => {
    await using api = await FakeApi.start();
    await expect(clientOf(api).tasks.stats({ signal: AbortSignal.abort() })).rejects.toHaveProperty(
      'name',
      'AbortError',
    );
    expect(api.requests).toHaveLength(0);
  });

  it('[C3] is asked again when its time is over, and given up in the end', async () => {
    await using api = await FakeApi.start('hang');
    const timers = new ManualTimers();
    const failure = failureOf(clientOf(api, { timers }).tasks.stats({ retries: 1, timeoutMs: 7000 }));
    await until(() => api.requests.length === 1);
    timers.advance(7000);
    await until(() => timers.waiting.length === 1);
    timers.advance(1);
    await until(() => api.requests.length === 2);
    timers.advance(7000);
    expect(await failure).toMatchObject({ code: 'timed-out', status: 0 });
    expect(timers.waiting).toEqual([]);
  });

  it('[C3] is given up with the reason of the signal, even when nothing would be repeated', async () => {
    await using api = await FakeApi.start('hang');
    const controller = new AbortController();
    const answer = clientOf(api).tasks.stats({ signal: controller.signal, retries: 0 });
    await until(() => api.requests.length === 1);
    controller.abort(new Error('Enough'));
    await expect(answer).rejects.toThrow('Enough');
  });

  it('[E4] has as long as it was given to wait for an event', async () => {
    const timers = new ManualTimers();
    await using api = await FakeApi.start('hang');
    const controller = new AbortController();
    const { events } = clientOf(api, { timers });
    const answers = [
      events.log({ wait_seconds: 60 }, { signal: controller.signal }),
      events.log({ wait_seconds: 60 }, { signal: controller.signal, timeoutMs: 7000 }),
      events.log({}, { signal: controller.signal }),
    ];
    expect(timers.waiting).toEqual([7000, 30_000, 90_000]);
    controller.abort(new Error('Enough'));
    for (const answer of answers) await expect(answer).rejects.toThrow('Enough');
  });
});
