import { describe, expect, it } from 'vitest';
import { eventSchema } from '@leanvibe/protocol/event';
import type { EventType } from '@leanvibe/protocol/event-catalogue';
import type { Task } from '@leanvibe/protocol/task';
import { TestSocket } from '../src/events/test-socket-fixture.ts';
import { TestStream } from '../src/events/test-stream-fixture.ts';
import { openBoard, type OpenBoard } from './board-fixture.ts';

/** Opens sockets of the workspaces named, with their queries. */
async function openSockets({ origin }: OpenBoard, ...paths: string[]) {
  const sockets = paths.map((path) => new TestSocket(`${origin.replace('http', 'ws')}/ws/${path}`));
  await Promise.all(sockets.map((socket) => socket.frame('hello')));
  return Object.assign(sockets, { [Symbol.dispose]: () => sockets.forEach((socket) => socket.terminate()) });
}

describe('a change to a task', () => {
  it('[E2] is broadcast to every socket of the workspace and to no other, in the order of the log', async () => {
    await using board = await openBoard('alpha');
    using sockets = await openSockets(board, 'alpha', 'alpha', 'beta');
    const created = await board.create({ title: 'Write the tests', priority: 'high' });
    const updated = (await board.call('PUT', `/${created.id}`, { title: 'Write all the tests' })).body as Task;
    const done = (await board.call('POST', `/${created.id}/move`, { status: 'done' })).body as Task;
    await board.call('DELETE', `/${created.id}`);
    const restored = (await board.call('POST', `/${created.id}/restore`)).body as Task;
    await sockets[0]!.through(6);
    await sockets[1]!.through(6);

    const expected = [
      { type: 'task_created', data: { task: created } },
      {
        type: 'task_updated',
        data: {
          task: updated,
          changes: { title: { from: 'Write the tests', to: 'Write all the tests' } },
        },
      },
      { type: 'task_updated', data: { task: done, changes: { status: { from: 'backlog', to: 'done' } } } },
      { type: 'task_completed', data: { task: done } },
      { type: 'task_deleted', data: { task_id: created.id } },
      { type: 'task_restored', data: { task: restored } },
    ];
    expect(sockets[0]!.events).toMatchObject(expected);
    expect(sockets[1]!.events).toEqual(sockets[0]!.events);
    expect(sockets[0]!.events).toEqual(await board.log());
    expect(sockets[2]!.frames).toHaveLength(1);
    for (const event of sockets[0]!.events) eventSchema(event.type as EventType).parse(event);
  });

  it('[E1] names who made it, and its place in the log', async () => {
    await using board = await openBoard('alpha');
    using sockets = await openSockets(board, 'alpha');
    await board.call('POST', '', { title: 'x' }, { 'x-leanvibe-actor': 'agent:claude' });
    await sockets[0]!.through(1);
    const { cursor } = await sockets[0]!.frame('hello');
    expect(sockets[0]!.events[0]).toMatchObject({
      seq: 1,
      cursor: cursor.replace(/0$/, '1'),
      client_id: 'alpha',
      channel: 'tasks',
      priority: 'medium',
      actor: { kind: 'agent', id: 'claude' },
    });
  });

  it('[E2] that is refused, or changes nothing, is broadcast to nobody', async () => {
    await using board = await openBoard('alpha');
    using sockets = await openSockets(board, 'alpha');
    const task = await board.create();
    await board.call('PUT', `/${task.id}`, { title: task.title });
    await board.call('PUT', `/${task.id}`, { title: '' });
    await board.call('POST', '', {});
    await board.call('PUT', `/${task.id}`, { title: 'other' }, { 'if-match': '"7"' });
    await board.create({ title: 'the next' });
    await sockets[0]!.through(2);
    expect(sockets[0]!.events.map(({ type }) => type)).toEqual(['task_created', 'task_created']);
  });

  it('[T8] the cursor of a board is where its stream goes on, without a gap', async () => {
    await using board = await openBoard('alpha');
    await board.create({ title: 'before' });
    const { cursor } = (await board.call('GET', '/board')).body as { cursor: string };
    const after = await board.create({ title: 'after' });
    using sockets = await openSockets(board, `alpha?cursor=${cursor}`);
    await sockets[0]!.frame('synced');
    expect(sockets[0]!.events).toMatchObject([{ type: 'task_created', data: { task: { id: after.id } } }]);
  });

  it('[E4] reaches sockets, streams and waiting reads with the same bytes', async () => {
    await using board = await openBoard('alpha');
    using sockets = await openSockets(board, 'alpha');
    const { cursor } = await sockets[0]!.frame('hello');
    const stream = new TestStream(await fetch(`${board.origin}/events/alpha?cursor=${cursor}`));
    const waiting = fetch(`${board.origin}/events/alpha/log?cursor=${cursor}&wait_seconds=30`);
    await board.create({ title: 'Grüße 💚' });
    const [event] = await sockets[0]!.through(1);
    expect((await stream.events(1))[0]!.data).toEqual(event);
    expect(await (await waiting).json()).toEqual([event]);
    await stream.cancel();
  });

  it('[C9] is counted for each socket that it reaches', async () => {
    await using board = await openBoard('alpha');
    using sockets = await openSockets(board, 'alpha', 'alpha');
    await board.create();
    await Promise.all(sockets.map((socket) => socket.through(1)));
    const metrics = await (await fetch(`${board.origin}/metrics`)).text();
    expect(metrics).toContain('leanvibe_events_delivered_total 2\n');
    expect(metrics).toContain('leanvibe_connections 2\n');
  });

  it('[W8] is waited for in vain when the server stops: sockets are sent away with 1001', async () => {
    const board = await openBoard('alpha');
    using sockets = await openSockets(board, 'alpha');
    await board[Symbol.asyncDispose]();
    expect(await sockets[0]!.end()).toEqual({ code: 1001, reason: 'shutting-down' });
  });
});
