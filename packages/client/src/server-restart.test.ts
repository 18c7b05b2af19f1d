import { describe, expect, it, vi } from 'vitest';
import { watchBoard } from './board-watch.ts';
import type { EventStream } from './event-stream.ts';
import { RunningServer } from './running-server-fixture.ts';

const until = (condition: () => boolean): Promise<void> =>
  vi.waitFor(() => expect(condition()).toBe(true), { interval: 5, timeout: 10_000 });

async function titles(stream: EventStream, count: number): Promise<string[]> {
  const seen: string[] = [];
  while (seen.length < count) {
    const { value } = await stream.next();
    if (value?.type === 'task_created') seen.push(value.data.task.title);
  }
  return seen;
}

describe('across a restart of the server', () => {
  it('[W2] a stream goes on by itself and yields each event once', async () => {
    await using server = await RunningServer.start();
    const { tasks, events } = server.client('alpha', { random: () => 0 });
    const states: (string | null)[] = [];
    await using stream = events.stream({
      cursor: (await tasks.board()).cursor,
      onStatus: ({ state, reason }) => states.push(reason ?? state),
    });
    await tasks.create({ title: 'one' });
    await tasks.create({ title: 'two' });
    expect(await titles(stream, 1)).toEqual(['one']);
    await server.restart(async () => {
      await until(() => states.includes('server-restart'));
      expect(stream.status.state).not.toBe('live');
    });
    await tasks.create({ title: 'three' });
    expect(await titles(stream, 2)).toEqual(['two', 'three']);
  });

  it('[C6] a call that met the server down is repeated and done once', async () => {
    await using server = await RunningServer.start();
    const { tasks } = server.client('alpha', { random: () => 0.1, retryPolicy: { retries: 50 } });
    const created = { promise: Promise.resolve() as Promise<unknown> };
    await server.restart(async () => {
      created.promise = tasks.create({ title: 'meanwhile' });
      await expect(Promise.race([created.promise, Promise.resolve('still waiting')])).resolves.toBe('still waiting');
    });
    await created.promise;
    expect((await tasks.list()).tasks.map(({ title }) => title)).toEqual(['meanwhile']);
  });

  it('[T8] a watched board equals the one that the server has', async () => {
    await using server = await RunningServer.start();
    const { tasks } = server.client('alpha');
    const watcher = server.client('alpha', { random: () => 0 });
    const stop = new AbortController();
    const boards = watchBoard(watcher, { signal: stop.signal });
    let latest = (await boards.next()).value!;
    const watching = (async () => {
      for await (const board of boards) latest = board;
    })();
    const first = await tasks.create({ title: 'first' });
    const second = await tasks.create({ title: 'second', status: 'in_progress' });
    await tasks.move(first.id, { status: 'in_progress', before: second.id });
    await server.restart();
    await tasks.update(second.id, { status: 'done' });
    const third = await tasks.create({ title: 'third' });
    await tasks.delete(third.id);
    await tasks.create({ title: 'fourth', priority: 'critical' });
    await tasks.restore(third.id);
    const board = await tasks.board();
    await until(() => latest.cursor === board.cursor);
    expect(latest).toEqual(board);
    stop.abort();
    await watching;
  });

  it('[S2] revoking the token ends a stream with an error', async () => {
    await using server = await RunningServer.start({ auth: 'token' });
    const admin = server.client('alpha', { token: server.firstToken });
    const { id, token } = await admin.tokens.create({ name: 'phone', client_ids: ['alpha'] });
    await using stream = server.client('alpha', { token }).events.stream();
    const next = stream.next();
    await until(() => stream.status.state === 'live');
    await admin.tokens.revoke(id);
    await expect(next).rejects.toMatchObject({ code: 'unauthorized', status: 401 });
  });

  it('[S2] a stream of another workspace, or without a token, ends with an error', async () => {
    await using server = await RunningServer.start({ auth: 'token' });
    const admin = server.client('alpha', { token: server.firstToken });
    const { token } = await admin.tokens.create({ name: 'phone', client_ids: ['alpha'] });
    await expect(server.client('beta', { token }).events.stream().next()).rejects.toMatchObject({ code: 'forbidden' });
    await expect(server.client('alpha').events.stream().next()).rejects.toMatchObject({ code: 'unauthorized' });
  });

  it('[C2] a stream of a workspace that can have no name ends with what is wrong with it', async () => {
    await using server = await RunningServer.start();
    await expect(server.client('no blanks').events.stream().next()).rejects.toMatchObject({
      code: 'validation-failed',
      status: 400,
    });
  });
});
