import { Task } from '@leanvibe/protocol/task';
import { describe, expect, it } from 'vitest';
import { expectRefusal, nobody, openBoard } from './board-fixture.ts';

const uuidV7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe('creating', () => {
  it('[T1] makes a task of a title alone, everything else at its default', async () => {
    await using board = await openBoard();
    const made = await board.watch(() => board.call('POST', '', { title: '  Write the docs  ' }));
    expect(made.status).toBe(201);
    const task = Task.parse(made.body);
    expect(task).toMatchObject({
      client_id: 'alpha',
      version: 1,
      title: 'Write the docs',
      description: null,
      status: 'backlog',
      priority: 'medium',
      assigned_to: null,
      confidence_score: null,
      estimated_hours: null,
      actual_hours: null,
      due_at: null,
      started_at: null,
      completed_at: null,
      tags: [],
      depends_on: [],
      approval: null,
      metadata: {},
    });
    expect(task.id).toMatch(uuidV7);
    expect(task.created_at).toBe(task.updated_at);
    expect(made.headers.get('location')).toBe(`/tasks/alpha/${task.id}`);
    expect(made.headers.get('etag')).toBe('"1"');
    expect(made.types).toEqual(['task_created']);
    expect(made.events[0]).toMatchObject({ seq: 1, channel: 'tasks', priority: 'medium', data: { task } });
    expect(await board.get(task.id)).toEqual(task);
  });

  it('[T1] takes everything that a client may set, aliases included', async () => {
    await using board = await openBoard();
    const other = await board.create();
    const body = {
      title: 'All of it',
      description: '# Markdown',
      status: 'todo',
      priority: 'urgent',
      assigned_to: 'agent:claude',
      confidence_score: 0.25,
      estimated_hours: 1.5,
      actual_hours: 0,
      due_at: '2027-01-01T01:00:00+01:00',
      tags: ['docs', 'ö'],
      depends_on: [other.id.toUpperCase()],
      metadata: { nested: { list: [1, null, 'x'] } },
    };
    const task = await board.create(body);
    const read = {
      status: 'backlog',
      priority: 'critical',
      due_at: '2027-01-01T00:00:00.000Z',
      depends_on: [other.id],
    };
    expect(task).toMatchObject({ ...body, ...read });
  });

  it('[T1] creates in any column, with the times and events of entering it', async () => {
    await using board = await openBoard();
    const started = await board.watch(() => board.call('POST', '', { title: 'x', status: 'testing' }));
    expect(started.types).toEqual(['task_created']);
    expect(started.body).toMatchObject({ started_at: (started.body as Task).created_at, completed_at: null });
    const done = await board.watch(() => board.call('POST', '', { title: 'x', status: 'done' }));
    expect(done.types).toEqual(['task_created', 'task_completed']);
    expect(done.body).toMatchObject({ started_at: null, completed_at: (done.body as Task).created_at });
    expect(done.events[1]!.data).toEqual({ task: done.body });
  });

  it('[T1] puts a new task at the end of its column', async () => {
    await using board = await openBoard();
    for (const title of ['a', 'b', 'c']) await board.create({ title });
    await board.create({ title: 'd', status: 'done' });
    expect(await board.columns()).toEqual({ backlog: ['a', 'b', 'c'], in_progress: [], testing: [], done: ['d'] });
  });

  it.each([
    ['no title', {}],
    ['a blank title', { title: '  ' }],
    ['a title of 256 characters', { title: 'x'.repeat(256) }],
    ['an unknown member', { title: 'x', titel: 'y' }],
    ['a position', { title: 'x', position: 'a0' }],
    ['an unknown status', { title: 'x', status: 'later' }],
    ['null where it is not allowed', { title: 'x', priority: null }],
    ['a score above 1', { title: 'x', confidence_score: 1.01 }],
    ['half a character', { title: '\ud83d' }],
    ['half a character in a tag', { title: 'x', tags: ['\ud83d'] }],
    ['33 tags', { title: 'x', tags: Array.from({ length: 33 }, (_, n) => `t${n}`) }],
    ['a tag twice', { title: 'x', tags: ['a', 'a'] }],
    ['metadata above 16 KiB', { title: 'x', metadata: { a: 'x'.repeat(16_384) } }],
  ])('[C3] refuses %s with 400 and creates nothing', async (_what, body) => {
    await using board = await openBoard();
    expectRefusal(await board.watch(() => board.call('POST', '', body)), 400, 'validation-failed');
    expect((await board.call('GET')).body).toEqual([]);
  });

  it('[T1] refuses to depend on a task that is unknown, deleted, or of another workspace', async () => {
    await using board = await openBoard();
    const deleted = await board.create();
    await board.call('DELETE', `/${deleted.id}`);
    for (const id of [nobody, deleted.id]) {
      const reply = await board.watch(() => board.call('POST', '', { title: 'x', depends_on: [id] }));
      const problem = expectRefusal(reply, 400, 'validation-failed');
      expect(problem['errors']).toEqual([{ path: 'depends_on', message: expect.stringContaining(id) as string }]);
    }
    const kept = await board.create();
    const elsewhere = await fetch(`${board.origin}/tasks/beta`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ title: 'x', depends_on: [kept.id] }),
    });
    expect(elsewhere.status).toBe(400);
  });
});

