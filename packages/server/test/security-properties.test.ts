import { Task, settableTaskFields } from '@leanvibe/protocol/task';
import type { TaskExport } from '@leanvibe/protocol/task-transfer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectProblem, startTarget, type Reply, type Target } from './security-fixture.ts';

let target: Target;
beforeAll(async () => {
  target = await startTarget();
});
afterAll(() => target[Symbol.asyncDispose]());

const post = (path: string, body: unknown, headers: Record<string, string> = {}): Promise<Reply> =>
  target.call('POST', path, { body, headers });

const serverOwned = Object.keys(Task.shape).filter((name) => !settableTaskFields.some((field) => field === name));

/** Values that would do harm if they were taken over. */
const planted: Record<string, unknown> = {
  id: '019aa0c2-7c1e-7d4c-9d2f-5b7a3c1d9e01',
  client_id: 'beta',
  version: 99,
  position: 'zz',
  approval: { state: 'approved' },
  created_at: '2000-01-01T00:00:00.000Z',
  updated_at: '2000-01-01T00:00:00.000Z',
  started_at: '2000-01-01T00:00:00.000Z',
  completed_at: '2000-01-01T00:00:00.000Z',
};

describe('row 6: members that the server owns', () => {
  it('[C3] are all of a task that nobody may set, and stay as they are on every route', async () => {
    expect(serverOwned.toSorted()).toEqual(Object.keys(planted).toSorted());
    const task = await target.task('alpha');
    const before = target.state();
    const path = `/tasks/alpha/${task.id}`;
    const more = {
      deleted_at: null,
      actor: { kind: 'system', id: 'x' },
      seq: 1,
      admin: true,
      isAdmin: true,
      doc: '{}',
      ordinal: 1,
    };
    for (const [name, value] of Object.entries({ ...planted, ...more })) {
      for (const given of [value, null]) {
        const extra = { [name]: given };
        const tries: [string, string, unknown][] = [
          ['POST', '/tasks/alpha', { title: 'x', ...extra }],
          ['PUT', path, extra],
          ['PATCH', path, { title: 'x', ...extra }],
          ['POST', `${path}/move`, { status: 'done', ...extra }],
          ['POST', `${path}/approval`, { requested_by: 'x', ...extra }],
          ['POST', `${path}/approve`, extra],
          ['POST', `${path}/reject`, { reason: 'x', ...extra }],
          ['POST', `${path}/restore`, extra],
          ['DELETE', path, extra],
          ['PUT', '/tasks/alpha/board/rules', extra],
          ['PUT', '/streaming/clients/alpha/preferences', extra],
        ];
        for (const [method, address, body] of tries) {
          const reply = await target.call(method, address, { body });
          expect([name, method, address, reply.status], reply.text).toEqual([name, method, address, 400]);
          expect(reply.text).toContain(name);
        }
        const bulk = await post('/tasks/alpha/bulk', {
          operations: [
            { op: 'create', title: 'x', ...extra },
            // For these, `id` is an alias that has to agree.
            { op: 'update', title: 'y', ...extra, task_id: task.id },
            { op: 'move', status: 'done', ...extra, task_id: task.id },
          ],
        });
        expect(bulk.body).toMatchObject({ succeeded: 0, failed: 3 });
      }
    }
    expect(target.state()).toBe(before);
  });

  it('[C3] of a token, too', async () => {
    const more = {
      id: planted['id'],
      secret_hash: 'x',
      token: 'lv_x',
      created_at: planted['created_at'],
      revoked_at: null,
      last_used_at: null,
    };
    for (const [name, value] of Object.entries(more)) {
      const reply = await post('/tokens', { name: 'x', client_ids: ['alpha'], [name]: value });
      expect([name, reply.status]).toEqual([name, 400]);
    }
    for (const role of ['admin', 'owner', 'system', '', null, ['human']])
      expect((await post('/tokens', { name: 'x', client_ids: ['alpha'], role })).status).toBe(400);
    expect((await target.call('GET', '/tokens')).body).toEqual([]);
  });

  it('[T13] of an imported task are checked, and never go back', async () => {
    const task = await target.task('alpha');
    const pending = { state: 'pending', requested_by: 'x', requested_at: '2026-01-01T00:00:00.000Z', task_version: 1 };
    const bad: Record<string, unknown>[] = [
      { version: 0 },
      { version: -1 },
      { version: 1.5 },
      { version: 2 ** 53 },
      { version: Number.MAX_SAFE_INTEGER },
      { version: 1e308 },
      { version: '1' },
      { approval: { state: 'approved' } },
      { approval: { ...pending, requested_by: 'x'.repeat(2000) } },
      { approval: { ...pending, reason: 'x'.repeat(20_000) } },
      { approval: { ...pending, reason: '\ud800' } },
      { approval: { ...pending, task_version: Number.MAX_SAFE_INTEGER } },
      { approval: { ...planted, state: 'granted' } },
      { created_at: 'never' },
      { created_at: '+275760-09-13T00:00:00.001Z' },
      { metadata: { text: 'x'.repeat(20_000) } },
      { tags: ['x'.repeat(100)] },
      { title: '' },
    ];
    const file = (await target.call('GET', '/tasks/alpha/export')).body as TaskExport;
    for (const change of bad) {
      const before = target.state();
      const tasks = [{ ...file.tasks[0], id: planted['id'], ...change }];
      const reply = await post('/tasks/gamma/import', { ...file, tasks });
      expect([change, reply.status], reply.text).toEqual([change, 400]);
      expect(target.state()).toBe(before);
    }
    const rules = { ...file.board_rules, version: Number.MAX_SAFE_INTEGER, updated_at: planted['created_at'] };
    expect((await post('/tasks/gamma/import', { ...file, tasks: [], board_rules: rules })).status).toBe(400);
    const good = { ...file.tasks[0], id: planted['id'], approval: pending };
    expect((await post('/tasks/gamma/import', { ...file, tasks: [good] })).status).toBe(200);
    const again = await post('/tasks/alpha/import', {
      ...file,
      tasks: [{ ...task, client_id: 'beta', title: 'taken over' }],
    });
    expectProblem(again, 409, 'task-exists');
    expect((await target.call('GET', `/tasks/alpha/${task.id}`)).body).toEqual(task);
  });
});

