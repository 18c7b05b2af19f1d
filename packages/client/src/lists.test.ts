import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RunningServer } from './running-server-fixture.ts';

describe('lists on the whole server', () => {
  let server: RunningServer;
  beforeAll(async () => {
    server = await RunningServer.start();
  });
  afterAll(() => server[Symbol.asyncDispose]());

  it('[C7] walk through every page of tasks, each once', async () => {
    const { tasks } = server.client('pages');
    const operations = Array.from({ length: 25 }, (_, index) => ({ op: 'create', title: `task ${index}` }) as const);
    await tasks.bulk({ operations });
    const { total, next, tasks: first } = await tasks.list({ limit: 10 });
    expect({ total, count: first.length, more: next !== null }).toEqual({ total: 25, count: 10, more: true });
    const titles = await Array.fromAsync(tasks.all({ limit: 10 }), ({ title }) => title);
    expect(titles).toEqual(operations.map(({ title }) => title));
    const after = await Array.fromAsync(tasks.all({ limit: 10, cursor: next! }), ({ title }) => title);
    expect(after).toEqual(titles.slice(10));
  });

  it('[C7] walk through every token', async () => {
    const { tokens } = server.client('tokens');
    for (const name of ['a', 'b', 'c']) await tokens.create({ name, admin: true });
    const { total, next } = await tokens.list({ limit: 2 });
    expect({ total, more: next !== null }).toEqual({ total: 3, more: true });
    expect(await Array.fromAsync(tokens.all({ limit: 2 }), ({ name }) => name)).toEqual(['c', 'b', 'a']);
  });

  it('[E4] walk through the whole event log, from the beginning or from a cursor', async () => {
    const { tasks, events } = server.client('log');
    for (const title of ['a', 'b', 'c', 'd', 'e']) await tasks.create({ title });
    const page = await events.log({ limit: 2 });
    expect(page).toMatchObject({ total: 5, next: page.cursor, cursor: page.events[1]!.cursor });
    expect(await Array.fromAsync(events.all({ limit: 2 }), ({ seq }) => seq)).toEqual([1, 2, 3, 4, 5]);
    expect(await Array.fromAsync(events.all({ limit: 2, cursor: page.cursor }), ({ seq }) => seq)).toEqual([3, 4, 5]);
    const end = (await tasks.board()).cursor;
    expect(await events.log({ cursor: end })).toMatchObject({ events: [], cursor: end, next: null });
  });

  it('[E4] walk backwards through the event log', async () => {
    const { tasks, events } = server.client('backwards');
    for (const title of ['a', 'b', 'c', 'd', 'e']) await tasks.create({ title });
    const { cursor } = await tasks.board();
    const last = await events.before(cursor, 2);
    expect(last.map(({ seq }) => seq)).toEqual([4, 5]);
    const { events: all } = await events.log();
    expect((await events.before(all[2]!.cursor, 2)).map(({ seq }) => seq)).toEqual([2, 3]);
    expect((await events.before(all[0]!.cursor, 2)).map(({ seq }) => seq)).toEqual([1]);
    expect(await events.before((await server.client('nothing-here').tasks.board()).cursor, 2)).toEqual([]);
  });

  it('[E4] find the place in the log that a time belongs to', async () => {
    const { tasks, events } = server.client('times');
    for (const title of ['a', 'b', 'c', 'd', 'e', 'f', 'g']) await tasks.create({ title });
    const { cursor } = await tasks.board();
    const { events: all } = await events.log();
    for (const { timestamp } of all) {
      const last = all.findLast((event) => event.timestamp <= timestamp)!;
      expect(await events.cursorAtTime(cursor, Date.parse(timestamp))).toBe(last.cursor);
    }
    expect(await events.cursorAtTime(cursor, Date.now() + 60_000)).toBe(cursor);
    expect(await events.before(await events.cursorAtTime(cursor, 0), 10)).toEqual([]);
  });

  it('[E4] wait for an event when there is none', async () => {
    const { tasks, events } = server.client('waiting');
    await tasks.create({ title: 'before' });
    const { cursor } = await tasks.board();
    const page = events.log({ cursor, wait_seconds: 30 });
    await tasks.create({ title: 'after' });
    expect((await page).events).toMatchObject([{ type: 'task_created', data: { task: { title: 'after' } } }]);
  });

  it('[T13] export as JSON that can be imported, and as CSV', async () => {
    const { tasks } = server.client('export');
    await tasks.create({ title: 'A task, with a comma' });
    const file = await tasks.export();
    expect(file).toMatchObject({ format: 'leanvibe-tasks', tasks: [{ title: 'A task, with a comma' }] });
    expect(await tasks.exportCsv()).toContain('"A task, with a comma"');
    await expect(tasks.import(file)).rejects.toMatchObject({ code: 'task-exists', status: 409 });
    expect(await tasks.import(file, { on_conflict: 'skip' })).toEqual({ imported: 0, skipped: 1 });
  });

  it('[C5] refuse a change of another version, and show the present one', async () => {
    const { tasks } = server.client('versions');
    const { id, version } = await tasks.create({ title: 'first' });
    const second = await tasks.update(id, { title: 'second' }, { ifMatch: version });
    await expect(tasks.update(id, { title: 'third' }, { ifMatch: version })).rejects.toMatchObject({
      code: 'version-conflict',
      status: 412,
      problem: { current: second },
    });
  });
});
