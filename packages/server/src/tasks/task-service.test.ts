import { describe, expect, it } from 'vitest';
import { temporaryStore } from '../database/store-fixture.ts';
import type { Receipt, Store } from '../database/store.ts';
import { ReceiptExists } from '../receipt-exists.ts';
import { BoardRulesService } from './board-rules-service.ts';
import { checkBulkOperation } from './bulk-operation.ts';
import { mostAttempts } from './commit-decision.ts';
import { taskRow } from './task-document.ts';
import { TaskService, type TaskWriteContext } from './task-service.ts';

const clock = { now: () => Date.parse('2026-11-22T11:05:12.345Z') };
const human = { actor: { kind: 'human', id: 'ada' }, ifMatch: null } as const;
const plain = { ...human, receiptOf: () => undefined } satisfies TaskWriteContext<never>;
const withKey = (key: string): TaskWriteContext<unknown> => ({
  ...human,
  receiptOf: (): Receipt => ({
    key,
    requestHash: 'h',
    createdAt: 'now',
    answer: { status: 200, headers: {}, body: '' },
  }),
});

/**
 * A store with two services over it. Before each commit of `slow`, something else happens that was not there when it decided: the
 * next of `meanwhile`.
 */
async function openServices() {
  const opened = await temporaryStore(false);
  const { store } = opened;
  const meanwhile: (() => Promise<unknown>)[] = [];
  const commit: Store['commit'] = async (writeSet) => {
    await meanwhile.shift()?.();
    return store.commit(writeSet);
  };
  const interrupted = new Proxy<Store>(store, {
    get(_store, member) {
      if (member === 'commit') return commit;
      const value: unknown = Reflect.get(store, member, store);
      return typeof value === 'function' ? (value.bind(store) as unknown) : value;
    },
  });
  return {
    store,
    meanwhile,
    slow: new TaskService({ store: interrupted, clock }),
    tasks: new TaskService({ store, clock }),
    rules: new BoardRulesService({ store, clock }),
    [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose](),
  };
}

const unlimited = { ifMatch: null, receiptOf: () => undefined };
const bulkOf = (...operations: Parameters<typeof checkBulkOperation>[0][]) => ({
  operations: operations.map(checkBulkOperation),
  atomic: false,
});

describe('a change that was overtaken', () => {
  it('[C5] is decided again on what is there now', async () => {
    await using hub = await openServices();
    const { task } = await hub.tasks.create('w', { title: 'x' }, plain);
    hub.meanwhile.push(() => hub.tasks.update('w', task.id, { description: 'theirs' }, plain));
    const { task: after } = await hub.slow.update('w', task.id, { title: 'mine' }, plain);
    expect(after).toMatchObject({ version: 3, title: 'mine', description: 'theirs' });
  });

  it('[C5] is refused with what is there now when it named a version', async () => {
    await using hub = await openServices();
    const { task } = await hub.tasks.create('w', { title: 'x' }, plain);
    hub.meanwhile.push(() => hub.tasks.update('w', task.id, { title: 'theirs' }, plain));
    const change = hub.slow.update('w', task.id, { title: 'mine' }, { ...plain, ifMatch: [1] });
    await expect(change).rejects.toMatchObject({
      code: 'version-conflict',
      extensions: { current: { title: 'theirs', version: 2 } },
    });
  });

  it('[C5] goes through when any version will do, unless the task is gone', async () => {
    await using hub = await openServices();
    const { task } = await hub.tasks.create('w', { title: 'x' }, plain);
    hub.meanwhile.push(() => hub.tasks.update('w', task.id, { title: 'theirs' }, plain));
    const any = { ...plain, ifMatch: 'any' } as const;
    expect((await hub.slow.update('w', task.id, { title: 'mine' }, any)).task.version).toBe(3);
    hub.meanwhile.push(() => hub.tasks.delete('w', task.id, plain));
    await expect(hub.slow.update('w', task.id, { title: 'y' }, any)).rejects.toMatchObject({ code: 'task-not-found' });
  });

  it('[T11] by a decision about the approval does not win a second time', async () => {
    await using hub = await openServices();
    const { task } = await hub.tasks.create('w', { title: 'x' }, plain);
    await hub.tasks.requestApproval('w', task.id, { requested_by: 'a' }, plain);
    hub.meanwhile.push(() => hub.tasks.reject('w', task.id, { reason: 'no' }, plain));
    await expect(hub.slow.approve('w', task.id, {}, plain)).rejects.toMatchObject({
      code: 'approval-conflict',
      extensions: { approval: { state: 'rejected' } },
    });
  });

  it('[T11] by a change of the work finds no approval to give', async () => {
    await using hub = await openServices();
    const { task } = await hub.tasks.create('w', { title: 'x' }, plain);
    await hub.tasks.requestApproval('w', task.id, { requested_by: 'a' }, plain);
    hub.meanwhile.push(() => hub.tasks.update('w', task.id, { title: 'other' }, plain));
    await expect(hub.slow.approve('w', task.id, {}, plain)).rejects.toMatchObject({ code: 'approval-conflict' });
  });

  it('[C4] gives up in the end, with nothing written', async () => {
    await using hub = await openServices();
    const { task } = await hub.tasks.create('w', { title: 'x' }, plain);
    for (let n = 0; n < mostAttempts; n += 1) {
      hub.meanwhile.push(() => hub.tasks.update('w', task.id, { title: `theirs ${n}` }, plain));
    }
    const change = hub.slow.update('w', task.id, { description: 'mine' }, plain);
    await expect(change).rejects.toMatchObject({ code: 'write-contention' });
    expect((await hub.tasks.get('w', task.id)).version).toBe(1 + mostAttempts);
    expect((await hub.tasks.get('w', task.id)).text).not.toContain('mine');
  });
});

