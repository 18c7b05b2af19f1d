import type { Task } from '@leanvibe/protocol/task';
import { describe, expect, it } from 'vitest';
import { expectRefusal, openBoard, type OpenBoard, type Reply } from './board-fixture.ts';

const titles = (reply: Reply): string[] => (reply.body as Task[]).map(({ title }) => title);

/** The address after `/tasks/{client_id}` of the next page; null on the last one. */
const nextOf = (reply: Reply, board: OpenBoard): string | null => {
  const link = /^<\/tasks\/([^?/]+)(.*)>; rel="next"$/.exec(reply.headers.get('link') ?? '');
  if (link === null) return null;
  expect(link[1]).toBe(board.clientId);
  return link[2]!;
};

/** All pages from this address on. */
async function allPages(board: OpenBoard, address: string): Promise<string[][]> {
  const pages: string[][] = [];
  for (let next: string | null = address; next !== null;) {
    const reply = await board.call('GET', next);
    expect(reply.status, reply.text).toBe(200);
    pages.push(titles(reply));
    next = nextOf(reply, board);
  }
  return pages;
}

describe('filters', () => {
  async function filled() {
    const board = await openBoard();
    const a = await board.create({
      title: 'a',
      priority: 'low',
      assigned_to: 'ada',
      tags: ['x'],
      due_at: '2027-01-01T00:00:00Z',
    });
    const b = await board.create({
      title: 'b',
      priority: 'high',
      assigned_to: 'bob',
      tags: ['x', 'y'],
      status: 'testing',
    });
    const c = await board.create({
      title: 'c',
      priority: 'critical',
      tags: ['y', 'Z & more'],
      status: 'done',
      due_at: '2027-02-01T00:00:00Z',
    });
    await board.call('POST', `/${a.id}/approval`, { requested_by: 'agent' });
    await board.call('POST', `/${b.id}/approval`, { requested_by: 'agent' });
    await board.call('POST', `/${b.id}/approve`);
    return { board, a, b, c };
  }

  it.each([
    ['', ['a', 'b', 'c']],
    ['?status=testing', ['b']],
    ['?status=todo&status=done', ['a', 'c']],
    ['?priority=urgent&priority=low', ['a', 'c']],
    ['?assigned_to=ada&assigned_to=bob', ['a', 'b']],
    ['?tag=x', ['a', 'b']],
    ['?tag=Z%20%26%20more', ['c']],
    ['?tag=x&tag=y&status=done', ['c']],
    ['?approval=pending', ['a']],
    ['?approval=approved', ['b']],
    ['?approval=none', ['c']],
    ['?approval=none&approval=pending', ['a', 'c']],
    ['?due_before=2027-01-15T00:00:00Z', ['a']],
    ['?created_after=2020-01-01T00:00:00Z', ['a', 'b', 'c']],
    ['?created_before=2020-01-01T00:00:00Z', []],
    ['?tag=nowhere', []],
  ])('[T2] finds with %s', async (query, found) => {
    const { board } = await filled();
    await using _open = board;
    const reply = await board.call('GET', query);
    expect(titles(reply)).toEqual(found);
    expect(reply.headers.get('x-total-count')).toBe(String(found.length));
    expect(reply.headers.get('link')).toBeNull();
  });

  it.each([
    ['?status=later'],
    ['?nope=1'],
    ['?limit=0'],
    ['?limit=1001'],
    ['?limit=1.5'],
    ['?sort=title'],
    ['?sort=position&sort=priority'],
    ['?created_after=yesterday'],
    ['?approval=maybe'],
  ])('[T2] refuses %s with 400', async (query) => {
    await using board = await openBoard();
    expectRefusal(await board.call('GET', query), 400, 'validation-failed');
  });
});

