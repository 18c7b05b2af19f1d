import { Board, TaskStats } from '@leanvibe/protocol/board';
import type { Task } from '@leanvibe/protocol/task';
import { describe, expect, it } from 'vitest';
import { expectRefusal, nobody, openBoard } from './board-fixture.ts';

describe('moving', () => {
  async function filled() {
    const board = await openBoard();
    const tasks: Record<string, Task> = {};
    for (const title of ['a', 'b', 'c', 'd']) tasks[title] = await board.create({ title });
    const move = (title: string, body: object) =>
      board.watch(() => board.call('POST', `/${tasks[title]!.id}/move`, body));
    const idOf = (title: string): string => tasks[title]!.id;
    return { board, tasks, move, idOf };
  }

  it.each([
    ['to the end of its own column', 'a', {}, 'bcda'],
    ['before the first', 'd', { before: 'a' }, 'dabc'],
    ['before one in the middle', 'a', { before: 'd' }, 'bcad'],
    ['after the last', 'a', { after: 'd' }, 'bcda'],
    ['after one in the middle', 'd', { after: 'a' }, 'adbc'],
  ])('[T6] moves %s', async (_where, title, places, order) => {
    const { board, tasks, move } = await filled();
    await using _open = board;
    const neighbours = Object.entries(places).map(([side, name]) => [side, tasks[name]!.id]);
    const moved = await move(title, { status: 'backlog', ...Object.fromEntries(neighbours) });
    expect(moved).toMatchObject({ status: 200, types: ['task_updated'], body: { version: 2, status: 'backlog' } });
    expect(Object.keys((moved.events[0]!.data as { changes: object }).changes)).toEqual(['position']);
    expect(moved.headers.get('etag')).toBe('"2"');
    expect((await board.columns())['backlog']!.join('')).toBe(order);
  });

  it('[T6] moves to another column, beside a neighbour or to its end, by either name of the column', async () => {
    const { board, move, idOf } = await filled();
    await using _open = board;
    await move('a', { status: 'testing' });
    await move('b', { target_status: 'testing', before: idOf('a') });
    const moved = await move('c', { status: 'testing', after: idOf('b') });
    expect(await board.columns()).toEqual({ backlog: ['d'], in_progress: [], testing: ['b', 'c', 'a'], done: [] });
    const { changes } = moved.events[0]!.data as { changes: object };
    expect(Object.keys(changes).sort()).toEqual(['position', 'started_at', 'status']);
    expect(changes).toMatchObject({ status: { from: 'backlog', to: 'testing' } });
    await move('d', { status: 'todo' });
    expect((await board.columns())['backlog']).toEqual(['d']);
  });

  it('[T6] tells of a move into done, and of leaving it', async () => {
    const { board, move } = await filled();
    await using _open = board;
    const done = await move('a', { status: 'done' });
    expect(done.types).toEqual(['task_updated', 'task_completed']);
    expect(done.events[1]!.data).toEqual({ task: done.body });
    const back = await move('a', { status: 'backlog' });
    expect(back).toMatchObject({ types: ['task_updated'], body: { completed_at: null, started_at: null, version: 3 } });
  });

  it('[T6] does nothing to a task that is where it is to go', async () => {
    const { board, move, idOf, tasks } = await filled();
    await using _open = board;
    expect(await move('d', { status: 'backlog' })).toMatchObject({ status: 200, body: tasks['d'], types: [] });
    expect(await move('b', { status: 'backlog', after: idOf('a') })).toMatchObject({ body: tasks['b'], types: [] });
    expect(await move('b', { status: 'backlog', before: idOf('c') })).toMatchObject({ body: tasks['b'], types: [] });
  });

  it('[T6] refuses a neighbour that is unknown, deleted, itself or in another column', async () => {
    const { board, move, idOf } = await filled();
    await using _open = board;
    await move('b', { status: 'done' });
    await board.call('DELETE', `/${idOf('c')}`);
    for (const id of [nobody, idOf('a'), idOf('b'), idOf('c')]) {
      for (const side of ['before', 'after']) {
        const problem = expectRefusal(await move('a', { status: 'backlog', [side]: id }), 400, 'validation-failed');
        expect(problem['errors']).toMatchObject([{ path: side }]);
      }
    }
  });

  it('[T6] refuses a place that is not one', async () => {
    const { board, move, idOf } = await filled();
    await using _open = board;
    const both = { status: 'backlog', before: idOf('b'), after: idOf('c') };
    for (const body of [
      {},
      { status: 'x' },
      { status: 'done', target_status: 'done' },
      both,
      { status: 'done', to: 1 },
    ]) {
      expectRefusal(await move('a', body), 400, 'validation-failed');
    }
    expectRefusal(
      await board.watch(() => board.call('POST', `/${nobody}/move`, { status: 'done' })),
      404,
      'task-not-found',
    );
  });

  it('[T6] keeps the order when many move into the same place at once', async () => {
    await using board = await openBoard();
    const anchor = await board.create({ title: 'anchor', status: 'done' });
    const tasks = await Promise.all(Array.from({ length: 30 }, (_, n) => board.create({ title: `${n}` })));
    const replies = await Promise.all(
      tasks.map((task) => board.call('POST', `/${task.id}/move`, { status: 'done', before: anchor.id })),
    );
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200]));
    const { done } = await board.columns();
    expect(done).toHaveLength(31);
    expect(done!.at(-1)).toBe('anchor');
  });
});

