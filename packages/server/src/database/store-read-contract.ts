import fc from 'fast-check';
import { expect, it } from 'vitest';
import { taskPriorities, taskSortKeys, taskStatuses } from '@leanvibe/protocol/task';
import type { Store, TaskFilter, TaskPlace, TaskRow, TaskSort } from './store.ts';
import type { OpenStore } from './store-contract.ts';
import { creation, eventOf, idOf, moment, taskRow, titlesOf } from './store-fixture.ts';

const byRank: TaskSort = { key: 'position', descending: false };

const titles = async (store: Store, filter: TaskFilter, sort: TaskSort = byRank) =>
  titlesOf((await store.listTasks('alpha', filter, sort, 100, null)).docs);

/** What every store promises about lists. */
export function storeListContract(open: OpenStore, runs = 40): void {
  it('[T2] filters by every column, any of the values given', async () => {
    await using opened = await open();
    const { store } = opened;
    await store.commit(
      creation('alpha', 1, { assignedTo: 'ada', tags: ['ui', 'bug'], dueAt: moment(50), approvalState: 'pending' }),
    );
    await store.commit(creation('alpha', 2, { status: 'testing', priority: 'high', assignedTo: 'bob', tags: ['ui'] }));
    await store.commit(
      creation('alpha', 3, { status: 'done', priority: 'low', approvalState: 'approved', dueAt: moment(70) }),
    );
    await store.commit(creation('alpha', 4, { deletedAt: moment(9), tags: ['ui'] }));
    await store.commit(creation('beta', 5, { assignedTo: 'ada', tags: ['ui'] }));
    expect(await titles(store, {})).toEqual(['Task 1', 'Task 2', 'Task 3']);
    expect(await titles(store, { status: ['testing', 'done'] })).toEqual(['Task 2', 'Task 3']);
    expect(await titles(store, { priority: ['high', 'low'] })).toEqual(['Task 2', 'Task 3']);
    expect(await titles(store, { assignedTo: ['ada', 'eve'] })).toEqual(['Task 1']);
    expect(await titles(store, { tags: ['ui'] })).toEqual(['Task 1', 'Task 2']);
    expect(await titles(store, { tags: ['bug', 'none'] })).toEqual(['Task 1']);
    expect(await titles(store, { approval: ['pending'] })).toEqual(['Task 1']);
    expect(await titles(store, { approval: ['none'] })).toEqual(['Task 2']);
    expect(await titles(store, { approval: ['none', 'approved'] })).toEqual(['Task 2', 'Task 3']);
    expect(await titles(store, { createdAfter: moment(1) })).toEqual(['Task 2', 'Task 3']);
    expect(await titles(store, { createdBefore: moment(2) })).toEqual(['Task 1']);
    expect(await titles(store, { dueBefore: moment(70) })).toEqual(['Task 1']);
    expect(await titles(store, { status: ['testing'], priority: ['low'] })).toEqual([]);
  });

  it('[T2] finds words in title, description and tags, and takes nothing in them for syntax', async () => {
    await using opened = await open();
    const { store } = opened;
    await store.commit(
      creation('alpha', 1, { title: 'Fix the Login bug', description: 'Über Safari', tags: ['auth-flow'] }),
    );
    await store.commit(creation('alpha', 2, { title: 'Logout', description: 'the login page' }));
    await store.commit(creation('beta', 3, { title: 'Login elsewhere' }));
    expect(await titles(store, { words: ['login'] })).toEqual(['Fix the Login bug', 'Logout']);
    expect(await titles(store, { words: ['LOGI', 'saf'] })).toEqual(['Fix the Login bug']);
    expect(await titles(store, { words: ['uber'] })).toEqual(['Fix the Login bug']);
    expect(await titles(store, { words: ['auth'] })).toEqual(['Fix the Login bug']);
    for (const word of ['"', 'a" OR "login', '*', 'NEAR(', 'title:', '-login', '('])
      await titles(store, { words: [word] });
    expect(await titles(store, { words: ['OR', 'login'] })).toEqual([]);
    const renamed = taskRow(1, { version: 2, title: 'Mend the door', tags: ['house'] });
    await store.commit({ clientId: 'alpha', tasks: [{ row: renamed, expectedVersion: 1 }] });
    expect(await titles(store, { words: ['safari'] })).toEqual([]);
    expect(await titles(store, { words: ['door'] })).toEqual(['Mend the door']);
    expect(await titles(store, { words: ['house'] })).toEqual(['Mend the door']);
    expect(await titles(store, { tags: ['auth-flow'] })).toEqual([]);
    expect(await titles(store, { tags: ['house'] })).toEqual(['Mend the door']);
  });

  it('[C7] pages through any filter and sort: everything once, in order, with the whole count', async () => {
    const row = fc.record({
      status: fc.constantFrom(...taskStatuses),
      priority: fc.constantFrom(...taskPriorities),
      dueAt: fc.option(fc.integer({ min: 0, max: 3 }).map(moment), { nil: null }),
      updatedAt: fc.integer({ min: 0, max: 3 }).map(moment),
      createdAt: fc.integer({ min: 0, max: 3 }).map(moment),
    });
    const sort = fc.record({ key: fc.constantFrom(...taskSortKeys), descending: fc.boolean() });
    const status = fc.option(fc.uniqueArray(fc.constantFrom(...taskStatuses), { minLength: 1 }), { nil: undefined });
    const priority = fc.option(fc.uniqueArray(fc.constantFrom(...taskPriorities), { minLength: 1 }), {
      nil: undefined,
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { maxLength: 25 }),
        sort,
        status,
        priority,
        fc.integer({ min: 1, max: 7 }),
        async (rows, order, wanted, urgency, limit) => {
          await using opened = await open();
          const { store } = opened;
          await Promise.all(rows.map((change, n) => store.commit(creation('alpha', n, change))));
          const filter = { status: wanted, priority: urgency };
          const expected = rows
            .map((change, n) => taskRow(n, change))
            .filter(
              (task) => (!wanted || wanted.includes(task.status)) && (!urgency || urgency.includes(task.priority)),
            )
            .sort((one, other) => comparePlaces(one, other, order))
            .map((task) => task.title);
          const seen: string[] = [];
          let after: TaskPlace | null = null;
          do {
            const page = await store.listTasks('alpha', filter, order, limit, after);
            expect(page.total).toBe(expected.length);
            expect(page.docs.length).toBeLessThanOrEqual(limit);
            seen.push(...titlesOf(page.docs));
            after = page.next;
          } while (after);
          expect(seen).toEqual(expected);
        },
      ),
      { numRuns: runs },
    );
  });
}

