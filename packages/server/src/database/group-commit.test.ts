import { expect, it, vi } from 'vitest';
import { GroupCommit } from './group-commit.ts';
import type { StorageFailure } from './storage-failure.ts';
import { creation } from './store-fixture.ts';
import type { Writer, WriterJob, WriterReply } from './writer.ts';

/** A disk under our control: it fails as told and answers when told. */
class ScriptedDisk implements Writer {
  readonly groups: number[] = [];
  readonly jobs: string[] = [];
  failure: StorageFailure | null = null;
  failureAfterwards: StorageFailure | undefined;
  #held: PromiseWithResolvers<void> | null = null;
  #lost: (error: Error) => void = () => {};

  hold(): void {
    this.#held = Promise.withResolvers<void>();
  }

  release(): void {
    this.#held?.resolve();
    this.#held = null;
  }

  lose(error: Error): void {
    this.#lost(error);
  }

  onLost(listener: (error: Error) => void): void {
    this.#lost = listener;
  }

  async perform(job: WriterJob): Promise<WriterReply> {
    this.jobs.push(job.kind);
    await this.#held?.promise;
    if (this.failure) return { ok: false, failure: this.failure };
    if (job.kind !== 'apply') return { ok: true, results: [], more: false };
    this.groups.push(job.writeSets.length);
    return {
      ok: true,
      results: job.writeSets.map((_, index) => ({ outcome: 'committed', seq: index + 1 })),
      more: false,
      ...(this.failureAfterwards ? { failedAfterwards: this.failureAfterwards } : {}),
    };
  }
}

const refusalOf = (write: Promise<unknown>): Promise<{ code: string }> =>
  write.then(
    () => expect.fail('was not refused'),
    (error: unknown) => error as { code: string },
  );

it('[C4] gathers what is asked for while a group is on its way, and answers only after its commit', async () => {
  const disk = new ScriptedDisk();
  const committed: number[] = [];
  const commits = new GroupCommit(disk, (writeSets) => committed.push(writeSets.length));
  disk.hold();
  let answered = 0;
  const count = () => (answered += 1);
  const first = [1, 2, 3].map((n) => commits.commit(creation('alpha', n)).then(count));
  await vi.waitFor(() => expect(disk.jobs).toHaveLength(1));
  const second = [4, 5].map((n) => commits.commit(creation('alpha', n)).then(count));
  expect(answered).toBe(0);
  disk.release();
  await Promise.all([...first, ...second]);
  expect(disk.groups).toEqual([3, 2]);
  expect(committed).toEqual([3, 2]);
});

it('[C4] splits a crowd into groups of 512', async () => {
  const disk = new ScriptedDisk();
  const commits = new GroupCommit(disk, () => {});
  await Promise.all(Array.from({ length: 1030 }, (_, n) => commits.commit(creation('alpha', n))));
  expect(disk.groups).toEqual([512, 512, 6]);
});

it('[C4] refuses the writes of a full disk, and takes writes again as soon as one succeeds', async () => {
  const disk = new ScriptedDisk();
  const commits = new GroupCommit(disk, () => expect.fail('nothing was committed'));
  disk.failure = { kind: 'full', message: 'database or disk is full' };
  expect((await refusalOf(commits.commit(creation('alpha', 1)))).code).toBe('storage-full');
  expect(commits.state).toBe('full');
  disk.failure = { kind: 'unavailable', message: 'busy' };
  expect((await refusalOf(commits.commit(creation('alpha', 1)))).code).toBe('storage-unavailable');
  expect(commits.state).toBe('full');
  disk.failure = null;
  await commits.run({
    kind: 'purge',
    limits: { eventsBefore: '', maxEvents: 1, deletedBefore: '', receiptsBefore: '' },
  });
  expect(commits.state).toBe('ok');
});

