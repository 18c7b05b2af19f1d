import { localHuman } from '@leanvibe/protocol/actor';
import { describe, expect, it } from 'vitest';
import { temporaryStore } from '../database/store-fixture.ts';
import { eventDraft } from './event-draft.ts';
import { EventLog } from './event-log.ts';

/** A log of so many events, and every read of the store. */
async function openLog(count: number, cacheBytes?: number) {
  const temporary = await temporaryStore(false);
  const { store } = temporary;
  const reads: string[] = [];
  let failures = 0;
  const log = new EventLog({
    store: {
      epoch: store.epoch,
      events: async (clientId, afterSeq, limit) => {
        reads.push(`${clientId} ${afterSeq}+${limit}`);
        if (failures > 0) {
          failures -= 1;
          throw new Error('The store failed.');
        }
        return store.events(clientId, afterSeq, limit);
      },
    },
    ...(cacheBytes === undefined ? {} : { cacheBytes }),
  });
  const append = (clientId: string, events: number) => {
    const facts = { clientId, actor: localHuman, timestamp: '', data: {} };
    return store.commit({
      clientId,
      events: Array.from({ length: events }, () => eventDraft('agent_progress', facts)),
    });
  };
  const after = async (seq: number, end: number, clientId = 'alpha') => {
    const entries = await log.after(clientId, seq, end);
    return entries === null ? null : [entries[0]!.seq, entries.at(-1)!.seq];
  };
  await append('alpha', count);
  return {
    reads,
    append,
    after,
    fail: (times: number) => (failures = times),
    truncate: (maxEvents: number) =>
      store.purge({ maxEvents, eventsBefore: '', deletedBefore: '', receiptsBefore: '' }),
    [Symbol.asyncDispose]: () => temporary[Symbol.asyncDispose](),
  };
}

describe('an event log', () => {
  it('[E4] reads whole windows for those who are far behind, once', async () => {
    await using log = await openLog(1200);
    expect(await log.after(100, 1200)).toEqual([101, 512]);
    expect(await log.after(7, 1200)).toEqual([8, 512]);
    expect(await log.after(512, 1200)).toEqual([513, 1024]);
    expect(await log.after(1024, 1200)).toEqual([1025, 1200]);
    expect(log.reads).toEqual(['alpha 0+512', 'alpha 512+512', 'alpha 1024+512']);
  });

  it('[E4] reads only what is new for those who follow', async () => {
    await using log = await openLog(100);
    await log.append('alpha', 2);
    expect(await log.after(100, 102)).toEqual([101, 102]);
    await log.append('alpha', 1);
    expect(await log.after(102, 103)).toEqual([103, 103]);
    expect(await log.after(101, 103)).toEqual([102, 103]);
    expect(log.reads).toEqual(['alpha 100+412', 'alpha 102+410']);
  });

  it('[E4] reads the whole window when one comes who is behind what the followers read', async () => {
    await using log = await openLog(102);
    await log.after(100, 102);
    expect(await log.after(99, 102)).toEqual([100, 102]);
    expect(await log.after(3, 102)).toEqual([4, 102]);
    expect(log.reads).toEqual(['alpha 100+412', 'alpha 0+512']);
  });

  it('[E4] reads once for all who ask at the same time', async () => {
    await using log = await openLog(600);
    const answers = await Promise.all([1, 2, 3, 300].map((seq) => log.after(seq, 600)));
    expect(answers.map((range) => range?.[0])).toEqual([2, 3, 4, 301]);
    expect(log.reads).toEqual(['alpha 0+512']);
  });

  it('[E4] lets the others try when the read of one fails', async () => {
    await using log = await openLog(10);
    log.fail(1);
    const answers = await Promise.allSettled([log.after(0, 10), log.after(0, 10), log.after(0, 10)]);
    expect(answers.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
    expect(log.reads).toHaveLength(2);
  });

  it('[C2] keeps workspaces apart', async () => {
    await using log = await openLog(3);
    await log.append('beta', 2);
    expect(await log.after(0, 3)).toEqual([1, 3]);
    expect(await log.after(0, 2, 'beta')).toEqual([1, 2]);
  });

  it('[E5] says when the next event is gone', async () => {
    await using log = await openLog(1000);
    await log.truncate(100);
    expect(await log.after(10, 1000)).toBeNull();
    expect(await log.after(600, 1000)).toBeNull();
    expect(await log.after(899, 1000)).toBeNull();
    expect(await log.after(900, 1000)).toEqual([901, 1000]);
    await log.truncate(0);
    expect(await log.after(1000, 1000)).toBeNull();
  });

  it('[W7] keeps no more than it may, and reads again', async () => {
    await using log = await openLog(1024, 700_000);
    for (const seq of [0, 512, 0]) await log.after(seq, 1024);
    expect(log.reads).toEqual(['alpha 0+512', 'alpha 512+512', 'alpha 0+512']);
  });
});