describe('reading', () => {
  it('[T3] reads a task in any letter case of its id, and says 304 while it is the same', async () => {
    await using board = await openBoard();
    const task = await board.create();
    const reply = await board.call('GET', `/${task.id.toUpperCase()}`);
    expect(reply.body).toEqual(task);
    expect(reply.headers.get('etag')).toBe('"1"');
    const again = () => board.call('GET', `/${task.id}`, undefined, { 'if-none-match': '"1"' });
    expect(await again()).toMatchObject({ status: 304, text: '' });
    await board.call('PATCH', `/${task.id}`, { title: 'Other' });
    expect(await again()).toMatchObject({ status: 200, body: { title: 'Other', version: 2 } });
  });

  it('[T3] finds no task that is unknown, deleted, malformed or of another workspace', async () => {
    await using board = await openBoard();
    const task = await board.create();
    expectRefusal(await board.call('GET', `/${nobody}`), 404, 'task-not-found');
    expectRefusal(await board.call('GET', '/not-an-id'), 404, 'task-not-found');
    expect((await fetch(`${board.origin}/tasks/beta/${task.id}`)).status).toBe(404);
    await board.call('DELETE', `/${task.id}`);
    expectRefusal(await board.call('GET', `/${task.id}`), 404, 'task-not-found');
  });
});

