import { expect, it, vi } from 'vitest';
import { Housekeeper } from './housekeeper.ts';
import { creation, idOf, moment, temporaryStore } from './store-fixture.ts';

const day = 86_400_000;

it('[E5] [T5] [C6] keeps events, deleted tasks and receipts exactly as long as promised', async () => {
  await using opened = await temporaryStore(false);
  const { store } = opened;
  const answer = { status: 201, headers: {}, body: '' };
  const receipt = { key: 'k', requestHash: 'h', createdAt: moment(0), answer };
  await store.commit({ ...creation('alpha', 0, { deletedAt: moment(0) }), receipt });
  let now = 0;
  const clock = { now: () => now };
  const onError = (error: unknown) => expect.fail(String(error));
  await using housekeeper = new Housekeeper({ store, clock, retentionDays: 10, retentionEvents: 100, onError });
  const sweepAt = async (ageMs: number) => {
    now = Date.parse(moment(0)) + ageMs;
    await housekeeper.sweep();
  };
  await sweepAt(day);
  expect(await store.receipt('alpha', 'k')).not.toBeNull();
  await sweepAt(day + 1);
  expect(await store.receipt('alpha', 'k')).toBeNull();
  await sweepAt(10 * day);
  expect((await store.head('alpha')).firstSeq).toBe(1);
  await sweepAt(10 * day + 1);
  expect((await store.head('alpha')).firstSeq).toBe(2);
  await sweepAt(30 * day);
  expect(await store.task('alpha', idOf(0))).not.toBeNull();
  await sweepAt(30 * day + 1);
  expect(await store.task('alpha', idOf(0))).toBeNull();
});

it('[E5] sweeps every hour, and goes on after a failure', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  try {
    const errors: unknown[] = [];
    let sweeps = 0;
    const purge = async ({ maxEvents }: { maxEvents: number }) => {
      sweeps += 1;
      expect(maxEvents).toBe(7);
      if (sweeps === 1) throw new Error('disk');
    };
    const deps = { store: { purge }, clock: { now: () => 0 }, retentionDays: 1, retentionEvents: 7 };
    const housekeeper = new Housekeeper({ ...deps, onError: (error) => errors.push(error) });
    await vi.advanceTimersByTimeAsync(3_600_000);
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(sweeps).toBe(2);
    expect(errors).toHaveLength(1);
    await housekeeper[Symbol.asyncDispose]();
    await vi.advanceTimersByTimeAsync(7_200_000);
    expect(sweeps).toBe(2);
  } finally {
    vi.useRealTimers();
  }
});