describe('prototypes', () => {
  it('[C3] are out of reach of JSON bodies', async () => {
    const before = target.state();
    const bodies = [
      '{"title":"x","__proto__":{"admin":true}}',
      '{"title":"x","metadata":{"__proto__":{"polluted":1}}}',
      '{"title":"x","metadata":{"constructor":{"prototype":{"polluted":1}}}}',
      String.raw`{"title":"x","\u005f_proto__":{"polluted":1}}`,
      '{"__proto__":{"title":"x"}}',
      '{"title":"x","constructor":{"name":"x"}}',
      '{"title":"x","toString":"x"}',
      '{"title":"x","hasOwnProperty":1}',
      '{"title":{"toString":"x"}}',
      '{"title":["x"]}',
      '{"title":"x","tags":{"length":1e9}}',
      '{"title":"x","tags":[{"toString":"x"}]}',
    ];
    for (const body of bodies) {
      const reply = await post('/tasks/alpha', body);
      expect([body, reply.status], reply.text).toEqual([body, 400]);
    }
    expect((await post('/tasks/alpha/import', '{"__proto__":{"title":"x"}}')).status).toBe(400);
    expect(
      (await post('/tasks/alpha/bulk', '{"operations":[{"op":"create","title":"x","__proto__":{"a":1}}]}')).status,
    ).toBe(400);
    expect(target.state()).toBe(before);
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect('polluted' in {}).toBe(false);
  });

  it('[C3] are out of reach of names in paths, queries and headers', async () => {
    const before = target.state();
    const names = [
      '__proto__',
      'constructor',
      'prototype',
      'toString',
      'hasOwnProperty',
      'valueOf',
      '__defineGetter__',
    ];
    for (const name of names) {
      const paths = [
        `/tasks/alpha?${name}=1`,
        `/tasks/alpha?${name}[x]=1`,
        `/tasks/alpha/${name}`,
        `/docs/${name}`,
        `/${name}`,
        `/tasks/alpha?sort=${name}`,
        `/tasks/alpha?status=${name}`,
        `/events/alpha/log?${name}=1`,
        `/events/alpha?channels=${name}`,
        `/tasks/alpha/export?format=${name}`,
      ];
      for (const path of paths) {
        const { status } = await target.call('GET', path);
        expect([path, status === 400 || status === 404]).toEqual([path, true]);
      }
      expect((await target.call('GET', `/tasks/${name}`)).status).toBe(name.startsWith('_') ? 400 : 200);
      expect((await post(`/tasks/alpha/bulk`, { operations: [{ op: name }] })).status).toBe(400);
      const created = await post(
        '/tasks/proto',
        { title: name, tags: [name], assigned_to: name, metadata: { [name === '__proto__' ? 'x' : `a ${name}`]: 1 } },
        { 'idempotency-key': name, 'x-leanvibe-actor': name.startsWith('_') ? 'human:x' : `agent:${name}` },
      );
      expect(created.status, created.text).toBe(201);
      expect((await target.call('GET', `/tasks/proto?tag=${name}&assigned_to=${name}&q=${name}`)).body).toHaveLength(1);
    }
    expect(JSON.parse(target.state())[0]).toHaveLength(JSON.parse(before)[0].length + 1);
  });
});