describe('updating', () => {
  it.each(['PUT', 'PATCH'])('[T4] changes with %s only what is present', async (method) => {
    await using board = await openBoard();
    const task = await board.create({ description: 'old', tags: ['a'], due_at: '2027-01-01T00:00:00Z' });
    const changed = await board.watch(() => board.call(method, `/${task.id}`, { description: 'new', due_at: null }));
    expect(changed.status).toBe(200);
    const { updated_at, ...rest } = changed.body as Task;
    expect(rest).toEqual({
      ...Object.fromEntries(Object.entries(task).filter(([name]) => name !== 'updated_at')),
      description: 'new',
      due_at: null,
      version: 2,
    });
    expect(updated_at >= task.updated_at).toBe(true);
    expect(changed.headers.get('etag')).toBe('"2"');
    expect(changed.types).toEqual(['task_updated']);
    expect(changed.events[0]!.data).toEqual({
      task: changed.body,
      changes: {
        description: { from: 'old', to: 'new' },
        due_at: { from: '2027-01-01T00:00:00.000Z', to: null },
      },
    });
  });

  it('[T4] does nothing when nothing is different', async () => {
    await using board = await openBoard();
    const task = await board.create({ tags: ['a'], metadata: { x: 1, y: { z: 0 } } });
    for (const body of [
      {},
      { title: 'A task ' },
      { tags: ['a'], metadata: { y: { z: -0 }, x: 1 }, status: 'backlog' },
    ]) {
      const reply = await board.watch(() => board.call('PATCH', `/${task.id}`, body));
      expect(reply).toMatchObject({ status: 200, body: task, types: [] });
    }
  });

  it('[T4] refuses null where none is allowed, unknown members and what the server sets', async () => {
    await using board = await openBoard();
    const task = await board.create();
    for (const body of [{ title: null }, { tags: null }, { nope: 1 }, { version: 3 }, { started_at: null }, [], 'x']) {
      const reply = await board.watch(() => board.call('PATCH', `/${task.id}`, body));
      expectRefusal(reply, 400, 'validation-failed');
    }
    expect(await board.get(task.id)).toEqual(task);
  });

  it('[T4] moves with the status to the end of the new column, and keeps the times of the work', async () => {
    await using board = await openBoard();
    const task = await board.create({ title: 'x' });
    await board.create({ title: 'y', status: 'in_progress' });
    const begun = await board.watch(() => board.call('PATCH', `/${task.id}`, { status: 'in_progress' }));
    expect((await board.columns())['in_progress']).toEqual(['y', 'x']);
    const { started_at, updated_at } = begun.body as Task;
    expect(started_at).toBe(updated_at);
    const { changes } = begun.events[0]!.data as { changes: object };
    expect(Object.keys(changes).sort()).toEqual(['position', 'started_at', 'status']);

    const done = await board.watch(() => board.call('PATCH', `/${task.id}`, { status: 'done' }));
    expect(done.types).toEqual(['task_updated', 'task_completed']);
    expect(done.body).toMatchObject({ started_at, completed_at: (done.body as Task).updated_at });
    const renamed = await board.watch(() => board.call('PATCH', `/${task.id}`, { title: 'z', status: 'done' }));
    expect(renamed).toMatchObject({
      types: ['task_updated'],
      body: { completed_at: (done.body as Task).completed_at },
    });
    const reopened = await board.watch(() => board.call('PATCH', `/${task.id}`, { status: 'testing' }));
    expect(reopened.types).toEqual(['task_updated']);
    expect(reopened.body).toMatchObject({ started_at, completed_at: null, version: 5 });
  });

  it('[T4] refuses what is unknown or deleted with 404', async () => {
    await using board = await openBoard();
    const task = await board.create();
    await board.call('DELETE', `/${task.id}`);
    for (const id of [nobody, task.id, 'no-uuid']) {
      expectRefusal(await board.watch(() => board.call('PATCH', `/${id}`, { title: 'y' })), 404, 'task-not-found');
    }
  });

  it('[T4] refuses new dependencies that are unknown, and lets old ones stay that are gone', async () => {
    await using board = await openBoard();
    const first = await board.create();
    const task = await board.create({ depends_on: [first.id] });
    expectRefusal(
      await board.watch(() => board.call('PATCH', `/${task.id}`, { depends_on: [first.id, nobody] })),
      400,
      'validation-failed',
    );
    await board.call('DELETE', `/${first.id}`);
    const second = await board.create();
    const reply = await board.call('PATCH', `/${task.id}`, { depends_on: [first.id, second.id] });
    expect(reply).toMatchObject({ status: 200, body: { depends_on: [first.id, second.id] } });
  });

  it('[T4] refuses dependencies that close a circle', async () => {
    await using board = await openBoard();
    const a = await board.create();
    const b = await board.create({ depends_on: [a.id] });
    const c = await board.create({ depends_on: [b.id] });
    for (const id of [a.id, c.id]) {
      const reply = await board.watch(() => board.call('PATCH', `/${a.id}`, { depends_on: [id] }));
      expectRefusal(reply, 409, 'dependency-cycle');
    }
    expect((await board.get(a.id)).depends_on).toEqual([]);
  });

  it('[T4] lets one of two that close a circle together win', async () => {
    await using board = await openBoard();
    const a = await board.create();
    const b = await board.create();
    const replies = await Promise.all([
      board.call('PATCH', `/${a.id}`, { depends_on: [b.id] }),
      board.call('PATCH', `/${b.id}`, { depends_on: [a.id] }),
    ]);
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 409]);
  });
});

