import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, it, vi } from 'vitest';
import type { Board } from '@leanvibe/protocol/board';
import type { LeanVibeEvent } from '@leanvibe/protocol/event';
import { taskStatuses, type Task } from '@leanvibe/protocol/task';
import { createApp } from '../src/create-app.ts';
import { testConfig } from './test-config.ts';

/** A socket that keeps every event it is sent. */
async function listen(url: string, clientId: string) {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/ws/${clientId}`);
  const events: LeanVibeEvent[] = [];
  const greeted = Promise.withResolvers<void>();
  socket.onmessage = ({ data }) => {
    const frame = JSON.parse(String(data)) as LeanVibeEvent | { type: 'hello' };
    if (frame.type === 'hello') greeted.resolve();
    else events.push(frame);
  };
  await greeted.promise;
  return { events, [Symbol.dispose]: () => socket.close() };
}

/** Calls the API and gives the task of a successful answer; null: refused, as may happen when others write too. */
async function call(url: string, method: string, body?: unknown): Promise<Task | null> {
  const response = await fetch(url, {
    method,
    ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (response.ok) return text === '' ? null : (JSON.parse(text) as Task);
  // The task, or the neighbour it was to stand before, may have gone elsewhere meanwhile.
  if (!text.includes('names no task of the column')) expect([404, 409], text).toContain(response.status);
  return null;
}

async function wholeLog(url: string, clientId: string): Promise<LeanVibeEvent[]> {
  const events: LeanVibeEvent[] = [];
  for (let cursor = ''; ;) {
    const page = (await (await fetch(`${url}/events/${clientId}/log?limit=1000${cursor}`)).json()) as LeanVibeEvent[];
    if (page.length === 0) return events;
    events.push(...page);
    cursor = `&cursor=${page.at(-1)!.cursor}`;
  }
}

const taskOf = (event: LeanVibeEvent): Task => event.data['task'] as Task;

/** The board that a log tells of, and the proof that no update was lost on the way: versions go up by one. */
function fold(events: readonly LeanVibeEvent[]): Map<string, Task> {
  const board = new Map<string, Task>();
  const versions = new Map<string, number>();
  for (const event of events) {
    const task = taskOf(event);
    if (event.type === 'task_completed') {
      expect(task).toEqual(board.get(task.id));
      continue;
    }
    const before = versions.get(task.id) ?? 0;
    expect(task.version, `${event.type} at ${event.seq}`).toBe(before + 1);
    versions.set(task.id, task.version);
    if (event.type === 'task_deleted') board.delete(task.id);
    else board.set(task.id, task);
  }
  return board;
}

const byId = (tasks: Iterable<Task>): Task[] => [...tasks].toSorted((one, other) => (one.id < other.id ? -1 : 1));

it('[T1] [T4] [E2] a task goes from creation to completion, and every socket hears each step', async () => {
  using config = testConfig();
  await using app = await createApp(config);
  using phone = await listen(app.url, 'team');
  using laptop = await listen(app.url, 'team');
  using stranger = await listen(app.url, 'other');
  const task = (await call(`${app.url}/tasks/team`, 'POST', { title: 'Write the parser' }))!;
  await call(`${app.url}/tasks/team/${task.id}`, 'PATCH', { assigned_to: 'claude', status: 'in_progress' });
  await call(`${app.url}/tasks/team/${task.id}/move`, 'POST', { status: 'testing' });
  const done = (await call(`${app.url}/tasks/team/${task.id}/move`, 'POST', { status: 'done' }))!;
  for (const { events } of [phone, laptop]) {
    await vi.waitFor(() => expect(events).toHaveLength(5));
    expect(events.map((event) => [event.seq, event.type])).toEqual([
      [1, 'task_created'],
      [2, 'task_updated'],
      [3, 'task_updated'],
      [4, 'task_updated'],
      [5, 'task_completed'],
    ]);
    expect(events[1]!.data['changes']).toMatchObject({
      assigned_to: { from: null, to: 'claude' },
      status: { from: 'backlog', to: 'in_progress' },
    });
    expect(taskOf(events[4]!)).toEqual(done);
  }
  expect(done).toMatchObject({ version: 4, status: 'done' });
  expect(done.started_at).not.toBeNull();
  expect(done.completed_at).not.toBeNull();
  expect(stranger.events).toEqual([]);
});

const writers = 200;
const steps = 6;

/** One of many who write at once: makes a task, then changes it or a task of others. Notes what was acknowledged. */
async function write(url: string, n: number, ids: string[], acknowledged: Task[]): Promise<void> {
  const note = (task: Task | null): void => {
    if (task) acknowledged.push(task);
  };
  const created = (await call(`${url}/tasks/team`, 'POST', { title: `Task ${n}`, status: taskStatuses[n % 4] }))!;
  ids.push(created.id);
  note(created);
  for (let step = 1; step < steps; step += 1) {
    const id = step % 2 === 0 ? created.id : ids[(n * 7 + step * 13) % ids.length]!;
    const address = `${url}/tasks/team/${id}`;
    const kind = (n + step) % 5;
    if (kind === 0) note(await call(address, 'PATCH', { title: `Task ${n}.${step}`, actual_hours: step }));
    else if (kind === 1) note(await call(`${address}/move`, 'POST', { status: taskStatuses[(n + step) % 4] }));
    else if (kind === 2 && id !== created.id)
      note(await call(`${address}/move`, 'POST', { status: taskStatuses[n % 4], before: created.id }));
    else if (kind === 3 && step === 3) await call(address, 'DELETE');
    else note(await call(address, 'PUT', { tags: [`tag-${n % 7}`], priority: 'high' }));
  }
}

/** Reads the mirror over and over until told to stop; every read must be a whole, valid file. */
async function watchMirror(path: string, signal: AbortSignal): Promise<number> {
  let reads = 0;
  while (!signal.aborted) {
    const mirror = JSON.parse(readFileSync(path, 'utf8')) as Record<string, Task>;
    for (const [id, task] of Object.entries(mirror)) expect(task.id).toBe(id);
    reads += 1;
    await nextTurn();
  }
  return reads;
}

it(
  '[C4] [W2] [E1] 200 writers at once: nothing lost, doubled or reordered, on the board, in the log, on any socket, in the mirror',
  { timeout: 60_000 },
  async () => {
    using config = testConfig();
    const mirrorFile = join(config.dataDir, 'mirror', 'tasks.json');
    mkdirSync(join(config.dataDir, 'mirror'));
    await using app = await createApp({ ...config, mirrorFile });
    await vi.waitFor(() => readFileSync(mirrorFile), { timeout: 10_000 });
    const sockets = await Promise.all(Array.from({ length: 8 }, () => listen(app.url, 'team')));
    using stranger = await listen(app.url, 'other');
    const watching = new AbortController();
    const mirrorReads = watchMirror(mirrorFile, watching.signal);
    using _stop = { [Symbol.dispose]: () => watching.abort() };
    const ids: string[] = [];
    const acknowledged: Task[] = [];
    await Promise.all(Array.from({ length: writers }, (_, n) => write(app.url, n, ids, acknowledged)));

    const log = await wholeLog(app.url, 'team');
    expect(log.map((event) => event.seq)).toEqual(log.map((_, index) => index + 1));
    const board = (await (await fetch(`${app.url}/tasks/team/board`)).json()) as Board;
    const tasks = board.columns.flatMap((column) => column.tasks);
    expect(byId(tasks)).toEqual(byId(fold(log).values()));
    expect(board.cursor).toBe(log.at(-1)!.cursor);
    for (const column of board.columns) {
      expect(column.tasks.map((task) => task.position)).toEqual(column.tasks.map((task) => task.position).toSorted());
      expect(new Set(column.tasks.map((task) => task.position)).size).toBe(column.task_count);
    }
    const told = new Map(log.map((event) => [`${taskOf(event).id}/${taskOf(event).version}`, taskOf(event)]));
    expect(acknowledged.length).toBeGreaterThan(writers * 3);
    for (const task of acknowledged) expect(told.get(`${task.id}/${task.version}`)).toEqual(task);

    for (const socket of sockets) {
      await vi.waitFor(() => expect(socket.events.length).toBeGreaterThanOrEqual(log.length), { timeout: 10_000 });
      expect(socket.events).toEqual(log);
      socket[Symbol.dispose]();
    }
    expect(stranger.events).toEqual([]);
    await vi.waitFor(
      () =>
        expect(byId(Object.values(JSON.parse(readFileSync(mirrorFile, 'utf8')) as Record<string, Task>))).toEqual(
          byId(tasks),
        ),
      { timeout: 10_000 },
    );
    watching.abort();
    expect(await mirrorReads).toBeGreaterThan(10);
  },
);
