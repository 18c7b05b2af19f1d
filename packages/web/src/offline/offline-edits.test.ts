import type { LeanVibeClient } from '@leanvibe/client/leanvibe-client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RunningServer } from '../../../client/src/running-server-fixture.ts';
import { memoryStore } from './memory-store.ts';
import type { OfflineStore } from './offline-store.ts';
import { OfflineWindow } from './offline-window-fixture.ts';

let server: RunningServer;
let others: LeanVibeClient;
let store: OfflineStore;

beforeEach(async () => {
  server = await RunningServer.start();
  others = server.client('home', { actor: 'human:other' });
  store = memoryStore();
});

afterEach(async () => {
  vi.unstubAllGlobals();
  await server[Symbol.asyncDispose]();
});

/** Opens a window, does something while the server is away and something else as soon as it is back, before the window knows. */
async function edited(work: (window: OfflineWindow) => Promise<unknown>, meanwhile = async () => {}) {
  const window = new OfflineWindow(server.url, store);
  await window.isLive();
  await server.restart(async () => {
    await window.isOffline();
    await work(window);
  });
  await meanwhile();
  return window;
}

describe('what is done without a connection', () => {
  it('[Offline] is shown at once, kept, and sent in order when the server is back', async () => {
    await others.tasks.create({ title: 'First' });
    using window = await edited(async (here) => {
      const { runner, hub } = here;
      const createdAt = new Date().toISOString();
      expect(await runner.run({ kind: 'update', before: here.task('First'), changes: { priority: 'high' } })).toBe(
        true,
      );
      await runner.run({ kind: 'update', before: here.task('First'), changes: { title: 'Renamed' } });
      await runner.run({ kind: 'move', before: here.task('Renamed'), to: { status: 'testing' } });
      await runner.run({ kind: 'create', id: 'draft-1', body: { title: 'Second' }, createdAt });
      expect(here.task('Renamed')).toMatchObject({ priority: 'high', status: 'testing' });
      expect(here.task('Second')).toBeDefined();
      expect(hub.outbox.get()).toHaveLength(4);
      expect(here.said.at(-1)).toMatch(/^Kept here/);
    });
    await window.isQuiet();
    const { tasks } = await others.tasks.list();
    expect(tasks.map(({ title, priority, status }) => [title, priority, status]).toSorted()).toEqual([
      ['Renamed', 'high', 'testing'],
      ['Second', 'medium', 'backlog'],
    ]);
    expect(window.board).toEqual(await others.tasks.board());
    const { events } = await others.events.log();
    expect(events.map(({ type }) => type)).toEqual([
      'task_created',
      'task_updated',
      'task_updated',
      'task_updated',
      'task_created',
    ]);
  });

  it('[Offline] stands beside what others have changed in the same task', async () => {
    const { id } = await others.tasks.create({ title: 'Shared' });
    using window = await edited(
      (here) => here.runner.run({ kind: 'update', before: here.task('Shared'), changes: { title: 'Mine' } }),
      async () => void (await others.tasks.update(id, { priority: 'critical', assigned_to: 'ada' })),
    );
    await window.isQuiet();
    expect(await others.tasks.get(id)).toMatchObject({ title: 'Mine', priority: 'critical', assigned_to: 'ada' });
    expect(window.hub.conflict.get()).toBeNull();
  });

  it('[Offline] that met another change of the same member waits for a choice, and what came after it waits too', async () => {
    const { id } = await others.tasks.create({ title: 'Shared' });
    using window = await edited(
      async (here) => {
        await here.runner.run({ kind: 'update', before: here.task('Shared'), changes: { title: 'Mine' } });
        await here.runner.run({ kind: 'create', id: 'draft-1', body: { title: 'After' }, createdAt: '' });
      },
      async () => void (await others.tasks.update(id, { title: 'Theirs' })),
    );
    const { hub, runner } = window;
    await hub.conflict.until((conflict) => conflict !== null);
    const conflict = hub.conflict.get()!;
    expect(conflict.fields).toEqual([{ field: 'title', before: 'Shared', mine: 'Mine', theirs: 'Theirs' }]);
    expect((await others.tasks.list()).total).toBe(1);
    // Closing the window now loses nothing.
    expect(await store.commands('home')).toHaveLength(2);
    await runner.run({ kind: 'update', before: conflict.current, changes: conflict.changes });
    hub.conflict.set(null);
    await window.isQuiet();
    const { tasks } = await others.tasks.list();
    expect(tasks.map(({ title }) => title).toSorted()).toEqual(['After', 'Mine']);
  });

  it('[Offline] to a task that others have deleted is refused with the reason', async () => {
    const { id } = await others.tasks.create({ title: 'Gone' });
    using window = await edited(
      (here) => here.runner.run({ kind: 'update', before: here.task('Gone'), changes: { title: 'Mine' } }),
      () => others.tasks.delete(id),
    );
    await window.isQuiet();
    expect(window.said.at(-1)).toMatch(/^What you did offline was not possible\..*Somebody else has deleted it\.$/);
    expect(window.board.total_tasks).toBe(0);
  });

  it('[Offline] does not delete what others have made something else of', async () => {
    const { id } = await others.tasks.create({ title: 'Kept' });
    using window = await edited(
      (here) => here.runner.run({ kind: 'delete', before: here.task('Kept') }),
      async () => void (await others.tasks.update(id, { title: 'Needed' })),
    );
    await window.isQuiet();
    expect(window.said.at(-1)).toContain('Somebody else has changed it meanwhile');
    expect(window.task('Needed')).toBeDefined();
  });

  it('[Offline] can be taken back before it is sent', async () => {
    await others.tasks.create({ title: 'First' });
    using window = await edited(async (here) => {
      await here.runner.run({ kind: 'delete', before: here.task('First') });
      expect(here.board.total_tasks).toBe(0);
      expect(await here.hub.outbox.discard(here.hub.outbox.get()[0]!)).toBe(true);
      expect(here.board.total_tasks).toBe(1);
    });
    await window.isLive();
    expect(await others.tasks.list()).toMatchObject({ total: 1 });
    expect(await store.commands('home')).toEqual([]);
  });

  it('[Offline] is shown and sent by the next window, when its own was closed', async () => {
    const closed = await edited(async (here) => {
      await here.runner.run({ kind: 'create', id: 'draft-1', body: { title: 'Left behind' }, createdAt: '' });
      here[Symbol.dispose]();
    });
    expect(closed.hub.outbox.get()).toHaveLength(1);
    expect(await others.tasks.list()).toMatchObject({ total: 0 });
    using window = new OfflineWindow(server.url, store);
    await window.isLive();
    await window.isQuiet();
    expect((await others.tasks.list()).tasks).toMatchObject([{ title: 'Left behind' }]);
  });

  it('[Offline] is done once, when the server has done it but its answer was lost', async () => {
    using window = new OfflineWindow(server.url, store);
    await window.isLive();
    let lost = 0;
    const { fetch } = globalThis;
    vi.stubGlobal('fetch', async (address: string, init: RequestInit) => {
      const answer = await fetch(address, init);
      if (init.method !== 'POST' || lost === 4) return answer;
      lost += 1;
      throw new TypeError('the connection was lost');
    });
    await window.runner.run({ kind: 'create', id: 'draft-1', body: { title: 'Once' }, createdAt: '' });
    await window.isQuiet();
    expect(lost).toBe(4);
    expect((await others.tasks.list()).tasks).toMatchObject([{ title: 'Once' }]);
  });
});
