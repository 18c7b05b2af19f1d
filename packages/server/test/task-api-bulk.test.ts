import { BulkResponse } from '@leanvibe/protocol/task-bulk';
import type { Task } from '@leanvibe/protocol/task';
import { describe, expect, it } from 'vitest';
import { expectRefusal, nobody, openBoard, type OpenBoard } from './board-fixture.ts';

type Operation = Record<string, unknown>;

/** Sends a bulk request that is expected to be answered with 200. */
async function bulk(board: OpenBoard, operations: Operation[], atomic = false, headers: Record<string, string> = {}) {
  const reply = await board.watch(() => board.call('POST', '/bulk', { operations, atomic }, headers));
  expect(reply.status, reply.text).toBe(200);
  const answer = BulkResponse.parse(reply.body);
  expect(answer.results.map(({ index, op }) => [index, op])).toEqual(operations.map(({ op }, index) => [index, op]));
  const statuses = answer.results.map(({ status }) => status);
  expect([answer.succeeded, answer.failed]).toEqual([
    statuses.filter((status) => status < 300).length,
    statuses.filter((status) => status >= 300).length,
  ]);
  return { ...reply, answer, results: answer.results, statuses };
}

describe.each([false, true])('with atomic %s', (atomic) => {
  it('[T7] does every kind of operation as the single request does', async () => {
    await using board = await openBoard();
    const [a, b, c] = [
      await board.create({ title: 'a' }),
      await board.create({ title: 'b' }),
      await board.create({ title: 'c' }),
    ];
    const done = await bulk(
      board,
      [
        { op: 'create', title: ' new ', priority: 'urgent' },
        { op: 'update', task_id: a.id.toUpperCase(), title: 'A', if_match: 1 },
        { op: 'move', id: b.id, target_status: 'done' },
        { op: 'delete', task_id: c.id },
      ],
      atomic,
    );
    expect(done.statuses).toEqual([201, 200, 200, 204]);
    const [created, updated, moved, deleted] = done.results;
    expect(created!.task).toMatchObject({ id: created!.task_id, title: 'new', priority: 'critical', version: 1 });
    expect(updated).toMatchObject({ task_id: a.id, error: null, task: { title: 'A', version: 2 } });
    expect(moved).toMatchObject({ task_id: b.id, task: { status: 'done', version: 2 } });
    expect(deleted).toMatchObject({ task_id: c.id, task: null, error: null });
    expect(done.types).toEqual(['task_created', 'task_updated', 'task_updated', 'task_completed', 'task_deleted']);
    expect(await board.columns()).toMatchObject({ backlog: ['A', 'new'], done: ['b'] });
    expect(await board.get(created!.task_id!)).toEqual(created!.task);
  });

  it('[T7] does operations on the same task one after the other', async () => {
    await using board = await openBoard();
    const { id } = await board.create();
    const done = await bulk(
      board,
      [
        { op: 'update', task_id: id, title: 'one' },
        { op: 'move', task_id: id, status: 'testing' },
        { op: 'update', task_id: id, description: 'two', if_match: 3 },
        { op: 'update', task_id: id, description: 'two' },
      ],
      atomic,
    );
    expect(done.statuses).toEqual([200, 200, 200, 200]);
    expect(done.types).toEqual(['task_updated', 'task_updated', 'task_updated']);
    expect(await board.get(id)).toMatchObject({ version: 4, title: 'one', description: 'two', status: 'testing' });
  });

  it('[T7] keeps created tasks in their order, and places moves among them', async () => {
    await using board = await openBoard();
    const [x, y] = [await board.create({ title: 'x' }), await board.create({ title: 'y' })];
    const names = Array.from({ length: 40 }, (_, n) => `n${n}`);
    const done = await bulk(
      board,
      [
        ...names.map((title) => ({ op: 'create', title })),
        { op: 'move', task_id: x.id, status: 'backlog' },
        { op: 'move', task_id: y.id, status: 'backlog', after: x.id },
        { op: 'create', title: 'last' },
        { op: 'move', task_id: y.id, status: 'backlog', before: x.id },
      ],
      atomic,
    );
    expect(done.answer.failed).toBe(0);
    expect((await board.columns())['backlog']).toEqual([...names, 'y', 'x', 'last']);
  });

  it('[C6] repeats the answer to a request that comes again', async () => {
    await using board = await openBoard();
    const headers = { 'idempotency-key': 'k1' };
    const first = await bulk(
      board,
      [
        { op: 'create', title: 'x' },
        { op: 'delete', task_id: nobody },
      ],
      atomic,
      headers,
    );
    const second = await bulk(
      board,
      [
        { op: 'create', title: 'x' },
        { op: 'delete', task_id: nobody },
      ],
      atomic,
      headers,
    );
    expect(second.text).toBe(first.text);
    expect(second.types).toEqual([]);
  });

  it('[T7] does what the operations before leave possible, as if they came one by one', async () => {
    await using board = await openBoard();
    await board.rules({ columns: { testing: { wip_limit: 1 } }, enforce_dependencies: true });
    const inside = await board.create({ status: 'testing' });
    const waiting = await board.create({ depends_on: [inside.id] });
    const done = await bulk(
      board,
      [
        { op: 'move', task_id: inside.id, status: 'done' },
        { op: 'move', task_id: waiting.id, status: 'testing' },
        { op: 'update', task_id: inside.id, status: 'backlog' },
        { op: 'update', task_id: waiting.id, depends_on: [] },
        { op: 'delete', task_id: inside.id },
      ],
      atomic,
    );
    expect(done.statuses).toEqual([200, 200, 200, 200, 204]);
    expect((await board.columns())['testing']).toHaveLength(1);
  });
});