describe('search', () => {
  it('[T2] finds words, in any case and without accents, in title, description and tags', async () => {
    await using board = await openBoard();
    await board.create({ title: 'Fix the Café login' });
    await board.create({ title: 'b', description: 'The login is slow' });
    await board.create({ title: 'c', tags: ['login-page'] });
    await board.create({ title: 'd' });
    const search = async (text: string) => titles(await board.call('GET', `?q=${encodeURIComponent(text)}`));
    expect(await search('LOGIN')).toEqual(['Fix the Café login', 'b', 'c']);
    expect(await search('cafe\u0301')).toEqual(['Fix the Café login']);
    expect(await search('login slow')).toEqual(['b']);
    expect(await search('log')).toEqual(['Fix the Café login', 'b', 'c']);
    expect(await search('ogin')).toEqual([]);
    expect(await search('login-page')).toEqual(['c']);
  });

  it.each(['"', "'", '*', 'AND', 'NOT login', 'title:login', '(', 'a"b*', '-login', '^login', 'NEAR(a b)', '\0'])(
    '[T2] takes %j as words, never as syntax',
    async (text) => {
      await using board = await openBoard();
      await board.create({ title: 'login' });
      expect((await board.call('GET', `?q=${encodeURIComponent(text)}`)).status).toBe(200);
    },
  );

  it('[T2] does not filter by a search without words', async () => {
    await using board = await openBoard();
    await board.create({ title: 'a' });
    for (const text of ['', '  ', '?!', '-', '\u0301']) {
      expect(titles(await board.call('GET', `?q=${encodeURIComponent(text)}`))).toEqual(['a']);
    }
  });

  it('[T2] finds a task by what it says now, not by what it said', async () => {
    await using board = await openBoard();
    const task = await board.create({ title: 'old', tags: ['gone'] });
    await board.call('PATCH', `/${task.id}`, { title: 'new', tags: [] });
    expect(titles(await board.call('GET', '?q=old'))).toEqual([]);
    expect(titles(await board.call('GET', '?q=gone'))).toEqual([]);
    expect(titles(await board.call('GET', '?tag=gone'))).toEqual([]);
    expect(titles(await board.call('GET', '?q=new'))).toEqual(['new']);
  });
});

