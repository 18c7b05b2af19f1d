import { expect, it } from 'vitest';
import { pino } from 'pino';
import type { Clock } from '../src/clock.ts';
import type { ServerConfig } from '../src/config.ts';
import { createApp } from '../src/create-app.ts';
import { EventFollower } from './fault/event-follower.ts';
import { HubCaller } from './fault/hub-caller.ts';
import type { LoggedEvent, ReceivedEvent } from './fault/logged-event.ts';
import { foldLog } from './fault/log-fold.ts';
import { testConfig } from './test-config.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** A clock that somebody sets. */
class SetClock implements Clock {
  #now = Date.parse('2026-11-01T12:00:00.000Z');

  now(): number {
    return this.#now;
  }

  jump(milliseconds: number): void {
    this.#now += milliseconds;
  }
}

/** A server under a set clock. It can be started again on the same folder, which sweeps what is past keeping. */
async function serve(config: ServerConfig, clock: Clock) {
  const app = await createApp(config, { clock, log: pino({ level: 'silent' }) });
  const port = Number(new URL(app.url).port);
  const caller = new HubCaller(port);
  const post = async (title: string, headers: Record<string, string> = {}) =>
    (await caller.call('POST', '/tasks/alpha', { body: { title }, headers }))!;
  const log = () => caller.read<ReceivedEvent[]>('/events/alpha/log?limit=1000');
  const stop = async (): Promise<void> => {
    caller[Symbol.dispose]();
    await app.stop('server-restart');
  };
  return { app, port, caller, post, log, stop, [Symbol.asyncDispose]: stop };
}

const titlesOf = (events: readonly LoggedEvent[]): unknown[] => events.map(({ data }) => data.task?.['title']);

it('[E1] events stand and arrive in the order in which they happened, however the clock jumps', async () => {
  using config = testConfig();
  const clock = new SetClock();
  await using server = await serve(config, clock);
  const follower = new EventFollower('alpha');
  await follower.connect(server.port);
  for (const [title, jump] of [
    ['first', 0],
    ['an hour on', hourMs],
    ['two hours back', -2 * hourMs],
    ['days back', -3 * dayMs],
  ] as const) {
    clock.jump(jump);
    expect((await server.post(title)).status).toBe(201);
  }
  const events = await server.log();
  expect(titlesOf(events)).toEqual(['first', 'an hour on', 'two hours back', 'days back']);
  await follower.has(4);
  foldLog(follower.received);
  expect(follower.received).toEqual(events);
  // A client that was away in between goes on where it was.
  const missed = await server.caller.read<ReceivedEvent[]>(`/events/alpha/log?cursor=${events[1]!.cursor}`);
  expect(titlesOf(missed)).toEqual(['two hours back', 'days back']);
});

it('[T4] a task that is changed after the clock went back has the next version, and can still be changed', async () => {
  using config = testConfig();
  const clock = new SetClock();
  await using server = await serve(config, clock);
  const { id } = JSON.parse((await server.post('a task')).text) as { id: string };
  for (const [version, jump] of [
    [2, -hourMs],
    [3, hourMs],
    [4, -dayMs],
  ] as const) {
    clock.jump(jump);
    const answer = await server.caller.call('PATCH', `/tasks/alpha/${id}`, {
      body: { title: `version ${version}` },
      headers: { 'if-match': `"${version - 1}"` },
    });
    expect(JSON.parse(answer!.text)).toMatchObject({ version, title: `version ${version}` });
  }
  const removed = await server.caller.call('DELETE', `/tasks/alpha/${id}`);
  expect(removed?.status).toBe(204);
  clock.jump(-hourMs);
  expect((await server.caller.call('POST', `/tasks/alpha/${id}/restore`))?.status).toBe(200);
});

it('[C6] an idempotency key is kept through jumps of an hour, and forgotten after its day', async () => {
  using config = testConfig();
  const clock = new SetClock();
  const key = { 'idempotency-key': 'once' };
  let first = '';
  {
    await using server = await serve(config, clock);
    first = (await server.post('only once', key)).text;
    for (const jump of [hourMs, -2 * hourMs]) {
      clock.jump(jump);
      expect((await server.post('only once', key)).text).toBe(first);
    }
  }
  clock.jump(2 * hourMs);
  {
    await using server = await serve(config, clock);
    expect((await server.post('only once', key)).text).toBe(first);
    expect(await server.log()).toHaveLength(1);
  }
  clock.jump(dayMs);
  await using server = await serve(config, clock);
  await expect.poll(async () => (await server.post('only once', key)).text).not.toBe(first);
  expect(await server.log()).toHaveLength(2);
});

it('[E5] retention keeps what is young, tears no gap where the clock went back, and says so when it took what a cursor needs', async () => {
  using folder = testConfig();
  const config = { ...folder, retentionDays: 1 };
  const clock = new SetClock();
  let cursors: string[] = [];
  {
    await using server = await serve(config, clock);
    // The second is older than the first by its timestamp.
    for (const [title, jump] of [
      ['first', 0],
      ['before it', -20 * hourMs],
      ['third', 20 * hourMs],
    ] as const) {
      clock.jump(jump);
      await server.post(title);
    }
    cursors = (await server.log()).map(({ cursor }) => cursor);
  }
  clock.jump(5 * hourMs);
  {
    // The second is past its day now, but the first is not: only the front of a log is ever taken.
    await using server = await serve(config, clock);
    await server.app.store.purge(purgeLimits(clock, config));
    expect((await server.log()).map(({ seq }) => seq)).toEqual([1, 2, 3]);
  }
  clock.jump(-6 * hourMs);
  {
    await using server = await serve(config, clock);
    await server.app.store.purge(purgeLimits(clock, config));
    expect((await server.log()).map(({ seq }) => seq)).toEqual([1, 2, 3]);
  }
  clock.jump(2 * dayMs);
  await using server = await serve(config, clock);
  await server.post('much later');
  await expect.poll(async () => (await server.log()).map(({ seq }) => seq)).toEqual([4]);
  const gone = await server.caller.call('GET', `/events/alpha/log?cursor=${cursors[0]}`);
  expect(gone?.status).toBe(410);
  expect(JSON.parse(gone!.text)).toMatchObject({ code: 'cursor-expired' });
  // Whoever had seen everything goes on.
  const next = await server.caller.read<ReceivedEvent[]>(`/events/alpha/log?cursor=${cursors[2]}`);
  expect(titlesOf(next)).toEqual(['much later']);
});

function purgeLimits(clock: Clock, { retentionDays, retentionEvents }: ServerConfig) {
  const before = (ageMs: number): string => new Date(clock.now() - ageMs).toISOString();
  return {
    eventsBefore: before(retentionDays * dayMs),
    maxEvents: retentionEvents,
    deletedBefore: before(30 * dayMs),
    receiptsBefore: before(dayMs),
  };
}
