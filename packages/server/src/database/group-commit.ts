import { storageRefusal, type StorageFailure } from './storage-failure.ts';
import type { CommitResult, Store, WriteSet } from './store.ts';
import type { Writer, WriterJob, WriterReply } from './writer.ts';

/** Write sets that share one transaction at most. */
const largestGroup = 512;
/** How often a full disk is tried, in milliseconds. */
const probeIntervalMs = 1000;

const failedBefore: StorageFailure = { kind: 'failed', message: 'the storage failed before' };

type Waiting = { writeSet: WriteSet; reply: PromiseWithResolvers<CommitResult> };

/** What others learn of a group that was committed. */
export type GroupListener = (writeSets: readonly WriteSet[], results: readonly CommitResult[]) => void;

/**
 * Hands write sets to the writer in groups: while one group is on its way to the disk the next gathers, so that however many
 * write at once, one sync serves them all. Nobody is answered before the commit.
 */
export class GroupCommit {
  readonly #writer: Writer;
  readonly #onCommitted: GroupListener;
  readonly #failureListeners: ((error: Error) => void)[] = [];
  #queue: Waiting[] = [];
  #flushing = false;
  #state: Store['state'] = 'ok';
  #probe: NodeJS.Timeout | undefined;
  #idle: PromiseWithResolvers<void> | null = null;

  constructor(writer: Writer, onCommitted: GroupListener) {
    this.#writer = writer;
    this.#onCommitted = onCommitted;
    writer.onLost((error) => this.#noteFailure({ kind: 'failed', message: error.message }));
  }

  get state(): Store['state'] {
    return this.#state;
  }

  onFailure(listener: (error: Error) => void): void {
    this.#failureListeners.push(listener);
  }

  commit(writeSet: WriteSet): Promise<CommitResult> {
    if (this.#state === 'failed') {
      return Promise.reject(storageRefusal(failedBefore));
    }
    const reply = Promise.withResolvers<CommitResult>();
    this.#queue.push({ writeSet, reply });
    // Everything that this turn of the event loop asks for joins the group.
    if (!this.#flushing) {
      this.#flushing = true;
      setImmediate(() => void this.#flush());
    }
    return reply.promise;
  }

  /** Does a job of another kind between two groups. */
  async run(job: WriterJob): Promise<WriterReply> {
    // A sync that succeeds after one that failed says nothing about what should have been written before.
    if (this.#state === 'failed') return { ok: false, failure: failedBefore };
    const reply = await this.#writer.perform(job);
    if (reply.ok) this.#noteSuccess();
    const failure = reply.ok ? reply.failedAfterwards : reply.failure;
    if (failure) this.#noteFailure(failure);
    return reply;
  }

  /** Waits until every write set that was handed in is answered. */
  async settle(): Promise<void> {
    if (!this.#flushing) return;
    this.#idle ??= Promise.withResolvers<void>();
    await this.#idle.promise;
  }

  /** Settles, then closes the database. */
  async close(): Promise<void> {
    await this.settle();
    clearInterval(this.#probe);
    if (this.#state !== 'failed') await this.#writer.perform({ kind: 'close' });
    this.#state = 'failed';
  }

  async #flush(): Promise<void> {
    while (this.#queue.length > 0) {
      const group = this.#queue.splice(0, largestGroup);
      const writeSets = group.map((waiting) => waiting.writeSet);
      this.#answer(group, await this.run({ kind: 'apply', writeSets }));
    }
    this.#flushing = false;
    this.#idle?.resolve();
    this.#idle = null;
  }

  #answer(group: readonly Waiting[], reply: WriterReply): void {
    if (!reply.ok) {
      for (const { reply: waiting } of group) waiting.reject(storageRefusal(reply.failure));
      return;
    }
    group.forEach((waiting, index) => waiting.reply.resolve(reply.results[index]!));
    this.#onCommitted(
      group.map((waiting) => waiting.writeSet),
      reply.results,
    );
  }

  #noteSuccess(): void {
    if (this.#state !== 'full') return;
    this.#state = 'ok';
    clearInterval(this.#probe);
  }

  #noteFailure(failure: StorageFailure): void {
    if (failure.kind === 'failed' && this.#state !== 'failed') {
      this.#state = 'failed';
      clearInterval(this.#probe);
      for (const listener of this.#failureListeners) listener(new Error(failure.message));
    }
    if (failure.kind === 'full' && this.#state === 'ok') {
      this.#state = 'full';
      this.#probe = setInterval(() => void this.run({ kind: 'probe' }), probeIntervalMs).unref();
    }
  }
}