// The oracle: the definition of each sort, in plain comparisons.
function comparePlaces(one: TaskRow, other: TaskRow, { key, descending }: TaskSort): number {
  const direction = descending ? -1 : 1;
  const compare = <Value extends string | number>(a: Value, b: Value) => (a < b ? -1 : a > b ? 1 : 0);
  const byId = compare(one.id, other.id) * direction;
  switch (key) {
    case 'position':
      return (
        (compare(taskStatuses.indexOf(one.status), taskStatuses.indexOf(other.status)) ||
          compare(one.position, other.position)) * direction
      );
    case 'priority':
      return compare(taskPriorities.indexOf(one.priority), taskPriorities.indexOf(other.priority)) * direction || byId;
    case 'due_at':
      if ((one.dueAt === null) !== (other.dueAt === null)) return one.dueAt === null ? 1 : -1;
      return compare(one.dueAt ?? '', other.dueAt ?? '') * direction || byId;
    case 'created_at':
      return compare(one.createdAt, other.createdAt) * direction || byId;
    case 'updated_at':
      return compare(one.updatedAt, other.updatedAt) * direction || byId;
  }
}

/** What every store promises about the board, the log and keeping house. */
export function storeReadContract(open: OpenStore): void {
  it('[T8] reads the board by column and rank, with the head of exactly that state', async () => {
    await using opened = await open();
    const { store } = opened;
    await store.commit(creation('alpha', 3));
    await store.commit(creation('alpha', 1, { status: 'done' }));
    await store.commit(creation('alpha', 2));
    await store.commit(creation('alpha', 4, { deletedAt: moment(4) }));
    const board = await store.board('alpha');
    expect(titlesOf(board.tasks.map((task) => task.doc))).toEqual(['Task 2', 'Task 3', 'Task 1']);
    expect(board.tasks.map((task) => task.status)).toEqual(['backlog', 'backlog', 'done']);
    expect(board.head).toMatchObject({ seq: 4, revision: 4 });
    expect(board.rules).toBeNull();
    await store.commit({
      clientId: 'alpha',
      documents: [{ kind: 'board_rules', key: '', expectedVersion: 0, version: 2, doc: '{"r":1}' }],
    });
    expect((await store.board('alpha')).rules).toBe('{"r":1}');
    expect((await store.board('beta')).tasks).toEqual([]);
  });

  it('[T10] counts by column and priority and averages the time to completion', async () => {
    await using opened = await open();
    const { store } = opened;
    expect(await store.figures('alpha')).toMatchObject({ counts: [], meanCompletionMs: null, lastUpdated: null });
    await store.commit(creation('alpha', 1, { status: 'done', completedAt: moment(11) }));
    await store.commit(creation('alpha', 2, { status: 'done', completedAt: moment(32), updatedAt: moment(40) }));
    await store.commit(creation('alpha', 3, { priority: 'high' }));
    const figures = await store.figures('alpha');
    expect(figures.counts.map(({ status, priority, count }) => [status, priority, count]).sort()).toEqual([
      ['backlog', 'high', 1],
      ['done', 'medium', 2],
    ]);
    expect(figures.meanCompletionMs).toBeCloseTo(20_000, -1);
    expect(figures.lastUpdated).toBe(moment(40));
  });

  it('[T6] finds who stands next to a rank', async () => {
    await using opened = await open();
    const { store } = opened;
    for (const n of [1, 2, 3]) await store.commit(creation('alpha', n));
    await store.commit(creation('alpha', 4, { status: 'done' }));
    const rank = (n: number) => taskRow(n).position;
    const beside = async (position: string | null, direction: 'above' | 'below', except: string[] = []) =>
      (await store.neighbour('alpha', 'backlog', position, direction, except))?.id ?? null;
    expect(await beside(null, 'above')).toBe(idOf(3));
    expect(await beside(null, 'below')).toBe(idOf(1));
    expect(await beside(rank(2), 'above')).toBe(idOf(1));
    expect(await beside(rank(2), 'below')).toBe(idOf(3));
    expect(await beside(rank(3), 'below')).toBeNull();
    expect(await beside(rank(1), 'above')).toBeNull();
    expect(await beside(null, 'above', [idOf(3), idOf(2)])).toBe(idOf(1));
    expect(await beside(rank(1), 'below', [idOf(2)])).toBe(idOf(3));
  });

  it('[E4] pages through the log, and through the events of one task', async () => {
    await using opened = await open();
    const { store } = opened;
    for (const n of [1, 2, 3]) await store.commit(creation('alpha', n));
    await store.commit({
      clientId: 'alpha',
      events: [eventOf(4, { taskId: idOf(1), type: 'task_updated' }), eventOf(5, { taskId: null })],
    });
    const page = await store.events('alpha', 1, 2);
    expect(page.map((event) => event.seq)).toEqual([2, 3]);
    expect(page[0]).toMatchObject({
      id: eventOf(2).id,
      type: 'task_created',
      channel: 'tasks',
      priority: 'medium',
      body: eventOf(2).body,
    });
    expect(await store.events('alpha', 5, 10)).toEqual([]);
    const history = await store.taskEvents('alpha', idOf(1), 0, 10);
    expect(history.events.map((event) => event.seq)).toEqual([1, 4]);
    expect(history.total).toBe(2);
    expect((await store.taskEvents('alpha', idOf(1), 1, 1)).events.map((event) => event.seq)).toEqual([4]);
    expect(await store.taskEvents('beta', idOf(1), 0, 10)).toMatchObject({ events: [], total: 0 });
  });

  it('[E5] cuts old and surplus events off the front of each log, and nothing else', async () => {
    await using opened = await open();
    const { store } = opened;
    for (let n = 1; n <= 10; n += 1) await store.commit(creation('alpha', n));
    // A clock that was ahead: the event after it is older by its timestamp, and stays all the same.
    await store.commit({ clientId: 'beta', events: [eventOf(50), eventOf(1)] });
    const kept = { eventsBefore: moment(0), maxEvents: 100, deletedBefore: moment(0), receiptsBefore: moment(0) };
    await store.purge(kept);
    expect(await store.head('alpha')).toMatchObject({ seq: 10, firstSeq: 1 });
    await store.purge({ ...kept, eventsBefore: moment(4) });
    expect(await store.head('alpha')).toMatchObject({ seq: 10, firstSeq: 4 });
    expect((await store.head('beta')).firstSeq).toBe(1);
    await store.purge({ ...kept, maxEvents: 2 });
    expect(await store.head('alpha')).toMatchObject({ seq: 10, firstSeq: 9 });
    expect((await store.events('alpha', 0, 100)).map((event) => event.seq)).toEqual([9, 10]);
    await store.purge({ ...kept, eventsBefore: moment(1000) });
    expect(await store.head('alpha')).toMatchObject({ seq: 10, firstSeq: 11 });
    expect(await store.commit(creation('alpha', 11))).toEqual({ outcome: 'committed', seq: 11 });
  });

  it('[T5] forgets deleted tasks and old receipts after their time', async () => {
    await using opened = await open();
    const { store } = opened;
    const answer = { status: 201, headers: {}, body: '' };
    await store.commit({
      ...creation('alpha', 1, { deletedAt: moment(10), tags: ['old'] }),
      receipt: { key: 'a', requestHash: 'h', createdAt: moment(1), answer },
    });
    await store.commit({
      ...creation('alpha', 2, { deletedAt: moment(20) }),
      receipt: { key: 'b', requestHash: 'h', createdAt: moment(2), answer },
    });
    await store.commit(creation('alpha', 3));
    await store.purge({
      eventsBefore: moment(0),
      maxEvents: 100,
      deletedBefore: moment(15),
      receiptsBefore: moment(2),
    });
    expect(await store.task('alpha', idOf(1))).toBeNull();
    expect(await store.task('alpha', idOf(2))).not.toBeNull();
    expect(await store.task('alpha', idOf(3))).not.toBeNull();
    expect(await store.receipt('alpha', 'a')).toBeNull();
    expect(await store.receipt('alpha', 'b')).not.toBeNull();
    expect(await store.commit(creation('alpha', 1))).toMatchObject({ outcome: 'committed' });
  });
}
