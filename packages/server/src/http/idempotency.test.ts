import { routes } from '@leanvibe/protocol/route-catalogue';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../clock.ts';
import { temporaryStore } from '../database/store-fixture.ts';
import type { Receipt, StoredAnswer } from '../database/store.ts';
import { HubError } from '../hub-error.ts';
import { ReceiptExists } from '../receipt-exists.ts';
import { jsonAnswer } from './answer.ts';
import { startHttpServer } from './http-server-fixture.ts';
import { Idempotency } from './idempotency.ts';

const aTask = '019aa0c2-7c1e-7d4c-9d2f-5b7a3c1d9e01';

/** A server whose POST routes count how often they were carried out, and store a receipt as services do. */
const startCounting = async (options: { beforeCommit?: () => Promise<void> } = {}) => {
  let carriedOut = 0;
  const server = await startHttpServer({
    routes: ({ serve }, store) => {
      serve(routes.createTask, async ({ params, body }, { receipt, actor }) => {
        carriedOut += 1;
        if (body.title === 'fail') throw new HubError('wip-limit-reached');
        const answer = jsonAnswer(
          201,
          { n: carriedOut, title: body.title, actor },
          { location: '/somewhere', etag: '"1"' },
        );
        await options.beforeCommit?.();
        const { outcome } = await store.commit({ clientId: params.client_id, receipt: receipt(answer) });
        if (outcome === 'receipt-exists') throw new ReceiptExists();
        return answer;
      });
      serve(routes.restoreTask, async ({ params }, { receipt }) => {
        carriedOut += 1;
        const answer = jsonAnswer(200, { n: carriedOut });
        await store.commit({ clientId: params.client_id, receipt: receipt(answer) });
        return answer;
      });
    },
  });
  const post = async (body: string, headers: Record<string, string> = {}, path = '/tasks/p') => {
    const response = await server.fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    });
    return { status: response.status, headers: response.headers, text: await response.text() };
  };
  return {
    ...server,
    post,
    carriedOut: () => carriedOut,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
};

const body = '{"title":"t"}';
const key = { 'idempotency-key': 'key-1' };

describe('Idempotency-Key', () => {
  it('[C6] repeats the first answer, word for word, and does nothing again', async () => {
    await using server = await startCounting();
    const first = await server.post(body, key);
    const again = await server.post(' { "title" : "t" } ', key);
    expect([again.status, again.text]).toEqual([201, first.text]);
    expect(again.headers.get('location')).toBe('/somewhere');
    expect(again.headers.get('etag')).toBe('"1"');
    expect([first.headers.get('idempotency-replayed'), again.headers.get('idempotency-replayed')]).toEqual([
      null,
      'true',
    ]);
    expect(server.carriedOut()).toBe(1);
  });

  it('[C6] does each request that has none, or another', async () => {
    await using server = await startCounting();
    await server.post(body);
    await server.post(body);
    await server.post(body, { 'idempotency-key': 'key-1' });
    await server.post(body, { 'idempotency-key': 'key-2' });
    expect(server.carriedOut()).toBe(4);
  });

  it('[C6] is 409 with another body, query, path or actor', async () => {
    await using server = await startCounting();
    await server.post(body, key);
    const others = [
      await server.post('{"title":"other"}', key),
      await server.post(body, { ...key, 'x-leanvibe-actor': 'agent:bot' }),
      await server.post('{}', key, `/tasks/p/${aTask}/restore`),
    ];
    for (const { status, text } of others) {
      expect([status, JSON.parse(text)]).toMatchObject([409, { code: 'idempotency-conflict' }]);
    }
    expect(server.carriedOut()).toBe(1);
  });

  it('[C6] belongs to one workspace', async () => {
    await using server = await startCounting();
    expect((await server.post(body, key, '/tasks/p')).status).toBe(201);
    expect((await server.post(body, key, '/tasks/q')).status).toBe(201);
    expect(server.carriedOut()).toBe(2);
  });

  it('[C6] carries out the same request once, however many of it come at once', async () => {
    const gate = Promise.withResolvers<void>();
    await using server = await startCounting({ beforeCommit: () => gate.promise });
    const answers = Array.from({ length: 20 }, () => server.post(body, key));
    await expect.poll(server.carriedOut).toBe(1);
    gate.resolve();
    const texts = new Set((await Promise.all(answers)).map(({ text }) => text));
    expect([texts.size, server.carriedOut()]).toEqual([1, 1]);
  });

  it('[C6] gives the stored answer when another process was first', async () => {
    // What the request is told apart by is learnt from a server that has carried it out.
    await using probe = await startCounting();
    await probe.post(body, key);
    const receipt = (await probe.store.receipt('p', 'key-1'))!;
    const meanwhile = { ...receipt, answer: jsonAnswer(201, { by: 'the other' }) };
    const commitFirst: { run: () => Promise<unknown> } = { run: async () => undefined };
    await using server = await startCounting({ beforeCommit: async () => void (await commitFirst.run()) });
    commitFirst.run = () => server.store.commit({ clientId: 'p', receipt: meanwhile });
    const answer = await server.post(body, key);
    expect([answer.status, answer.text, server.carriedOut()]).toEqual([201, meanwhile.answer.body, 1]);
  });

  it('[C6] does nothing twice, though an answer with a secret is not there any more after a restart', async () => {
    await using temporary = await temporaryStore(false);
    const { store } = temporary;
    const request = { scope: '', key: 'k', hash: 'h' };
    const start = () => new Idempotency({ store, clock: systemClock });
    const answer = jsonAnswer(201, { token: 'lv_secret' });
    const running = start();
    const handle = (receipt: (answer: StoredAnswer, options?: { secret: boolean }) => Receipt) =>
      store.commit({ clientId: '', receipt: receipt(answer, { secret: true }) }).then(() => answer);
    expect(await running.run(request, handle)).toEqual(answer);
    expect(await running.run(request, handle)).toMatchObject({ status: 201, body: answer.body });
    await expect(start().run(request, handle)).rejects.toMatchObject({
      code: 'idempotency-conflict',
      message: expect.stringContaining('held a secret'),
    });
  });

  it('[C6] remembers no refusal: the same request may succeed later', async () => {
    await using server = await startCounting();
    expect((await server.post('{"title":"fail"}', key)).status).toBe(409);
    expect((await server.post('{"title":""}', key)).status).toBe(400);
    expect((await server.post(body, key)).status).toBe(201);
  });

  it('[C6] is 1 to 255 visible characters', async () => {
    await using server = await startCounting();
    for (const wrong of ['', 'a b', 'x'.repeat(256), 'é']) {
      const { status, text } = await server.post(body, { 'idempotency-key': wrong });
      expect([status, JSON.parse(text)]).toMatchObject([400, { errors: [{ path: 'Idempotency-Key' }] }]);
    }
    expect((await server.post(body, { 'idempotency-key': 'x'.repeat(255) })).status).toBe(201);
    expect(server.carriedOut()).toBe(1);
  });
});
