import type { DatabaseSync } from 'node:sqlite';
import { purgeStep, type PurgeLimits } from './purge-step.ts';
import { storageFailure, type StorageFailure } from './storage-failure.ts';
import type { CommitResult, WriteSet } from './store.ts';
import { WriteEngine } from './write-engine.ts';

/** What the writer is asked to do. */
export type WriterJob =
  | { kind: 'apply'; writeSets: readonly WriteSet[] }
  | { kind: 'purge'; limits: PurgeLimits }
  /** Writes a little, to see whether there is space again. */
  | { kind: 'probe' }
  | { kind: 'close' };

/**
 * What came of it: the results of an `apply`; whether a `purge` may have more to do; and `failedAfterwards`, when the job was done and
 * is durable, but the storage failed right after it.
 */
export type WriterReply =
  | { ok: true; results: CommitResult[]; more: boolean; failedAfterwards?: StorageFailure }
  | { ok: false; failure: StorageFailure };

/** Whoever owns the one write connection: a worker thread in the server, the calling thread in short-lived commands. */
export type Writer = {
  perform(job: WriterJob): Promise<WriterReply>;
  /** Calls back when the writer is gone without having been asked to go. */
  onLost(listener: (error: Error) => void): void;
};

const setMeta = 'INSERT INTO meta VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value';

/** Does jobs on a write connection, and never throws: a failure is a reply. */
export class JobPerformer {
  readonly #database: DatabaseSync;
  readonly #engine: WriteEngine;

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#engine = new WriteEngine(database);
  }

  perform(job: WriterJob): WriterReply {
    try {
      return this.#perform(job);
    } catch (error) {
      const failure = storageFailure(error);
      if (failure.kind === 'failed') this.#discardFailedCommit();
      return { ok: false, failure };
    }
  }

  // As well as it goes: a disk that has just failed may fail at this too.
  #discardFailedCommit(): void {
    try {
      this.#engine.discardFailedCommit();
    } catch {
      // The failure that is reported is the first one.
    }
  }

  #perform(job: WriterJob): WriterReply {
    let results: CommitResult[] = [];
    let more = false;
    switch (job.kind) {
      case 'apply':
        results = this.#engine.apply(job.writeSets);
        break;
      case 'purge':
        more = this.#engine.transaction((statements) => purgeStep(statements, job.limits));
        break;
      case 'probe':
        this.#engine.transaction((statements) => statements.run(setMeta, 'probe', 'x'.repeat(8192)));
        break;
      case 'close':
        this.#close();
        return { ok: true, results, more };
    }
    const failedAfterwards = this.#checkpoint();
    return { ok: true, results, more, ...(failedAfterwards ? { failedAfterwards } : {}) };
  }

  // What was committed is durable in the write-ahead log: a failure at this point fails nobody's write, and a full disk nothing.
  #checkpoint(): StorageFailure | null {
    try {
      this.#engine.checkpointIfDue();
      return null;
    } catch (error) {
      const failure = storageFailure(error);
      return failure.kind === 'failed' ? failure : null;
    }
  }

  #close(): void {
    try {
      this.#engine.transaction((statements) => statements.run(setMeta, 'closed_cleanly', 'yes'));
      this.#database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    } finally {
      this.#database.close();
    }
  }
}