describe('order and pages', () => {
  async function filled() {
    const board = await openBoard();
    const make = (title: string, rest: object = {}) => board.create({ title, ...rest });
    await make('a', { priority: 'high', due_at: '2027-03-01T00:00:00Z' });
    await make('b', { status: 'done', due_at: '2027-01-01T00:00:00Z' });
    await make('c', { priority: 'low' });
    await make('d', { status: 'in_progress', priority: 'critical', due_at: '2027-02-01T00:00:00Z' });
    await make('e', { priority: 'low' });
    return board;
  }

  it.each([
    ['position', 'acedb'],
    ['-position', 'bdeca'],
    ['created_at', 'abcde'],
    ['-created_at', 'edcba'],
    ['due_at', 'bdace'],
    ['-due_at', 'adbec'],
    ['priority', 'cebad'],
    ['-priority', 'dabec'],
  ])('[T2] sorts by %s, on one page and over pages', async (sort, order) => {
    await using board = await filled();
    expect((await allPages(board, `?sort=${sort}`)).flat().join('')).toBe(order);
    const pages = await allPages(board, `?sort=${sort}&limit=2`);
    expect(pages.map((page) => page.length)).toEqual([2, 2, 1]);
    expect(pages.flat().join('')).toBe(order);
  });

  it('[T2] sorts by the time of the last change', async () => {
    await using board = await openBoard();
    const a = await board.create({ title: 'a' });
    await board.create({ title: 'b' });
    await expect.poll(() => Date.now()).toBeGreaterThan(Date.now());
    await board.call('PATCH', `/${a.id}`, { description: 'x' });
    expect(titles(await board.call('GET', '?sort=-updated_at'))).toEqual(['a', 'b']);
  });

  it('[C7] keeps every parameter in the link, and counts the whole list', async () => {
    await using board = await openBoard();
    for (const tag of ['x', 'y', 'x']) await board.create({ title: tag, tags: ['a&b', tag] });
    const reply = await board.call('GET', '?tag=a%26b&status=todo&status=done&limit=2&sort=-created_at');
    const next = new URL(nextOf(reply, board)!, 'http://x');
    expect([...next.searchParams].slice(0, 5)).toEqual([
      ['tag', 'a&b'],
      ['status', 'todo'],
      ['status', 'done'],
      ['limit', '2'],
      ['sort', '-created_at'],
    ]);
    expect(reply.headers.get('x-total-count')).toBe('3');
    const last = await board.call('GET', nextOf(reply, board)!);
    expect(last.headers.get('x-total-count')).toBe('3');
    expect(last.headers.get('link')).toBeNull();
  });

  it('[C7] gives 100 tasks unless told otherwise, and no link when a page is just full', async () => {
    await using board = await openBoard();
    const operations = Array.from({ length: 101 }, (_, n) => ({ op: 'create', title: `${n}` }));
    await board.call('POST', '/bulk', { operations });
    expect(titles(await board.call('GET'))).toHaveLength(100);
    const full = await board.call('GET', '?limit=101');
    expect(titles(full)).toHaveLength(101);
    expect(full.headers.get('link')).toBeNull();
  });

  it('[C7] neither repeats nor skips what stays, while tasks come and go between pages', async () => {
    await using board = await openBoard();
    const tasks: Task[] = [];
    for (const title of ['a', 'b', 'c', 'd', 'e']) tasks.push(await board.create({ title }));
    const first = await board.call('GET', '?limit=2&sort=created_at');
    await board.call('DELETE', `/${tasks[0]!.id}`);
    await board.call('DELETE', `/${tasks[1]!.id}`);
    await board.create({ title: 'f' });
    const rest = await allPages(board, nextOf(first, board)!);
    expect(rest.flat()).toEqual(['c', 'd', 'e', 'f']);
  });

  it.each([
    'x',
    'bm9wZQ',
    Buffer.from('["position",1]').toString('base64url'),
    Buffer.from('["position",{},[]]').toString('base64url'),
  ])('[C7] refuses the cursor %s', async (cursor) => {
    await using board = await openBoard();
    expectRefusal(await board.call('GET', `?cursor=${cursor}`), 400, 'cursor-invalid');
  });

  it('[C7] refuses a cursor that was made for another order', async () => {
    await using board = await filled();
    const next = nextOf(await board.call('GET', '?limit=1&sort=created_at'), board)!;
    for (const sort of ['-created_at', 'updated_at', 'position']) {
      const reply = await board.call('GET', next.replace('sort=created_at', `sort=${sort}`));
      expectRefusal(reply, 400, 'cursor-invalid');
    }
  });
});

describe('caching', () => {
  it('[C5] says 304 until the board changes', async () => {
    await using board = await openBoard();
    await board.create({ title: 'a' });
    for (const path of ['', '?sort=-priority', '/board', '/stats']) {
      const first = await board.call('GET', path);
      const etag = first.headers.get('etag')!;
      expect(etag).toMatch(/^"[\w-]{8}-[\d.]+"$/);
      const again = () => board.call('GET', path, undefined, { 'if-none-match': etag });
      const same = await again();
      expect(same).toMatchObject({ status: 304, text: '' });
      expect(same.headers.get('etag')).toBe(etag);
      expect(await board.call('GET', path)).toMatchObject({ text: first.text });
      await board.create({ title: path || 'list' });
      const changed = await again();
      expect(changed.status).toBe(200);
      expect(changed.headers.get('etag')).not.toBe(etag);
      expect(changed.text).not.toBe(first.text);
    }
  });

  it('[T2] never answers with an older state than the last write', async () => {
    await using board = await openBoard();
    for (let count = 1; count <= 20; count += 1) {
      await board.create({ title: `${count}` });
      expect(titles(await board.call('GET'))).toHaveLength(count);
    }
  });

  it('[C2] shows nothing of one workspace in another', async () => {
    await using board = await openBoard('alpha');
    await board.create();
    for (const path of ['', '/board', '/stats']) await board.call('GET', path);
    const other = async (path: string) => (await fetch(`${board.origin}/tasks/beta${path}`)).json() as Promise<unknown>;
    expect(await other('')).toEqual([]);
    expect(await other('/board')).toMatchObject({ total_tasks: 0 });
    expect(await other('/stats')).toMatchObject({ total_tasks: 0 });
  });
});