describe('the board', () => {
  it('[T8] has its four columns with titles, limits, counts and tasks, in order', async () => {
    await using board = await openBoard();
    await board.rules({ columns: { in_progress: { wip_limit: 3 } } });
    const a = await board.create({ title: 'a' });
    const b = await board.create({ title: 'b', status: 'in_progress' });
    const reply = await board.call('GET', '/board');
    const { cursor, ...rest } = Board.parse(reply.body);
    const column = (id: string, title: string, tasks: Task[], wip_limit: number | null = null) => ({
      id,
      title,
      status: id,
      wip_limit,
      task_count: tasks.length,
      tasks,
    });
    expect(rest).toEqual({
      columns: [
        column('backlog', 'Backlog', [a]),
        column('in_progress', 'In Progress', [b], 3),
        column('testing', 'Testing', []),
        column('done', 'Done', []),
      ],
      total_tasks: 2,
    });
    expect(cursor).toMatch(/\.2$/);
  });

  it('[T8] is empty, and has a cursor, before the first write', async () => {
    await using board = await openBoard();
    expect(Board.parse((await board.call('GET', '/board')).body)).toMatchObject({ total_tasks: 0 });
  });

  it('[T8] names a later place in the log after events that leave it as it is', async () => {
    await using board = await openBoard();
    await board.create();
    const cursorOf = async () => ((await board.call('GET', '/board')).body as Board).cursor;
    const before = await cursorOf();
    const event = {
      id: nobody,
      type: 'agent_started',
      channel: 'agent',
      priority: 'medium',
      timestamp: 'x',
      taskId: null,
      body: '"data":{}',
    } as const;
    await board.store.commit({ clientId: 'alpha', events: [event] });
    expect(await cursorOf()).not.toBe(before);
  });
});

describe('figures', () => {
  it('[T10] are zeros and nulls on an empty board', async () => {
    await using board = await openBoard();
    expect(TaskStats.parse((await board.call('GET', '/stats')).body)).toEqual({
      total_tasks: 0,
      by_status: { backlog: 0, in_progress: 0, testing: 0, done: 0 },
      by_priority: { low: 0, medium: 0, high: 0, critical: 0 },
      completion_rate: 0,
      avg_completion_time_hours: null,
      last_updated: null,
    });
  });

  it('[T10] count what is on the board', async () => {
    await using board = await openBoard();
    await board.create({ priority: 'low' });
    await board.create({ priority: 'urgent', status: 'testing' });
    const gone = await board.create({ status: 'done' });
    await board.call('DELETE', `/${gone.id}`);
    const done = await board.create({ status: 'done' });
    const last = await board.create({});
    const stats = TaskStats.parse((await board.call('GET', '/stats')).body);
    expect(stats).toMatchObject({
      total_tasks: 4,
      by_status: { backlog: 2, in_progress: 0, testing: 1, done: 1 },
      by_priority: { low: 1, medium: 2, high: 0, critical: 1 },
      completion_rate: 0.25,
      avg_completion_time_hours: 0,
    });
    expect(stats.last_updated).toBe(
      [done, last]
        .map((task) => task.updated_at)
        .sort()
        .at(-1),
    );
  });
});
