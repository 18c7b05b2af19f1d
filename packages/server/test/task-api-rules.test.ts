import { BoardRules } from '@leanvibe/protocol/board';
import { describe, expect, it } from 'vitest';
import { expectRefusal, openBoard } from './board-fixture.ts';

describe('the rules', () => {
  it('[T9] are the defaults until they are changed', async () => {
    await using board = await openBoard();
    const reply = await board.call('GET', '/board/rules');
    const free = { wip_limit: null, allowed_transitions: null };
    expect(BoardRules.parse(reply.body)).toEqual({
      client_id: 'alpha',
      version: 1,
      updated_at: null,
      columns: { backlog: free, in_progress: free, testing: free, done: free },
      require_approval_for_done: false,
      enforce_dependencies: false,
    });
    expect(reply.headers.get('etag')).toBe('"1"');
  });

  it('[T9] change member by member, deep inside too, and cause no event', async () => {
    await using board = await openBoard();
    const put = (body: object) => board.watch(() => board.call('PUT', '/board/rules', body));
    const first = await put({ columns: { testing: { wip_limit: 3 } }, enforce_dependencies: true });
    expect(first).toMatchObject({ status: 200, types: [], body: { version: 2, enforce_dependencies: true } });
    expect(first.headers.get('etag')).toBe('"2"');
    const second = await put({ columns: { testing: { allowed_transitions: ['done'] }, done: { wip_limit: 9 } } });
    expect(BoardRules.parse(second.body)).toMatchObject({
      version: 3,
      enforce_dependencies: true,
      require_approval_for_done: false,
      columns: {
        testing: { wip_limit: 3, allowed_transitions: ['done'] },
        done: { wip_limit: 9, allowed_transitions: null },
      },
    });
    const cleared = await put({ columns: { testing: { wip_limit: null } } });
    expect(cleared.body).toMatchObject({ columns: { testing: { wip_limit: null, allowed_transitions: ['done'] } } });
    expect((await board.call('GET', '/board/rules')).body).toEqual(cleared.body);
  });

  it('[T9] stay as they are when nothing is different', async () => {
    await using board = await openBoard();
    await board.rules({ columns: { done: { wip_limit: 5 } } });
    const before = await board.call('GET', '/board/rules');
    for (const body of [
      {},
      { columns: {} },
      { columns: { done: { wip_limit: 5 } } },
      { enforce_dependencies: false },
    ]) {
      expect(await board.call('PUT', '/board/rules', body)).toMatchObject({ status: 200, body: before.body });
    }
  });

  it('[C5] are changed only in the version that If-Match names', async () => {
    await using board = await openBoard();
    const put = (ifMatch: string) =>
      board.call('PUT', '/board/rules', { require_approval_for_done: true }, { 'if-match': ifMatch });
    const refused = expectRefusal(await put('"2"'), 412, 'version-conflict');
    expect(refused['current']).toMatchObject({ version: 1 });
    expect((await put('"1"')).status).toBe(200);
    expectRefusal(await put('"1"'), 412, 'version-conflict');
  });

  it('[T9] lose nothing of changes that are made at the same time', async () => {
    await using board = await openBoard();
    const columns = ['backlog', 'in_progress', 'testing', 'done'];
    await Promise.all(columns.map((name, n) => board.rules({ columns: { [name]: { wip_limit: n + 1 } } })));
    const rules = (await board.call('GET', '/board/rules')).body as BoardRules;
    expect(rules.version).toBe(5);
    expect(Object.values(rules.columns).map((column) => column.wip_limit)).toEqual([1, 2, 3, 4]);
  });

  it.each([
    [{ columns: { later: {} } }],
    [{ columns: { done: { wip_limit: 0 } } }],
    [{ columns: { done: { wip_limit: 1.5 } } }],
    [{ columns: { done: { allowed_transitions: ['nowhere'] } } }],
    [{ columns: { done: { allowed_transitions: ['done', 'done'] } } }],
    [{ version: 3 }],
    [{ enforce_dependencies: 'yes' }],
  ])('[T9] refuse %j', async (body) => {
    await using board = await openBoard();
    expectRefusal(await board.call('PUT', '/board/rules', body), 400, 'validation-failed');
  });
});