describe('rules that change before a commit', () => {
  it('[T9] hold for what is committed after them', async () => {
    await using hub = await openServices();
    const limit = () => hub.rules.update('w', { columns: { done: { wip_limit: 1 } } }, unlimited);
    await hub.tasks.create('w', { title: 'x', status: 'done' }, plain);
    hub.meanwhile.push(limit);
    const created = hub.slow.create('w', { title: 'y', status: 'done' }, plain);
    await expect(created).rejects.toMatchObject({ code: 'wip-limit-reached' });
  });

  it('[T9] let in what they allow now', async () => {
    await using hub = await openServices();
    hub.meanwhile.push(() => hub.rules.update('w', { enforce_dependencies: true }, unlimited));
    expect((await hub.slow.create('w', { title: 'y', status: 'done' }, plain)).task.status).toBe('done');
  });
});

describe('conditions that others break before a commit', () => {
  it('[T6] refuse a task when the last place in the column was taken', async () => {
    await using hub = await openServices();
    await hub.rules.update('w', { columns: { done: { wip_limit: 1 } } }, unlimited);
    const { task } = await hub.tasks.create('w', { title: 'x' }, plain);
    hub.meanwhile.push(() => hub.tasks.create('w', { title: 'y', status: 'done' }, plain));
    const moved = hub.slow.move('w', task.id, { status: 'done' }, plain);
    await expect(moved).rejects.toMatchObject({ code: 'wip-limit-reached' });
  });

  it('[T6] refuse a task when one it waits for was reopened', async () => {
    await using hub = await openServices();
    await hub.rules.update('w', { enforce_dependencies: true }, unlimited);
    const { task: first } = await hub.tasks.create('w', { title: 'x', status: 'done' }, plain);
    hub.meanwhile.push(() => hub.tasks.move('w', first.id, { status: 'backlog' }, plain));
    const second = hub.slow.create('w', { title: 'y', status: 'testing', depends_on: [first.id] }, plain);
    await expect(second).rejects.toMatchObject({
      code: 'blocked-by-dependency',
      extensions: { blocked_by: [first.id] },
    });
  });

  it('[T1] refuse a dependency that was deleted', async () => {
    await using hub = await openServices();
    const { task } = await hub.tasks.create('w', { title: 'x' }, plain);
    hub.meanwhile.push(() => hub.tasks.delete('w', task.id, plain));
    const created = hub.slow.create('w', { title: 'y', depends_on: [task.id] }, plain);
    await expect(created).rejects.toMatchObject({ code: 'validation-failed' });
  });

  it('[T7] have a bulk request decided again, operation by operation', async () => {
    await using hub = await openServices();
    await hub.rules.update('w', { columns: { done: { wip_limit: 2 } } }, unlimited);
    const { task } = await hub.tasks.create('w', { title: 'x' }, plain);
    hub.meanwhile.push(
      () => hub.tasks.create('w', { title: 'y', status: 'done' }, plain),
      () => hub.tasks.update('w', task.id, { title: 'theirs' }, plain),
    );
    const outcomes = await hub.slow.bulk(
      'w',
      bulkOf(
        { op: 'create', title: 'a', status: 'done' },
        { op: 'create', title: 'b', status: 'done' },
        { op: 'update', task_id: task.id, description: 'mine' },
      ),
      plain,
    );
    expect(outcomes.map(({ refusal }) => refusal?.code ?? null)).toEqual([null, 'wip-limit-reached', null]);
    expect((await hub.tasks.get('w', task.id)).text).toContain('theirs');
  });

  it('[T5] give a restored task another rank when its own was taken meanwhile', async () => {
    await using hub = await openServices();
    const { task } = await hub.tasks.create('w', { title: 'x' }, plain);
    await hub.tasks.delete('w', task.id, plain);
    const { task: other } = await hub.tasks.create('w', { title: 'y' }, plain);
    // As an import does that brings a rank from elsewhere.
    const stored = await hub.store.task('w', other.id);
    const taken = { ...other, position: task.position, version: stored!.version + 1 };
    await hub.store.commit({ clientId: 'w', tasks: [{ row: taskRow(taken), expectedVersion: stored!.version }] });
    const { task: restored } = await hub.tasks.restore('w', task.id, plain);
    expect(restored.position > task.position).toBe(true);
  });
});

describe('idempotency keys', () => {
  it('[C6] carry out a request once, and say so the second time', async () => {
    await using hub = await openServices();
    await hub.tasks.create('w', { title: 'x' }, withKey('k'));
    await expect(hub.tasks.create('w', { title: 'x' }, withKey('k'))).rejects.toBeInstanceOf(ReceiptExists);
    expect((await hub.store.listTasks('w', {}, { key: 'position', descending: false }, 10, null)).total).toBe(1);
  });

  it('[C6] are kept of requests that change nothing, without a new revision', async () => {
    await using hub = await openServices();
    const { task } = await hub.tasks.create('w', { title: 'x' }, plain);
    await hub.rules.update('w', { enforce_dependencies: true }, unlimited);
    const before = await hub.store.head('w');
    await hub.tasks.update('w', task.id, { title: 'x' }, withKey('k1'));
    await hub.rules.update('w', { enforce_dependencies: true }, withKey('k2'));
    const operations = bulkOf({ op: 'update', task_id: task.id, title: 'x' });
    await hub.tasks.bulk('w', operations, withKey('k3'));
    expect(await hub.store.head('w')).toEqual(before);
    for (const key of ['k1', 'k2', 'k3']) expect(await hub.store.receipt('w', key)).not.toBeNull();
  });
});
