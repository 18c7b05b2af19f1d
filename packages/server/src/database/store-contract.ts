import { expect, it } from 'vitest';
import type { Store } from './store.ts';
import { creation, eventOf, idOf, moment, taskRow, titlesOf } from './store-fixture.ts';

/** Opens an empty store that is closed when the test is over. */
export type OpenStore = () => Promise<{ store: Store } & AsyncDisposable>;

/** What every store promises about writing: all or nothing, in order, without gaps. */
export function storeWriteContract(open: OpenStore): void {
  it('[C4] has what was committed, and an empty head before', async () => {
    await using opened = await open();
    const { store } = opened;
    expect(await store.head('alpha')).toMatchObject({ seq: 0, firstSeq: 1, revision: 0 });
    expect(await store.commit(creation('alpha', 1))).toEqual({ outcome: 'committed', seq: 1 });
    expect(await store.head('alpha')).toMatchObject({ seq: 1, firstSeq: 1, revision: 1 });
    expect(await store.task('alpha', idOf(1))).toMatchObject({ version: 1, deletedAt: null, doc: taskRow(1).doc });
  });

  it('[E1] numbers events 1, 2, 3 … per workspace, whatever is written at the same time', async () => {
    await using opened = await open();
    const { store } = opened;
    const names = ['alpha', 'beta', 'gamma'];
    const writes = Array.from({ length: 90 }, (_, n) => store.commit(creation(names[n % 3]!, n)));
    await Promise.all(writes);
    for (const name of names) {
      const events = await store.events(name, 0, 1000);
      expect(events.map((event) => event.seq)).toEqual(Array.from({ length: 30 }, (_, n) => n + 1));
    }
  });

  it('[C4] writes nothing of a set whose expected version is not there', async () => {
    await using opened = await open();
    const { store } = opened;
    await store.commit(creation('alpha', 1));
    const stale = { row: taskRow(1, { version: 3, title: 'stale' }), expectedVersion: 2 };
    const set = { clientId: 'alpha', tasks: [{ row: taskRow(2), expectedVersion: 0 }, stale], events: [eventOf(2)] };
    expect(await store.commit(set)).toEqual({ outcome: 'conflict' });
    expect(await store.task('alpha', idOf(2))).toBeNull();
    expect(await store.head('alpha')).toMatchObject({ seq: 1, revision: 1 });
    expect(await store.commit({ clientId: 'alpha', tasks: [{ row: taskRow(9), expectedVersion: 1 }] })).toEqual({
      outcome: 'conflict',
    });
  });

  it('[C5] lets exactly one of many writers of the same version win', async () => {
    await using opened = await open();
    const { store } = opened;
    await store.commit(creation('alpha', 1));
    const results = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        store.commit({
          clientId: 'alpha',
          tasks: [{ row: taskRow(1, { version: 2, title: `by ${n}` }), expectedVersion: 1 }],
        }),
      ),
    );
    expect(results.filter((result) => result.outcome === 'committed')).toHaveLength(1);
    expect(results[0]).toMatchObject({ outcome: 'committed' });
  });

  it('[T6] treats a rank or an id that is taken as a conflict, and a rank of a deleted task as free', async () => {
    await using opened = await open();
    const { store } = opened;
    await store.commit(creation('alpha', 1));
    expect(await store.commit(creation('alpha', 1))).toEqual({ outcome: 'conflict' });
    expect(await store.commit(creation('alpha', 2, { position: 'a000001' }))).toEqual({ outcome: 'conflict' });
    expect(await store.commit(creation('alpha', 2, { position: 'a000001', status: 'done' }))).toMatchObject({
      outcome: 'committed',
    });
    expect(await store.commit(creation('beta', 1))).toMatchObject({ outcome: 'committed' });
    const deleted = taskRow(1, { version: 2, deletedAt: moment(5) });
    await store.commit({ clientId: 'alpha', tasks: [{ row: deleted, expectedVersion: 1 }] });
    expect(await store.commit(creation('alpha', 3, { position: 'a000001' }))).toMatchObject({ outcome: 'committed' });
  });

  it('[C6] keeps a receipt with its change, and refuses the same key again', async () => {
    await using opened = await open();
    const { store } = opened;
    const answer = { status: 201, headers: { etag: '"1"' }, body: '{"a":1}' };
    const receipt = { key: 'k', requestHash: 'h', createdAt: moment(0), answer };
    expect(await store.receipt('alpha', 'k')).toBeNull();
    expect(await store.commit({ ...creation('alpha', 1), receipt })).toMatchObject({ outcome: 'committed' });
    expect(await store.receipt('alpha', 'k')).toEqual(receipt);
    expect(await store.receipt('beta', 'k')).toBeNull();
    expect(await store.commit({ ...creation('alpha', 2), receipt })).toEqual({ outcome: 'receipt-exists' });
    expect(await store.task('alpha', idOf(2))).toBeNull();
    const refused = { ...receipt, key: 'other' };
    expect(await store.commit({ ...creation('alpha', 1), receipt: refused })).toEqual({ outcome: 'conflict' });
    expect(await store.receipt('alpha', 'other')).toBeNull();
  });

  it('[C5] keeps small documents with their versions', async () => {
    await using opened = await open();
    const { store } = opened;
    const write = (expectedVersion: number | null, version: number, doc: string | null) =>
      store.commit({ clientId: 'alpha', documents: [{ kind: 'board_rules', key: '', expectedVersion, version, doc }] });
    expect(await store.document('alpha', 'board_rules', '')).toBeNull();
    expect(await write(1, 2, '{}')).toEqual({ outcome: 'conflict' });
    expect(await write(0, 2, '{"a":1}')).toMatchObject({ outcome: 'committed' });
    expect(await write(0, 2, '{"a":2}')).toEqual({ outcome: 'conflict' });
    expect(await store.document('alpha', 'board_rules', '')).toMatchObject({ key: '', version: 2, doc: '{"a":1}' });
    expect(await write(null, 7, '{"a":3}')).toMatchObject({ outcome: 'committed' });
    expect(await store.document('alpha', 'board_rules', '')).toMatchObject({ version: 7, doc: '{"a":3}' });
    expect(await write(7, 8, null)).toMatchObject({ outcome: 'committed' });
    expect(await store.documents('alpha', 'board_rules')).toEqual([]);
    expect((await store.head('alpha')).revision).toBe(3);
  });

  it('[C2] keeps what belongs to no workspace without making one', async () => {
    await using opened = await open();
    const { store } = opened;
    const document = { kind: 'token', key: 'b', expectedVersion: 0, version: 1, doc: '{}' } as const;
    expect(await store.commit({ clientId: '', documents: [document, { ...document, key: 'a' }] })).toEqual({
      outcome: 'committed',
      seq: 0,
    });
    expect((await store.documents('', 'token')).map((stored) => stored.key)).toEqual(['a', 'b']);
    expect(await store.workspaces()).toEqual([]);
    await store.commit(creation('beta', 1));
    await store.commit({ clientId: 'alpha', documents: [{ ...document, kind: 'device_ack' }] });
    expect(await store.workspaces()).toEqual(['alpha', 'beta']);
    expect(await store.head('alpha')).toMatchObject({ seq: 0, revision: 0 });
  });

  it('[E1] tells of new events after they are readable, once per workspace and group', async () => {
    await using opened = await open();
    const { store } = opened;
    const heard = Promise.withResolvers<[string, number]>();
    let calls = 0;
    const stop = store.onAppend((clientId, seq) => {
      calls += 1;
      if (seq === 3) heard.resolve([clientId, seq]);
    });
    await store.commit({ clientId: 'alpha', documents: [] });
    await Promise.all([1, 2, 3].map((n) => store.commit(creation('alpha', n))));
    expect(await heard.promise).toEqual(['alpha', 3]);
    expect(calls).toBe(1);
    stop();
    await store.commit(creation('alpha', 4));
    await store.commit(creation('alpha', 5));
    expect(calls).toBe(1);
  });
}