describe('versions', () => {
  const writes = [
    ['PATCH', '', { title: 'y' }],
    ['PUT', '', { title: 'y' }],
    ['POST', '/move', { status: 'done' }],
    ['POST', '/approval', { requested_by: 'agent' }],
    ['DELETE', '', undefined],
  ] as const;

  it.each(writes)('[C5] honours If-Match on %s %s', async (method, path, body) => {
    await using board = await openBoard();
    const task = await board.create();
    const write = (ifMatch: string) =>
      board.watch(() => board.call(method, `/${task.id}${path}`, body, { 'if-match': ifMatch }));
    const refused = expectRefusal(await write('"7"'), 412, 'version-conflict');
    expect(refused['current']).toEqual(task);
    expect((await write('"7", "1"')).status).toBeLessThan(300);
  });

  it('[C5] lets exactly one of many with the same If-Match win', async () => {
    await using board = await openBoard();
    const task = await board.create();
    const replies = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        board.call('PATCH', `/${task.id}`, { title: `by ${n}` }, { 'if-match': '"1"' }),
      ),
    );
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(replies.filter(({ status }) => status === 412)).toHaveLength(19);
  });

  it('[C4] loses no update of many at the same time', async () => {
    await using board = await openBoard();
    const task = await board.create();
    const members = ['description', 'assigned_to', 'title'];
    const replies = await Promise.all(
      Array.from({ length: 60 }, (_, n) => board.call('PATCH', `/${task.id}`, { [members[n % 3]!]: `by ${n}` })),
    );
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200]));
    expect((await board.get(task.id)).version).toBe(61);
    expect(await board.log()).toHaveLength(61);
  });
});

describe('deleting', () => {
  it('[T5] deletes with 204 and one event, and takes the task off every view', async () => {
    await using board = await openBoard();
    const task = await board.create();
    const deleted = await board.watch(() => board.call('DELETE', `/${task.id}`));
    expect(deleted).toMatchObject({ status: 204, text: '', types: ['task_deleted'] });
    expect(deleted.events[0]!.data).toMatchObject({ task_id: task.id, task: { id: task.id, version: 2 } });
    expect((await board.call('GET')).body).toEqual([]);
    expect((await board.columns())['backlog']).toEqual([]);
    expectRefusal(await board.watch(() => board.call('DELETE', `/${task.id}`)), 404, 'task-not-found');
    expectRefusal(await board.watch(() => board.call('DELETE', `/${nobody}`)), 404, 'task-not-found');
  });

  it('[T5] restores a task as and where it was', async () => {
    await using board = await openBoard();
    await board.create({ title: 'a' });
    const task = await board.create({ title: 'b', tags: ['t'], status: 'backlog' });
    await board.create({ title: 'c' });
    await board.call('DELETE', `/${task.id}`);
    const restored = await board.watch(() => board.call('POST', `/${task.id}/restore`));
    expect(restored).toMatchObject({ status: 200, types: ['task_restored'] });
    const { updated_at } = restored.body as Task;
    expect(restored.body).toEqual({ ...task, version: 3, updated_at });
    expect(restored.events[0]!.data).toEqual({ task: restored.body });
    expect(restored.headers.get('etag')).toBe('"3"');
    expect((await board.columns())['backlog']).toEqual(['a', 'b', 'c']);
    expect((await board.call('GET', '?q=b')).body).toHaveLength(1);
  });

  it('[T5] refuses to restore what is not deleted, or was never there', async () => {
    await using board = await openBoard();
    const task = await board.create();
    expectRefusal(await board.watch(() => board.call('POST', `/${task.id}/restore`)), 409, 'task-not-deleted');
    expectRefusal(await board.watch(() => board.call('POST', `/${nobody}/restore`)), 404, 'task-not-found');
  });

  it('[C5] honours If-Match when it restores', async () => {
    await using board = await openBoard();
    const task = await board.create();
    await board.call('DELETE', `/${task.id}`);
    const restore = (ifMatch: string) => board.call('POST', `/${task.id}/restore`, undefined, { 'if-match': ifMatch });
    expectRefusal(await restore('"1"'), 412, 'version-conflict');
    expect((await restore('"2"')).status).toBe(200);
  });
});

it('[E1] names in each event who did it', async () => {
  await using board = await openBoard();
  const headers = { 'x-leanvibe-actor': 'agent:claude' };
  const made = await board.watch(() => board.call('POST', '', { title: 'x' }, headers));
  expect(made.events[0]!.actor).toEqual({ kind: 'agent', id: 'claude' });
  const { id } = made.body as Task;
  const changed = await board.watch(() => board.call('PATCH', `/${id}`, { title: 'y' }));
  expect(changed.events[0]!.actor).toEqual({ kind: 'human', id: 'local' });
});
