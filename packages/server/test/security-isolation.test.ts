import type { Task } from '@leanvibe/protocol/task';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectProblem, startTarget, type Reply, type Target } from './security-fixture.ts';

let target: Target;
/** A task of another workspace, with a word that stands nowhere else. */
let secret: Task;
let deleted: Task;
let mine: Task;
let token: string;

const marker = 'zanzibar';
const foreign = { title: `${marker} title`, description: marker, tags: [marker], assigned_to: marker };

beforeAll(async () => {
  target = await startTarget({ auth: 'token' });
  secret = await target.task('beta', foreign);
  deleted = await target.task('beta', { ...foreign, status: 'done' });
  await target.call('DELETE', `/tasks/beta/${deleted.id}`, { token: target.owner });
  mine = await target.task('alpha');
  token = (await target.token()).token;
});

afterAll(() => target[Symbol.asyncDispose]());

const call = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Reply> =>
  target.call(method, path, { token, body, headers });

const stateOfBeta = async () => {
  const read = (path: string) => target.call('GET', path, { token: target.owner });
  const [tasks, log, rules] = await Promise.all([
    read('/tasks/beta'),
    read('/events/beta/log'),
    read('/tasks/beta/board/rules'),
  ]);
  return [tasks.text, log.text, rules.text];
};

/** Does what a test tries and expects that the other workspace neither changed nor showed. */
async function expectUntouched(tries: () => Promise<Reply[]>): Promise<Reply[]> {
  const before = await stateOfBeta();
  const replies = await tries();
  for (const reply of replies) {
    expect(reply.text + JSON.stringify([...reply.headers])).not.toContain(marker);
    expect(reply.status, reply.text).toBeLessThan(500);
  }
  expect(await stateOfBeta()).toEqual(before);
  return replies;
}