/** What every store promises about guards: they hold at commit, after the writes of their set. */
export function storeGuardContract(open: OpenStore): void {
  const guardFailed = (guard: object, ids: string[] = []) => ({ outcome: 'guard-failed', guard, ids });

  it('[T9] never lets a column grow beyond its limit, however many write at once', async () => {
    await using opened = await open();
    const { store } = opened;
    const guard = { kind: 'column-at-most', status: 'testing', limit: 3 } as const;
    const results = await Promise.all(
      Array.from({ length: 10 }, (_, n) =>
        store.commit({ ...creation('alpha', n, { status: 'testing' }), guards: [guard] }),
      ),
    );
    expect(results.filter((result) => result.outcome === 'committed')).toHaveLength(3);
    expect(results[9]).toEqual(guardFailed(guard));
    const leaving = taskRow(0, { status: 'done', version: 2 });
    await store.commit({ clientId: 'alpha', tasks: [{ row: leaving, expectedVersion: 1 }] });
    expect(await store.commit({ ...creation('alpha', 11, { status: 'testing' }), guards: [guard] })).toMatchObject({
      outcome: 'committed',
    });
    const deleted = taskRow(1, { status: 'testing', version: 2, deletedAt: moment(20) });
    await store.commit({ clientId: 'alpha', tasks: [{ row: deleted, expectedVersion: 1 }] });
    expect(await store.commit({ ...creation('alpha', 12, { status: 'testing' }), guards: [guard] })).toMatchObject({
      outcome: 'committed',
    });
    expect(await store.commit({ ...creation('alpha', 13, { status: 'testing' }), guards: [guard] })).toEqual(
      guardFailed(guard),
    );
    const restored = taskRow(1, { status: 'testing', version: 3 });
    expect(
      await store.commit({ clientId: 'alpha', tasks: [{ row: restored, expectedVersion: 2 }], guards: [guard] }),
    ).toEqual(guardFailed(guard));
  });

  it('[T1] names the tasks that do not exist in this workspace', async () => {
    await using opened = await open();
    const { store } = opened;
    await store.commit(creation('alpha', 1));
    await store.commit(creation('beta', 2));
    await store.commit(creation('alpha', 3, { deletedAt: moment(4) }));
    const guard = { kind: 'tasks-exist', ids: [idOf(1), idOf(2), idOf(3), idOf(4)] } as const;
    expect(await store.commit({ ...creation('alpha', 5), guards: [guard] })).toEqual(
      guardFailed(guard, [idOf(2), idOf(3), idOf(4)]),
    );
    const self = { kind: 'tasks-exist', ids: [idOf(1), idOf(5)] } as const;
    expect(await store.commit({ ...creation('alpha', 5), guards: [self] })).toMatchObject({ outcome: 'committed' });
  });

  it('[T6] names the tasks that are not done', async () => {
    await using opened = await open();
    const { store } = opened;
    await store.commit(creation('alpha', 1, { status: 'done' }));
    await store.commit(creation('alpha', 2));
    await store.commit(creation('alpha', 3, { deletedAt: moment(4) }));
    const guard = { kind: 'tasks-done', ids: [idOf(1), idOf(2), idOf(3), idOf(9)] } as const;
    expect(await store.commit({ clientId: 'alpha', guards: [guard] })).toEqual(guardFailed(guard, [idOf(2)]));
    expect(await store.commit({ clientId: 'alpha', guards: [{ ...guard, ids: [idOf(1), idOf(3)] }] })).toMatchObject({
      outcome: 'committed',
    });
  });

  it('[T1] refuses a dependency that closes a circle', async () => {
    await using opened = await open();
    const { store } = opened;
    await store.commit(creation('alpha', 1));
    await store.commit(creation('alpha', 2, { dependsOn: [idOf(1)] }));
    await store.commit(creation('alpha', 3, { dependsOn: [idOf(2)] }));
    const guard = { kind: 'no-cycle', id: idOf(1) } as const;
    const closing = { row: taskRow(1, { version: 2, dependsOn: [idOf(3)] }), expectedVersion: 1 };
    expect(await store.commit({ clientId: 'alpha', tasks: [closing], guards: [guard] })).toEqual(
      guardFailed(guard, [idOf(1)]),
    );
    const opening = { row: taskRow(2, { version: 2, dependsOn: [] }), expectedVersion: 1 };
    await store.commit({ clientId: 'alpha', tasks: [opening] });
    expect(await store.commit({ clientId: 'alpha', tasks: [closing], guards: [guard] })).toMatchObject({
      outcome: 'committed',
    });
    const self = { row: taskRow(5, { dependsOn: [idOf(5)] }), expectedVersion: 0 };
    const selfGuard = { kind: 'no-cycle', id: idOf(5) } as const;
    expect(await store.commit({ clientId: 'beta', tasks: [self], guards: [selfGuard] })).toEqual(
      guardFailed(selfGuard, [idOf(5)]),
    );
  });

  it('[T9] notices that the rules changed meanwhile', async () => {
    await using opened = await open();
    const { store } = opened;
    const guard = { kind: 'document-version', document: 'board_rules', key: '', version: 0 } as const;
    expect(await store.commit({ ...creation('alpha', 1), guards: [guard] })).toMatchObject({ outcome: 'committed' });
    const rules = { kind: 'board_rules', key: '', expectedVersion: 0, version: 2, doc: '{}' } as const;
    await store.commit({ clientId: 'alpha', documents: [rules] });
    expect(await store.commit({ ...creation('alpha', 2), guards: [guard] })).toEqual(guardFailed(guard));
    expect(await store.commit({ ...creation('alpha', 2), guards: [{ ...guard, version: 2 }] })).toMatchObject({
      outcome: 'committed',
    });
    expect(
      titlesOf((await store.listTasks('alpha', {}, { key: 'position', descending: false }, 10, null)).docs),
    ).toEqual(['Task 1', 'Task 2']);
  });
}