describe('not atomic', () => {
  it('[T7] answers each refusal in its result, and does the others', async () => {
    await using board = await openBoard();
    await board.rules({ columns: { testing: { wip_limit: 2 } }, enforce_dependencies: true });
    const a = await board.create();
    const b = await board.create({ depends_on: [a.id] });
    const done = await bulk(board, [
      { op: 'create', title: '1', status: 'testing' },
      { op: 'create', title: '2', status: 'testing' },
      { op: 'create', title: '3', status: 'testing' },
      { op: 'move', task_id: b.id, status: 'done' },
      { op: 'update', task_id: a.id, depends_on: [b.id] },
      { op: 'update', task_id: a.id, depends_on: [nobody] },
      { op: 'update', task_id: a.id, title: 'x', if_match: 4 },
      { op: 'delete', task_id: nobody },
      { op: 'create', title: '' },
      { op: 'move', task_id: a.id },
      { op: 'update', title: 'x' },
      { op: 'update', task_id: 'x', title: 'x' },
      { op: 'delete', task_id: a.id, title: 'x' },
      { op: 'create', task_id: a.id, title: 'x' },
      { op: 'update', task_id: a.id, id: b.id, title: 'x' },
      { op: 'create', title: '4' },
    ]);
    const code = (result: (typeof done.results)[number]) => result.error?.code ?? result.status;
    expect(done.results.map(code)).toEqual([
      201,
      201,
      'wip-limit-reached',
      'blocked-by-dependency',
      'dependency-cycle',
      'validation-failed',
      'version-conflict',
      'task-not-found',
      ...Array.from({ length: 7 }, () => 'validation-failed'),
      201,
    ]);
    for (const { error, status, task } of done.results.filter((result) => result.error !== null)) {
      expect(task).toBeNull();
      expect(error).toMatchObject({ status, type: `urn:leanvibe:problem:${error!.code}` });
      expect(error!.request_id).toBe(done.headers.get('x-request-id'));
    }
    expect(done.results[3]!.error).toMatchObject({ blocked_by: [a.id] });
    expect(done.results[6]!.error).toMatchObject({ current: a });
    expect(done.results[8]!.error!.errors).toMatchObject([{ path: 'title' }]);
    expect(done.types).toEqual(['task_created', 'task_created', 'task_created']);
    expect(await board.get(a.id)).toEqual(a);
  });

  it('[T7] sees what earlier operations of the request took away', async () => {
    await using board = await openBoard();
    const [a, b] = [await board.create({ title: 'a' }), await board.create({ title: 'b' })];
    const done = await bulk(board, [
      { op: 'delete', task_id: a.id },
      { op: 'update', task_id: b.id, depends_on: [a.id] },
      { op: 'move', task_id: b.id, status: 'backlog', after: a.id },
      { op: 'update', task_id: a.id, title: 'x' },
      { op: 'delete', task_id: a.id },
    ]);
    expect(done.statuses).toEqual([204, 400, 400, 404, 404]);
  });

  it('[T7] does not wait for what an earlier operation deleted', async () => {
    await using board = await openBoard();
    await board.rules({ enforce_dependencies: true });
    const a = await board.create();
    const b = await board.create({ depends_on: [a.id] });
    const done = await bulk(board, [
      { op: 'move', task_id: b.id, status: 'testing' },
      { op: 'delete', task_id: a.id },
      { op: 'move', task_id: b.id, status: 'testing' },
    ]);
    expect(done.statuses).toEqual([409, 204, 200]);
  });

  it('[T7] leaves a task where it is that an earlier operation has brought to its place', async () => {
    await using board = await openBoard();
    const [a, b, c] = [await board.create(), await board.create(), await board.create()];
    const done = await bulk(board, [
      { op: 'move', task_id: b.id, status: 'done' },
      { op: 'move', task_id: c.id, status: 'backlog', after: a.id },
    ]);
    expect(done.statuses).toEqual([200, 200]);
    expect(done.types).toEqual(['task_updated', 'task_completed']);
    expect(done.results[1]!.task).toEqual(c);
  });

  it('[T7] lets a dependency be named that the same request deletes later', async () => {
    await using board = await openBoard();
    const [a, b] = [await board.create(), await board.create()];
    const done = await bulk(board, [
      { op: 'update', task_id: b.id, depends_on: [a.id] },
      { op: 'delete', task_id: a.id },
    ]);
    expect(done.statuses).toEqual([200, 204]);
  });

  it('[T7] refuses circles that only the operations together close', async () => {
    await using board = await openBoard();
    const [a, b, c] = [await board.create(), await board.create(), await board.create()];
    const done = await bulk(board, [
      { op: 'update', task_id: a.id, depends_on: [b.id] },
      { op: 'update', task_id: b.id, depends_on: [c.id] },
      { op: 'update', task_id: c.id, depends_on: [a.id] },
      { op: 'update', task_id: a.id, depends_on: [] },
      { op: 'update', task_id: c.id, depends_on: [a.id] },
    ]);
    expect(done.statuses).toEqual([200, 200, 409, 200, 200]);
  });

  it('[C4] loses no update to others who change the same tasks meanwhile', async () => {
    await using board = await openBoard();
    const tasks = await Promise.all(Array.from({ length: 10 }, () => board.create()));
    const operations = tasks.map(({ id }) => ({ op: 'update', task_id: id, description: 'bulk' }));
    const replies = await Promise.all([
      ...Array.from({ length: 5 }, (_, n) =>
        board.call('POST', '/bulk', { operations: operations.map((op) => ({ ...op, description: `${n}` })) }),
      ),
      ...tasks.map(({ id }) => board.call('PATCH', `/${id}`, { assigned_to: 'ada' })),
    ]);
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200]));
    for (const { id } of tasks) expect(await board.get(id)).toMatchObject({ version: 7, assigned_to: 'ada' });
  });
});