describe('a limit of tasks in a column', () => {
  it('[T6] refuses whoever would enter a full column, by whatever way', async () => {
    await using board = await openBoard();
    await board.rules({ columns: { testing: { wip_limit: 1 } } });
    const deleted = await board.create({ title: 'deleted', status: 'testing' });
    await board.call('DELETE', `/${deleted.id}`);
    const inside = await board.create({ title: 'inside', status: 'testing' });
    const outside = await board.create({ title: 'outside' });
    const entries = [
      () => board.call('POST', '', { title: 'x', status: 'testing' }),
      () => board.call('PATCH', `/${outside.id}`, { status: 'testing' }),
      () => board.call('POST', `/${outside.id}/move`, { status: 'testing' }),
      () => board.call('POST', `/${deleted.id}/restore`),
    ];
    for (const enter of entries) {
      const problem = expectRefusal(await board.watch(enter), 409, 'wip-limit-reached');
      expect(problem).toMatchObject({ column: 'testing', wip_limit: 1 });
    }
    // Within the column, and out of it, everything stays possible.
    expect((await board.call('PATCH', `/${inside.id}`, { title: 'y', status: 'testing' })).status).toBe(200);
    expect((await board.call('POST', `/${inside.id}/move`, { status: 'done' })).status).toBe(200);
    expect((await board.call('POST', `/${outside.id}/move`, { status: 'testing' })).status).toBe(200);
  });

  it('[T6] holds whoever enters at the same time', async () => {
    await using board = await openBoard();
    await board.rules({ columns: { in_progress: { wip_limit: 5 } } });
    const tasks = await Promise.all(Array.from({ length: 20 }, () => board.create()));
    const replies = await Promise.all([
      ...tasks.map((task) => board.call('POST', `/${task.id}/move`, { status: 'in_progress' })),
      ...Array.from({ length: 20 }, () => board.call('POST', '', { title: 'x', status: 'in_progress' })),
    ]);
    expect(replies.filter(({ status }) => status < 300)).toHaveLength(5);
    expect(replies.filter(({ status }) => status === 409)).toHaveLength(35);
    expect((await board.columns())['in_progress']).toHaveLength(5);
  });

  it('[T6] lets a column that is over a new limit be emptied, not filled', async () => {
    await using board = await openBoard();
    const tasks = await Promise.all(Array.from({ length: 3 }, () => board.create({ status: 'testing' })));
    await board.rules({ columns: { testing: { wip_limit: 2 } } });
    expectRefusal(await board.call('POST', '', { title: 'x', status: 'testing' }), 409, 'wip-limit-reached');
    await board.call('POST', `/${tasks[0]!.id}/move`, { status: 'done' });
    expectRefusal(await board.call('POST', '', { title: 'x', status: 'testing' }), 409, 'wip-limit-reached');
    await board.call('DELETE', `/${tasks[1]!.id}`);
    expect((await board.call('POST', '', { title: 'x', status: 'testing' })).status).toBe(201);
  });
});

describe('allowed transitions', () => {
  it('[T6] refuse every other way out of a column, but no beginning', async () => {
    await using board = await openBoard();
    await board.rules({
      columns: { backlog: { allowed_transitions: ['in_progress'] }, done: { allowed_transitions: [] } },
    });
    const task = await board.create();
    const { id } = task;
    for (const status of ['testing', 'done']) {
      expectRefusal(await board.watch(() => board.call('PATCH', `/${id}`, { status })), 409, 'transition-not-allowed');
      expectRefusal(
        await board.watch(() => board.call('POST', `/${id}/move`, { status })),
        409,
        'transition-not-allowed',
      );
    }
    expect(await board.get(id)).toEqual(task);
    expect((await board.call('POST', `/${id}/move`, { status: 'backlog' })).status).toBe(200);
    for (const status of ['in_progress', 'testing', 'done']) {
      expect((await board.call('POST', `/${id}/move`, { status })).status).toBe(200);
    }
    expectRefusal(await board.call('POST', `/${id}/move`, { status: 'backlog' }), 409, 'transition-not-allowed');
    expect((await board.call('POST', '', { title: 'x', status: 'done' })).status).toBe(201);
  });
});

describe('enforced dependencies', () => {
  it('[T6] keep a task in the backlog until all it depends on is done', async () => {
    await using board = await openBoard();
    await board.rules({ enforce_dependencies: true });
    const a = await board.create({ title: 'a' });
    const b = await board.create({ title: 'b' });
    const c = await board.create({ title: 'c', depends_on: [a.id, b.id] });
    for (const status of ['in_progress', 'testing', 'done']) {
      const problem = expectRefusal(
        await board.watch(() => board.call('POST', `/${c.id}/move`, { status })),
        409,
        'blocked-by-dependency',
      );
      expect(problem['blocked_by']).toEqual([a.id, b.id]);
      expectRefusal(await board.watch(() => board.call('PATCH', `/${c.id}`, { status })), 409, 'blocked-by-dependency');
    }
    const begun = { title: 'x', status: 'in_progress', depends_on: [a.id] };
    expectRefusal(await board.watch(() => board.call('POST', '', begun)), 409, 'blocked-by-dependency');

    await board.call('POST', `/${a.id}/move`, { status: 'done' });
    const problem = expectRefusal(
      await board.call('POST', `/${c.id}/move`, { status: 'done' }),
      409,
      'blocked-by-dependency',
    );
    expect(problem['blocked_by']).toEqual([b.id]);
    await board.call('DELETE', `/${b.id}`);
    expect((await board.call('POST', `/${c.id}/move`, { status: 'in_progress' })).status).toBe(200);
    expect((await board.call('POST', `/${c.id}/move`, { status: 'backlog' })).status).toBe(200);
  });

  it('[T6] count with the dependencies that come with the same change', async () => {
    await using board = await openBoard();
    await board.rules({ enforce_dependencies: true });
    const a = await board.create();
    const b = await board.create({ depends_on: [a.id] });
    const c = await board.create();
    const change = (id: string, body: object) => board.call('PATCH', `/${id}`, body);
    expectRefusal(await change(c.id, { depends_on: [a.id], status: 'done' }), 409, 'blocked-by-dependency');
    expect((await change(b.id, { depends_on: [], status: 'done' })).status).toBe(200);
  });

  it('[T6] do not matter on a board that does not ask for it', async () => {
    await using board = await openBoard();
    const a = await board.create();
    const b = await board.create({ depends_on: [a.id] });
    expect((await board.call('POST', `/${b.id}/move`, { status: 'done' })).status).toBe(200);
  });
});