describe('row 6: one workspace reaches for another', () => {
  it('[C2] by the id of a task, on every route that takes one', async () => {
    const replies = await expectUntouched(() =>
      Promise.all(
        [secret.id, deleted.id, secret.id.toUpperCase()].flatMap((id) => [
          call('GET', `/tasks/alpha/${id}`),
          call('GET', `/tasks/alpha/${id}`, undefined, { 'if-none-match': '"1"' }),
          call('HEAD', `/tasks/alpha/${id}`),
          call('PUT', `/tasks/alpha/${id}`, { title: 'x' }),
          call('PATCH', `/tasks/alpha/${id}`, { title: 'x' }, { 'if-match': '"1"' }),
          call('DELETE', `/tasks/alpha/${id}`, undefined, { 'if-match': '*' }),
          call('POST', `/tasks/alpha/${id}/restore`),
          call('POST', `/tasks/alpha/${id}/move`, { status: 'done' }),
          call('GET', `/tasks/alpha/${id}/history`),
          call('POST', `/tasks/alpha/${id}/approval`, { requested_by: 'x' }),
          call('POST', `/tasks/alpha/${id}/approve`),
          call('POST', `/tasks/alpha/${id}/reject`, { reason: 'x' }),
        ]),
      ),
    );
    for (const reply of replies) expect(reply.status).toBe(404);
  });

  it('[C2] by tricks in the path', async () => {
    const paths = [
      `/tasks/alpha/../beta/${secret.id}`,
      `/tasks/alpha/%2e%2e/beta/${secret.id}`,
      `/tasks/alpha%2f..%2fbeta/${secret.id}`,
      `/tasks/alpha/..%2fbeta%2f${secret.id}`,
      `/tasks//beta/${secret.id}`,
      `/./tasks/beta/${secret.id}`,
      `/tasks/beta%00/${secret.id}`,
      `/tasks/beta;x/${secret.id}`,
      `/tasks/beta?client_id=alpha`,
      `/tasks/alpha?client_id=beta`,
      `/tasks/%62eta/${secret.id}`,
      `/tasks/be%74a`,
    ];
    for (const path of paths) {
      const answer = await target.raw('GET', path, [target.ownHost, `Authorization: Bearer ${token}`]);
      expect([path, [400, 403, 404].includes(answer.status)]).toEqual([path, true]);
      expect(answer.text).not.toContain(marker);
    }
  });

  it('[C2] by its name in a query, a body or a header', async () => {
    const header = { 'x-client-id': 'beta', 'x-leanvibe-client': 'beta' };
    const [list, created] = await expectUntouched(() =>
      Promise.all([
        call('GET', `/tasks/alpha?q=${marker}`, undefined, header),
        call('POST', '/tasks/alpha', { title: 'x', client_id: 'beta' }, header),
        call('PUT', '/tasks/alpha/board/rules', { client_id: 'beta' }),
        call('PUT', '/streaming/clients/alpha/preferences', { client_id: 'beta' }),
        call('GET', `/tasks/alpha?tag=${marker}&assigned_to=${marker}`),
        call('GET', '/tasks/alpha/board'),
        call('GET', '/tasks/alpha/stats'),
        call('GET', '/tasks/alpha/export'),
        call('GET', '/events/alpha/log'),
      ]),
    );
    expect(list!.body).toEqual([]);
    expect(created!.status).toBe(400);
  });

  it('[C2] by dependencies and neighbours', async () => {
    const replies = await expectUntouched(() =>
      Promise.all([
        call('POST', '/tasks/alpha', { title: 'x', depends_on: [secret.id] }),
        call('PATCH', `/tasks/alpha/${mine.id}`, { depends_on: [secret.id] }),
        call('POST', `/tasks/alpha/${mine.id}/move`, { status: 'backlog', before: secret.id }),
        call('POST', `/tasks/alpha/${mine.id}/move`, { status: 'backlog', after: secret.id }),
        call('POST', '/tasks/alpha/import', [{ title: 'x', depends_on: [secret.id] }]),
      ]),
    );
    for (const reply of replies) expect(reply.status, reply.text).toBe(400);
  });

  it('[C2] by bulk and by import', async () => {
    const operations = [
      { op: 'update', task_id: secret.id, title: 'x' },
      { op: 'move', task_id: secret.id, status: 'done' },
      { op: 'delete', id: secret.id },
      { op: 'delete', id: deleted.id },
      { op: 'create', title: 'x', client_id: 'beta' },
      { op: 'create', title: 'x', depends_on: [secret.id] },
    ];
    const [bulk, atomic] = await expectUntouched(() =>
      Promise.all([
        call('POST', '/tasks/alpha/bulk', { operations }),
        call('POST', '/tasks/alpha/bulk', { operations, atomic: true }),
        call('POST', '/tasks/beta/bulk', { operations }),
        call('POST', '/tasks/beta/import', [{ title: 'x' }]),
      ]),
    );
    expect(bulk!.body).toMatchObject({ succeeded: 0, failed: operations.length });
    expect(atomic!.body).toMatchObject({ succeeded: 0 });
    const twin = await target.task('beta', foreign);
    // The same id may stand in two workspaces; they are two tasks.
    const [taken] = await expectUntouched(async () => [
      await call('POST', '/tasks/alpha/import', [{ id: twin.id, client_id: 'beta', title: 'mine' }]),
    ]);
    expect(taken!.body).toEqual({ imported: 1, skipped: 0 });
    expect((await call('GET', `/tasks/alpha/${twin.id}`)).body).toMatchObject({ client_id: 'alpha', title: 'mine' });
    await expectUntouched(async () => [
      await call('DELETE', `/tasks/alpha/${twin.id}`),
      await call('GET', `/tasks/alpha/${twin.id}/history`),
    ]);
  });

  it('[C2] [W4] by a cursor, on the log, on streams and on sockets', async () => {
    const cursor = (await target.call('GET', '/events/beta/log', { token: target.owner })).headers.get('x-cursor')!;
    const [epoch, seq] = cursor.split('.') as [string, string];
    const own = (await call('GET', '/events/alpha/log')).headers.get('x-cursor')!;
    const forged = [cursor, `${epoch}.0`, `${epoch}.1`, `${epoch}.${seq}0`];
    for (const text of forged) {
      const [log] = await expectUntouched(async () => [await call('GET', `/events/alpha/log?cursor=${text}`)]);
      expectProblem(log!, 400, 'cursor-invalid');
      const [stream] = await expectUntouched(async () => [
        await call('GET', '/events/alpha', undefined, { 'last-event-id': text }),
      ]);
      expectProblem(stream!, 400, 'cursor-invalid');
      const socket = target.socket(`/ws/alpha?cursor=${text}`, { authorization: `Bearer ${token}` });
      expect((await socket.frame('snapshot_required')).reason).toBe('cursor-invalid');
      socket.send({ type: 'ack', cursor: text });
      expect((await socket.frame('error')).code).toBe('cursor-invalid');
      expect(socket.events).toEqual([]);
      socket.terminate();
    }
    expect(own.split('.')[0]).not.toBe(epoch);
  });

  it('[C2] by the cursor of a page', async () => {
    for (let count = 0; count < 3; count += 1) await target.task('beta', foreign);
    const link = (await target.call('GET', '/tasks/beta?limit=1', { token: target.owner })).headers.get('link')!;
    const cursor = /cursor=([^&>]+)/.exec(link)![1]!;
    await expectUntouched(() =>
      Promise.all([
        call('GET', `/tasks/alpha?limit=1&cursor=${cursor}`),
        call('GET', `/tasks/alpha/${mine.id}/history?cursor=${cursor}`),
      ]),
    );
  });

  it('[W6] by its socket, which hears nothing of the other and cannot subscribe to it', async () => {
    const socket = target.socket('/ws/alpha', { authorization: `Bearer ${token}` });
    await socket.frame('hello');
    socket.send({ type: 'subscribe', channels: ['all'], min_priority: 'debug', client_id: 'beta' });
    expect((await socket.frame('error')).code).toBe('validation-failed');
    await target.task('beta', foreign);
    await target.task('alpha', { title: 'the last one' });
    await socket.until(() => socket.events.length > 0);
    expect(JSON.stringify(socket.frames)).not.toContain(marker);
    expect(socket.events).toHaveLength(1);
    socket.terminate();
  });

  it('[C6] by an idempotency key that was used there, or by another actor', async () => {
    const headers = { 'idempotency-key': 'shared' };
    const first = await target.call('POST', '/tasks/beta', { token: target.owner, body: foreign, headers });
    expect(first.status).toBe(201);
    const [here] = await expectUntouched(async () => [await call('POST', '/tasks/alpha', { title: 'mine' }, headers)]);
    expect([here!.status, here!.headers.get('idempotency-replayed')]).toEqual([201, null]);
    const other = (await target.token({ name: 'another' })).token;
    const repeated = await target.call('POST', '/tasks/alpha', { token: other, body: { title: 'mine' }, headers });
    expectProblem(repeated, 409, 'idempotency-conflict');
    expect(repeated.text).not.toContain((here!.body as Task).id);
    const foreignKey = await call('POST', '/tasks/beta', foreign, headers);
    expectProblem(foreignKey, 403, 'forbidden');
  });

  it('[C2] by a name that looks the same', async () => {
    const names = [
      'Beta',
      'BETA',
      'bet\u0430',
      'be\u0074\u0301a',
      '\uFF42eta',
      'beta\u200B',
      'beta ',
      ' beta',
      'beta\u0000',
      'beta.',
    ];
    for (const name of names) {
      const reply = await call('GET', `/tasks/${encodeURIComponent(name)}`);
      expect([name, [400, 403].includes(reply.status)]).toEqual([name, true]);
      const asOwner = await target.call('GET', `/tasks/${encodeURIComponent(name)}`, { token: target.owner });
      expect(asOwner.text).not.toContain(marker);
      const escaped = await target.call('POST', '/tokens', {
        token: target.owner,
        body: { name: 'x', client_ids: [name] },
      });
      expect([201, 400]).toContain(escaped.status);
    }
  });
});
