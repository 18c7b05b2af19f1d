import type { Task } from '@leanvibe/protocol/task';
import type { LeanVibeEvent } from '@leanvibe/protocol/event';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTarget, type Reply, type Target } from './security-fixture.ts';

let target: Target;
beforeAll(async () => {
  target = await startTarget();
});
afterAll(() => target[Symbol.asyncDispose]());

const post = (path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Reply> =>
  target.call('POST', path, { body, headers });

const statusesOf = (replies: readonly Reply[]): Record<number, number> => {
  const counts: Record<number, number> = {};
  for (const { status } of replies) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
};

const typesOf = async (id: string): Promise<string[]> =>
  ((await target.call('GET', `/tasks/alpha/${id}/history`)).body as LeanVibeEvent[]).map(({ type }) => type);

describe('everything at once', () => {
  it('[T11] of many decisions on one approval exactly one wins, and is the one that is told', async () => {
    for (let round = 0; round < 20; round += 1) {
      const { id } = await target.task('alpha');
      await post(`/tasks/alpha/${id}/approval`, { requested_by: 'claude' });
      const replies = await Promise.all(
        Array.from({ length: 16 }, (_, index) =>
          index % 2 === 0
            ? post(`/tasks/alpha/${id}/approve`, { comment: `approved by ${index}` })
            : post(`/tasks/alpha/${id}/reject`, { reason: `rejected by ${index}` }),
        ),
      );
      expect(statusesOf(replies)).toEqual({ 200: 1, 409: 15 });
      const won = replies.find(({ status }) => status === 200)!.body as Task;
      expect((await target.call('GET', `/tasks/alpha/${id}`)).body).toEqual(won);
      const decisions = (await typesOf(id)).filter((type) => type === 'task_approved' || type === 'task_rejected');
      expect(decisions).toEqual([`task_${won.approval!.state}`]);
    }
  });

  it('[T11] a change of the work and the approval of it do not both stand', async () => {
    for (let round = 0; round < 20; round += 1) {
      const { id } = await target.task('alpha');
      const asked = (await post(`/tasks/alpha/${id}/approval`, { requested_by: 'claude' })).body as Task;
      const match = { 'if-match': `"${asked.version}"` };
      const [approved, changed] = await Promise.all([
        post(`/tasks/alpha/${id}/approve`, {}, match),
        target.call('PATCH', `/tasks/alpha/${id}`, { body: { title: 'other work' }, headers: match }),
      ]);
      expect([approved.status, changed.status].toSorted()).toEqual([200, 412]);
      const { approval, title } = (await target.call('GET', `/tasks/alpha/${id}`)).body as Task;
      expect([approval?.state, title]).toEqual(
        approved.status === 200 ? ['approved', 'A task'] : [undefined, 'other work'],
      );
    }
  });

  it('[C6] a request that comes many times at once with one key is carried out once', async () => {
    const headers = { 'idempotency-key': 'at-once' };
    const replies = await Promise.all(Array.from({ length: 30 }, () => post('/tasks/once', { title: 'x' }, headers)));
    expect(statusesOf(replies)).toEqual({ 201: 30 });
    expect(new Set(replies.map(({ text }) => text)).size).toBe(1);
    expect((await target.call('GET', '/tasks/once')).body).toHaveLength(1);
  });

  it('[C5] of many changes of one version exactly one is made', async () => {
    const { id } = await target.task('alpha');
    const change = (index: number) =>
      target.call('PATCH', `/tasks/alpha/${id}`, { body: { title: `t${index}` }, headers: { 'if-match': '"1"' } });
    expect(statusesOf(await Promise.all(Array.from({ length: 30 }, (_, index) => change(index))))).toEqual({
      200: 1,
      412: 29,
    });
  });

  it('[T6] a limit of one holds against many at once', async () => {
    await target.call('PUT', '/tasks/narrow/board/rules', { body: { columns: { testing: { wip_limit: 1 } } } });
    const tasks = await Promise.all(Array.from({ length: 20 }, () => target.task('narrow')));
    const replies = await Promise.all(
      tasks.map(({ id }, index) =>
        index % 2 === 0
          ? post(`/tasks/narrow/${id}/move`, { status: 'testing' })
          : target.call('PATCH', `/tasks/narrow/${id}`, { body: { status: 'testing' } }),
      ),
    );
    expect(statusesOf(replies)).toEqual({ 200: 1, 409: 19 });
  });
});

describe('numbers at their edges', () => {
  it('[C5] [C7] are read as numbers or refused', async () => {
    const { id } = await target.task('alpha');
    const limits = [
      '0',
      '-1',
      '1001',
      '1e3',
      '0x10',
      '1.0',
      '%201',
      '00001',
      '99999999999999999999',
      'NaN',
      'Infinity',
      '１',
      '',
      '1&limit=1',
    ];
    for (const path of ['/tasks/alpha', `/tasks/alpha/${id}/history`, '/events/alpha/log', '/tokens'])
      for (const limit of limits)
        expect([path, limit, (await target.call('GET', `${path}?limit=${limit}`)).status]).toEqual([path, limit, 400]);
    for (const wait of ['-1', '61', '99', '1e1', '0.5', 'NaN', '0&wait_seconds=60', '4294967296'])
      expect([wait, (await target.call('GET', `/events/alpha/log?wait_seconds=${wait}`)).status]).toEqual([wait, 400]);
    for (const batch of ['-1', '1001', '1e2', '0x1', '2147483648'])
      expect([batch, (await target.call('GET', `/events/alpha?batch_ms=${batch}`)).status]).toEqual([batch, 400]);
    const tags: [tag: string, status: number][] = [
      ['"9007199254740993"', 400],
      ['"999999999999999"', 412],
      ['"0"', 412],
      ['"-1"', 400],
      ['"1.0"', 400],
      ['1e0', 400],
      ['"1', 400],
      ['"1""2"', 400],
      [',', 400],
      ['"*"', 400],
      ['*, "1"', 400],
      ['W/"7"', 412],
    ];
    for (const [tag, status] of tags) {
      const reply = await target.call('PATCH', `/tasks/alpha/${id}`, {
        body: { title: 'y' },
        headers: { 'if-match': tag },
      });
      expect([tag, reply.status]).toEqual([tag, status]);
    }
    expect(((await target.call('GET', `/tasks/alpha/${id}`)).body as Task).version).toBe(1);
  });

  it('[E5] cursors are those of the server, to the letter', async () => {
    await target.task('alpha');
    const cursor = (await target.call('GET', '/events/alpha/log')).headers.get('x-cursor')!;
    const [epoch] = cursor.split('.');
    for (const seq of [
      '-1',
      '01',
      '+1',
      '1e0',
      '0x1',
      '1.0',
      '9007199254740993',
      '99999999999999999999',
      '',
      'NaN',
      '1%00',
    ]) {
      const reply = await target.call('GET', `/events/alpha/log?cursor=${epoch}.${seq}`);
      expect([seq, reply.status, (reply.body as { code: string }).code]).toEqual([seq, 400, 'cursor-invalid']);
    }
    const made = (...parts: unknown[]) => Buffer.from(JSON.stringify(parts)).toString('base64url');
    const forged = [
      made('position'),
      made('position', 0, 'a', 'x'),
      made('position', '', '', {}),
      made('title', 'a', 'b'),
      made('__proto__', 'a', 'b'),
      'W10',
      'e30',
      'bnVsbA',
      '!!!',
    ];
    for (const text of forged)
      expect([text, (await target.call('GET', `/tasks/alpha?cursor=${text}`)).status]).toEqual([text, 400]);
    // Well-made places that no page ended at are places all the same.
    for (const place of [made('position', "' OR 1=1 --", '\u0000'), made('position', 1e308, 'a')])
      expect((await target.call('GET', `/tasks/alpha?cursor=${place}`)).status).toBe(200);
  });
});
