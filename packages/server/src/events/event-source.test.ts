import { describe, expect, it } from 'vitest';
import { eventServer, until } from './event-server-fixture.ts';

const idsAndTypes = (events: readonly { id: string; type: string }[]) => events.map(({ id, type }) => `${type}@${id}`);

describe('Server-Sent Events', () => {
  it('[E4] carry cursor, type and event', async () => {
    await using server = await eventServer();
    const stream = await server.stream('/events/alpha');
    await server.publish('alpha', { n: 1 });
    const [event] = await stream.events(1);
    expect(event).toMatchObject({ id: server.streaming.cursorAt('alpha', 1), type: 'agent_progress' });
    expect(event!.data).toMatchObject({ seq: 1, cursor: event!.id, type: 'agent_progress', data: { n: 1 } });
  });

  it('[E4] are sent with the headers of every answer and those that keep proxies from buffering', async () => {
    await using server = await eventServer();
    const { headers } = await server.stream('/events/alpha');
    expect(headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(headers.get('cache-control')).toBe('no-cache, no-transform');
    expect(headers.get('x-accel-buffering')).toBe('no');
    expect(headers.get('x-request-id')).toBeTruthy();
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('[E4] resume from ?cursor= and go live', async () => {
    await using server = await eventServer();
    await server.publish('alpha', { n: 1 }, { n: 2 });
    const cursor = (seq: number) => server.streaming.cursorAt('alpha', seq);
    const stream = await server.stream(`/events/alpha?cursor=${cursor(1)}`);
    await stream.events(1);
    await server.publish('alpha', { n: 3 });
    expect(idsAndTypes(await stream.events(2))).toEqual([`agent_progress@${cursor(2)}`, `agent_progress@${cursor(3)}`]);
  });

  it('[E4] resume from Last-Event-ID, which is newer than the address', async () => {
    await using server = await eventServer();
    await server.publish('alpha', { n: 1 }, { n: 2 }, { n: 3 });
    const cursor = (seq: number) => server.streaming.cursorAt('alpha', seq);
    const stream = await server.stream(`/events/alpha?cursor=${cursor(1)}`, { 'last-event-id': cursor(2) });
    expect(idsAndTypes(await stream.events(1))).toEqual([`agent_progress@${cursor(3)}`]);
  });

  it('[E5] answer 410 and 400 to cursors that cannot be resumed from', async () => {
    await using server = await eventServer();
    await server.publish('alpha', { n: 1 }, { n: 2 });
    await server.truncate(1);
    const answer = async (cursor: string) => {
      const response = await fetch(`${server.url}/events/alpha?cursor=${cursor}`);
      return [response.status, ((await response.json()) as { code: string }).code];
    };
    expect(await answer(server.streaming.cursorAt('alpha', 0))).toEqual([410, 'cursor-expired']);
    expect(await answer(server.streaming.cursorAt('alpha', 3))).toEqual([400, 'cursor-invalid']);
    expect(await answer('nonsense')).toEqual([400, 'cursor-invalid']);
  });

  it('[E4] are filtered like those of a socket', async () => {
    await using server = await eventServer();
    const stream = await server.stream('/events/alpha?channels=agent&min_priority=high');
    await server.publishAs('agent_started', 'alpha', {});
    await server.publishAs('agent_error', 'alpha', {});
    expect((await stream.events(1)).map(({ type }) => type)).toEqual(['agent_error']);
  });

  it('[E4] are kept open by a comment every 15 seconds', async () => {
    await using server = await eventServer();
    const stream = await server.stream('/events/alpha');
    await stream.until((text) => text === ': \n\n');
    server.clock.nowMs += 15_000;
    server.connections.sweep();
    await stream.until((text) => text === ': \n\n: \n\n');
    // No pong is expected of a stream.
    for (let n = 3; n < 10; n += 1) {
      server.clock.nowMs += 15_000;
      server.connections.sweep();
      await stream.until((text) => text === ': \n\n'.repeat(n));
    }
    expect(server.connections.list()).toHaveLength(1);
  });

  it('[E2] include events that are not kept, without a cursor', async () => {
    await using server = await eventServer();
    const stream = await server.stream('/events/alpha');
    server.publishLive('alpha', { tasks: 1 });
    await stream.until((text) => text.includes('metrics_updated'));
    expect(stream.text).toContain('\n\nevent: metrics_updated\ndata: {');
  });

  it('[W6] end for the server when the reader goes away', async () => {
    await using server = await eventServer();
    const stream = await server.stream('/events/alpha');
    expect(server.connections.list()).toHaveLength(1);
    await stream.cancel();
    await until(() => server.connections.list().length === 0);
  });
});