describe('atomic', () => {
  it('[T7] does nothing when one operation fails, and says which', async () => {
    await using board = await openBoard();
    const task = await board.create();
    await board.rules({ columns: { done: { wip_limit: 1 } } });
    const failed = await bulk(
      board,
      [
        { op: 'create', title: 'x' },
        { op: 'move', task_id: task.id, status: 'done' },
        { op: 'create', title: 'y', status: 'done' },
        { op: 'delete', task_id: task.id },
      ],
      true,
    );
    expect(failed.statuses).toEqual([424, 424, 409, 424]);
    expect(failed.results[2]!.error).toMatchObject({ code: 'wip-limit-reached' });
    expect(failed.results[1]).toMatchObject({ task_id: task.id, task: null, error: { code: 'failed-dependency' } });
    expect(failed.types).toEqual([]);
    expect(await board.get(task.id)).toEqual(task);
    expect((await board.call('GET')).body).toHaveLength(1);
  });

  it('[T7] does nothing when one operation is malformed', async () => {
    await using board = await openBoard();
    const failed = await bulk(board, [{ op: 'create', title: 'x' }, { op: 'create' }], true);
    expect(failed.statuses).toEqual([424, 400]);
    expect(failed.types).toEqual([]);
  });

  it('[C6] keeps the answer to a failed one for its key', async () => {
    await using board = await openBoard();
    const headers = { 'idempotency-key': 'k' };
    const operations = [
      { op: 'create', title: 'x' },
      { op: 'delete', task_id: nobody },
    ];
    const first = await bulk(board, operations, true, headers);
    expect((await bulk(board, operations, true, headers)).text).toBe(first.text);
    const other = await board.watch(() =>
      board.call('POST', '/bulk', { operations: [{ op: 'create', title: 'y' }], atomic: true }, headers),
    );
    expectRefusal(other, 409, 'idempotency-conflict');
  });
});

describe('the request', () => {
  it.each([
    [
      'an unknown op',
      {
        operations: [
          { op: 'create', title: 'x' },
          { op: 'copy', task_id: nobody },
        ],
      },
    ],
    ['no op', { operations: [{ title: 'x' }] }],
    ['no operations', { operations: [] }],
    ['1001 operations', { operations: Array.from({ length: 1001 }, () => ({ op: 'create', title: 'x' })) }],
    ['an unknown member', { operations: [{ op: 'create', title: 'x' }], when: 'now' }],
    ['atomic that is no boolean', { operations: [{ op: 'create', title: 'x' }], atomic: 'yes' }],
  ])('[T7] is refused whole for %s', async (_what, body) => {
    await using board = await openBoard();
    expectRefusal(await board.watch(() => board.call('POST', '/bulk', body)), 400, 'validation-failed');
  });

  it.each([false, true])('[T7] may have 1,000 operations (atomic %s)', async (atomic) => {
    await using board = await openBoard();
    const titles = Array.from({ length: 1000 }, (_, n) => `${n}`);
    const done = await bulk(
      board,
      titles.map((title) => ({ op: 'create', title })),
      atomic,
    );
    expect(done.answer).toMatchObject({ succeeded: 1000, failed: 0 });
    expect(done.events).toHaveLength(1000);
    expect((await board.columns())['backlog']).toEqual(titles);
    const moves = done.results.map(({ task_id }) => ({ op: 'move', task_id, status: 'done' }));
    const moved = await bulk(board, moves, atomic);
    expect(moved.answer).toMatchObject({ succeeded: 1000 });
    const { done: column } = await board.columns();
    expect(column).toEqual(titles);
    expect((await board.call('GET', '/stats')).body).toMatchObject({ by_status: { backlog: 0, done: 1000 } });
    expect((done.results[0]!.task as Task).version).toBe(1);
  });
});
