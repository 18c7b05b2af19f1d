import { describe, expect, it } from 'vitest';
import { LeanVibeEvent } from '@leanvibe/protocol/event';
import { eventServer, until } from './event-server-fixture.ts';

const page = async (url: string) => {
  const response = await fetch(url);
  const events = LeanVibeEvent.array().parse(await response.json());
  return {
    seqs: events.map(({ seq }) => seq),
    cursor: response.headers.get('x-cursor'),
    total: response.headers.get('x-total-count'),
    next: /<(.*)>; rel="next"/.exec(response.headers.get('link') ?? '')?.[1],
  };
};

const numbers = (count: number) => Array.from({ length: count }, (_, n) => ({ n }));

describe('pages of the log', () => {
  it('[E4] begin with the oldest event kept and are linked to the end', async () => {
    await using server = await eventServer();
    await server.publish('alpha', ...numbers(1300));
    await server.truncate(1200);
    const first = await page(`${server.url}/events/alpha/log?limit=500`);
    expect(first).toMatchObject({ total: '1200', cursor: server.streaming.cursorAt('alpha', 600) });
    const second = await page(`${server.url}${first.next}`);
    const third = await page(`${server.url}${second.next}`);
    expect(third.next).toBeUndefined();
    const seqs = [...first.seqs, ...second.seqs, ...third.seqs];
    expect(seqs).toEqual(numbers(1200).map(({ n }) => n + 101));
  });

  it('[E4] are empty at the end, and of a workspace that does not exist', async () => {
    await using server = await eventServer();
    const empty = await page(`${server.url}/events/alpha/log`);
    expect(empty).toEqual({ seqs: [], cursor: server.streaming.cursorAt('alpha', 0), total: '0', next: undefined });
    await server.publish('alpha', { n: 1 });
    const cursor = server.streaming.cursorAt('alpha', 1);
    expect(await page(`${server.url}/events/alpha/log?cursor=${cursor}`)).toMatchObject({ seqs: [], cursor });
    expect(await page(`${server.url}/events/alpha/log?cursor=${empty.cursor}`)).toMatchObject({ seqs: [1] });
  });

  it('[E5] are refused for cursors that cannot be resumed from', async () => {
    await using server = await eventServer();
    await server.publish('alpha', ...numbers(5));
    await server.truncate(2);
    const status = async (cursor: string) => (await fetch(`${server.url}/events/alpha/log?cursor=${cursor}`)).status;
    expect(await status(server.streaming.cursorAt('alpha', 2))).toBe(410);
    expect(await status(server.streaming.cursorAt('alpha', 6))).toBe(400);
    expect(await status(server.streaming.cursorAt('beta', 1))).toBe(400);
  });
});

describe('a long poll', () => {
  it('[E4] is answered as soon as there is an event', async () => {
    await using server = await eventServer();
    await server.publish('alpha', { n: 1 });
    const cursor = server.streaming.cursorAt('alpha', 1);
    const waiting = page(`${server.url}/events/alpha/log?cursor=${cursor}&wait_seconds=60`);
    await until(() => server.streaming.figures().waiting === 1);
    await server.publish('beta', { n: 1 });
    await server.publish('alpha', { n: 2 });
    expect(await waiting).toMatchObject({ seqs: [2], cursor: server.streaming.cursorAt('alpha', 2) });
  });

  it('[E4] does not wait when there is something', async () => {
    await using server = await eventServer();
    await server.publish('alpha', { n: 1 });
    expect(await page(`${server.url}/events/alpha/log?wait_seconds=60`)).toMatchObject({ seqs: [1] });
  });

  it('[E4] is not ended by a stream that is opened meanwhile', async () => {
    await using server = await eventServer();
    await server.publish('alpha', { n: 1 });
    const cursor = server.streaming.cursorAt('alpha', 1);
    const waiting = page(`${server.url}/events/alpha/log?cursor=${cursor}&wait_seconds=60`);
    await until(() => server.streaming.figures().waiting === 1);
    const socket = await server.connect('/ws/alpha');
    await server.publish('alpha', { n: 2 });
    await socket.through(2);
    expect(await waiting).toMatchObject({ seqs: [2] });
  });

  it('[E4] is answered empty, with its cursor, when the time is over', async () => {
    await using server = await eventServer();
    const answer = await page(`${server.url}/events/alpha/log?wait_seconds=1`);
    expect(answer).toMatchObject({ seqs: [], cursor: server.streaming.cursorAt('alpha', 0) });
  });

  it('[E4] is given up when the client goes away', async () => {
    await using server = await eventServer();
    const abort = new AbortController();
    const answer = fetch(`${server.url}/events/alpha/log?wait_seconds=60`, { signal: abort.signal });
    await until(() => server.streaming.figures().waiting === 1);
    abort.abort();
    await expect(answer).rejects.toThrow();
    await until(() => server.streaming.figures().workspaces === 0);
  });

  it.each(['61', '-1', 'x'])('[C3] refuses wait_seconds=%s', async (seconds) => {
    await using server = await eventServer();
    expect((await fetch(`${server.url}/events/alpha/log?wait_seconds=${seconds}`)).status).toBe(400);
  });
});
