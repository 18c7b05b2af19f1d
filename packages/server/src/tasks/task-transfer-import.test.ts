import { localHuman } from '@leanvibe/protocol/actor';
import { describe, expect, it } from 'vitest';
import { creation, idOf, temporaryStore } from '../database/store-fixture.ts';
import type { Store, StoredAnswer, WriteSet } from '../database/store.ts';
import { HubError } from '../hub-error.ts';
import { ReceiptExists } from '../receipt-exists.ts';
import type { WriteContext } from '../write-context.ts';
import { TaskImporter, type TaskImporterDeps } from './task-transfer-import.ts';

const time = '2026-11-22T11:05:12.345Z';
const clock = { now: () => Date.parse(time) };
const context: WriteContext = { actor: localHuman, ifMatch: null, receipt: () => undefined };
const keyed: WriteContext = {
  ...context,
  receipt: (answer: StoredAnswer) => ({ key: 'k', requestHash: 'h', createdAt: time, answer }),
};

/** The store, with something that another does to it right before each of the first commits. */
const overtaken = (store: Store, ...others: WriteSet[]): TaskImporterDeps['store'] => ({
  document: store.document.bind(store),
  head: store.head.bind(store),
  listTasks: store.listTasks.bind(store),
  neighbour: store.neighbour.bind(store),
  task: store.task.bind(store),
  async commit(writeSet) {
    const other = others.shift();
    if (other) await store.commit(other);
    return store.commit(writeSet);
  },
});

describe('TaskImporter', () => {
  it('[C6] writes nothing when another process used the idempotency key meanwhile', async () => {
    await using opened = await temporaryStore(false);
    const importer = new TaskImporter({ store: opened.store, clock });
    await importer.import('w', [{ title: 'A' }], { onConflict: 'refuse', mayDecide: true }, keyed);
    expect((await opened.store.receipt('w', 'k'))?.answer.body).toBe('{"imported":1,"skipped":0}');
    await expect(
      importer.import('w', [{ title: 'A' }], { onConflict: 'refuse', mayDecide: true }, keyed),
    ).rejects.toThrow(ReceiptExists);
    expect((await opened.store.head('w')).seq).toBe(1);
  });

  it('[T13] reads the board again when it changed before the write', async () => {
    await using opened = await temporaryStore(false);
    const store = overtaken(opened.store, creation('w', 1));
    const importer = new TaskImporter({ store, clock });
    const file = [{ title: 'A', id: idOf(1) }, { title: 'B' }];
    await expect(importer.import('w', file, { onConflict: 'refuse', mayDecide: true }, context)).rejects.toMatchObject({
      code: 'task-exists',
    });
    const again = new TaskImporter({ store: overtaken(opened.store, creation('w', 2)), clock });
    const both = [{ title: 'A', id: idOf(2) }, { title: 'B' }];
    expect(JSON.parse((await again.import('w', both, { onConflict: 'skip', mayDecide: true }, context)).body)).toEqual({
      imported: 1,
      skipped: 1,
    });
  });

  it('[T13] gives up when the board changes before every attempt', async () => {
    await using opened = await temporaryStore(false);
    const file = Array.from({ length: 5 }, (_, n) => ({ title: 'A', id: idOf(n + 1) }));
    const store = overtaken(opened.store, ...file.map((_, n) => creation('w', n + 1)));
    const work = new TaskImporter({ store, clock }).import('w', file, { onConflict: 'skip', mayDecide: true }, context);
    await expect(work).rejects.toThrow(HubError);
    await expect(work).rejects.toMatchObject({ code: 'write-contention' });
    expect((await opened.store.head('w')).seq).toBe(5);
  });
});
