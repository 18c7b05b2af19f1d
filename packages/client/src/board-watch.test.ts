import type { Board } from '@leanvibe/protocol/board';
import { describe, expect, it, vi } from 'vitest';
import { watchBoard } from './board-watch.ts';
import { FakeHub } from './fake-hub-fixture.ts';
import { createLeanVibeClient } from './leanvibe-client.ts';

const emptyBoard = (cursor: string): Board => ({ columns: [], total_tasks: 0, cursor });

describe('watchBoard', () => {
  it('[W4] reads the board anew when the stream cannot go on, and passes over what is in it', async () => {
    await using hub = await FakeHub.start();
    hub.publish(3);
    const boards = ['epoch001.3', 'epoch002.2'];
    hub.httpJson = () => emptyBoard(boards.shift()!);
    const client = createLeanVibeClient({ baseUrl: hub.url, clientId: 'fake', random: () => 0 });
    const watched = watchBoard(client);
    expect((await watched.next()).value).toEqual(emptyBoard('epoch001.3'));
    const next = watched.next();
    await vi.waitFor(() => expect(hub.connections).toHaveLength(1));
    expect(Object.fromEntries(hub.last.query)).toMatchObject({ channels: 'tasks', min_priority: 'debug' });
    hub.restore('epoch002');
    hub.publish(1);
    hub.last.socket.terminate();
    expect((await next).value).toEqual(emptyBoard('epoch002.2'));
    hub.publish(2);
    expect((await watched.next()).value).toEqual(emptyBoard('epoch002.3'));
    await watched.return();
    await vi.waitFor(() => expect(hub.last.closed).toBe(1000));
  });
});