it('[C4] looks by itself whether a full disk has space again', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  try {
    const disk = new ScriptedDisk();
    const commits = new GroupCommit(disk, () => {});
    disk.failure = { kind: 'full', message: 'database or disk is full' };
    await refusalOf(commits.commit(creation('alpha', 1)));
    await vi.advanceTimersByTimeAsync(1000);
    expect(disk.jobs).toEqual(['apply', 'probe']);
    expect(commits.state).toBe('full');
    disk.failure = null;
    await vi.advanceTimersByTimeAsync(1000);
    expect(commits.state).toBe('ok');
    await vi.advanceTimersByTimeAsync(5000);
    expect(disk.jobs).toEqual(['apply', 'probe', 'probe']);
  } finally {
    vi.useRealTimers();
  }
});

it('[C4] stops writing for good after a failed sync, and says so once', async () => {
  const disk = new ScriptedDisk();
  const commits = new GroupCommit(disk, () => expect.fail('nothing was committed'));
  const failures: string[] = [];
  commits.onFailure((error) => failures.push(error.message));
  disk.failure = { kind: 'failed', message: 'disk I/O error (SQLite 1034)' };
  const both = [commits.commit(creation('alpha', 1)), commits.commit(creation('alpha', 2))].map(refusalOf);
  expect((await Promise.all(both)).map((refusal) => refusal.code)).toEqual([
    'storage-unavailable',
    'storage-unavailable',
  ]);
  expect(commits.state).toBe('failed');
  disk.failure = null;
  expect((await refusalOf(commits.commit(creation('alpha', 3)))).code).toBe('storage-unavailable');
  disk.lose(new Error('gone'));
  expect(failures).toEqual(['disk I/O error (SQLite 1034)']);
  expect(disk.jobs).toEqual(['apply']);
  await commits.close();
  expect(disk.jobs).toEqual(['apply']);
});

it('[C4] notices when the writer is gone', async () => {
  const disk = new ScriptedDisk();
  const commits = new GroupCommit(disk, () => {});
  const failure = Promise.withResolvers<Error>();
  commits.onFailure(failure.resolve);
  disk.lose(new Error('the writer thread ended'));
  expect((await failure.promise).message).toBe('the writer thread ended');
  expect(commits.state).toBe('failed');
});

it('[C4] finishes what was asked for before it closes', async () => {
  const disk = new ScriptedDisk();
  const commits = new GroupCommit(disk, () => {});
  disk.hold();
  const write = commits.commit(creation('alpha', 1));
  const closing = commits.close();
  disk.release();
  expect(await write).toMatchObject({ outcome: 'committed' });
  await closing;
  expect(disk.jobs).toEqual(['apply', 'close']);
  expect((await refusalOf(commits.commit(creation('alpha', 2)))).code).toBe('storage-unavailable');
});

it('[C4] hands nothing more to a disk that failed, not even what was waiting', async () => {
  const disk = new ScriptedDisk();
  const commits = new GroupCommit(disk, () => expect.fail('nothing was committed'));
  disk.hold();
  const first = refusalOf(commits.commit(creation('alpha', 1)));
  await vi.waitFor(() => expect(disk.jobs).toHaveLength(1));
  const waiting = refusalOf(commits.commit(creation('alpha', 2)));
  disk.failure = { kind: 'failed', message: 'disk I/O error' };
  disk.release();
  expect([(await first).code, (await waiting).code]).toEqual(['storage-unavailable', 'storage-unavailable']);
  expect((await commits.run({ kind: 'probe' })).ok).toBe(false);
  expect(disk.jobs).toEqual(['apply']);
});

it('[C4] acknowledges what was committed before the disk failed, and then takes nothing more', async () => {
  const disk = new ScriptedDisk();
  const failures: string[] = [];
  const commits = new GroupCommit(disk, () => {});
  commits.onFailure((error) => failures.push(error.message));
  disk.failureAfterwards = { kind: 'failed', message: 'disk I/O error' };
  expect(await commits.commit(creation('alpha', 1))).toEqual({ outcome: 'committed', seq: 1 });
  expect(failures).toEqual(['disk I/O error']);
  expect((await refusalOf(commits.commit(creation('alpha', 2)))).code).toBe('storage-unavailable');
});
