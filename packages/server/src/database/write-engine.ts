import { statSync, truncateSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { unmetGuard } from './guard-check.ts';
import { StatementCache } from './sqlite-connection.ts';
import { isUniqueViolation } from './storage-failure.ts';
import type { CommitResult, DocumentWrite, EventDraft, Receipt, WriteSet } from './store.ts';
import { writeTask } from './task-writer.ts';

const appendToLog = `INSERT INTO workspace (client_id, seq, revision) VALUES (?, ?, ?)
  ON CONFLICT DO UPDATE SET seq = seq + excluded.seq, revision = revision + excluded.revision RETURNING seq`;
const insertEvent = `INSERT INTO event (client_id, seq, id, type, channel, priority, timestamp, task_id, body)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`;
const insertReceipt = 'INSERT OR IGNORE INTO receipt VALUES (?, ?, ?, ?, ?, ?, ?)';
const storedVersion = 'SELECT version FROM document WHERE client_id = ? AND kind = ? AND key = ?';
const upsertDocument = `INSERT INTO document VALUES (?, ?, ?, ?, ?)
  ON CONFLICT DO UPDATE SET version = excluded.version, doc = excluded.doc`;
const removeDocument = 'DELETE FROM document WHERE client_id = ? AND kind = ? AND key = ?';

/** Pages in the write-ahead log above which it is copied into the database file. */
const checkpointPages = 1000;

// The write-ahead log is a header, and frames of a header and a page each (https://www.sqlite.org/fileformat2.html#the_write_ahead_log).
const logHeaderBytes = 32;
const frameHeaderBytes = 24;

/** Applies write sets to the database: synchronous, so that nothing can come between the statements of a transaction. */
export class WriteEngine {
  readonly #database: DatabaseSync;
  readonly #statements: StatementCache;

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#statements = new StatementCache(database);
  }

  /** Applies each write set whole or not at all, in order, and commits once. Throws, with nothing written, when the disk fails. */
  apply(writeSets: readonly WriteSet[]): CommitResult[] {
    return this.transaction(() => writeSets.map((writeSet) => this.#applyOne(writeSet)));
  }

  /** Runs synchronous work in one transaction. */
  transaction<Result>(work: (statements: StatementCache) => Result): Result {
    try {
      this.#statements.run('BEGIN IMMEDIATE');
      const result = work(this.#statements);
      this.#statements.run('COMMIT');
      return result;
    } catch (error) {
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
      throw error;
    }
  }

  /**
   * Copies the write-ahead log into the database file when it has grown. Done here and not by SQLite's automatism, because that
   * ignores a failed sync of the database file.
   */
  checkpointIfDue(): void {
    const wal = this.#statements.get<{ log: number; checkpointed: number }>('PRAGMA wal_checkpoint(NOOP)');
    if (wal && wal.log - wal.checkpointed >= checkpointPages) this.#statements.get('PRAGMA wal_checkpoint(PASSIVE)');
  }

  /**
   * Cuts off what a commit whose sync failed has left in the write-ahead log. SQLite itself does not count it, but whoever opens the
   * file next would take it for committed, and its writers were told that nothing of it was kept.
   */
  discardFailedCommit(): void {
    const { log: frames } = this.#statements.get<{ log: number }>('PRAGMA wal_checkpoint(NOOP)')!;
    const { page_size: pageBytes } = this.#statements.get<{ page_size: number }>('PRAGMA page_size')!;
    const log = `${this.#database.location()}-wal`;
    const committedBytes = frames === 0 ? 0 : logHeaderBytes + frames * (frameHeaderBytes + pageBytes);
    if (statSync(log).size > committedBytes) truncateSync(log, committedBytes);
  }

  #applyOne(writeSet: WriteSet): CommitResult {
    this.#statements.run('SAVEPOINT write_set');
    let result: CommitResult;
    try {
      result = this.#write(writeSet);
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      result = { outcome: 'conflict' };
    }
    if (result.outcome !== 'committed') this.#statements.run('ROLLBACK TO write_set');
    this.#statements.run('RELEASE write_set');
    return result;
  }

  #write({ clientId, tasks = [], documents = [], events = [], guards = [], receipt }: WriteSet): CommitResult {
    if (receipt && !this.#writeReceipt(clientId, receipt)) return { outcome: 'receipt-exists' };
    for (const task of tasks) {
      if (!writeTask(this.#statements, clientId, task)) return { outcome: 'conflict' };
    }
    for (const document of documents) {
      if (!this.#writeDocument(clientId, document)) return { outcome: 'conflict' };
    }
    for (const guard of guards) {
      const ids = unmetGuard(this.#statements, clientId, guard);
      if (ids) return { outcome: 'guard-failed', guard, ids };
    }
    if (clientId === '') return { outcome: 'committed', seq: 0 };
    const changesBoard = tasks.length > 0 || documents.some((document) => document.kind === 'board_rules');
    return { outcome: 'committed', seq: this.#append(clientId, events, changesBoard) };
  }

  #append(clientId: string, events: readonly EventDraft[], changesBoard: boolean): number {
    const end = this.#statements.get<{ seq: number }>(appendToLog, clientId, events.length, changesBoard ? 1 : 0)!.seq;
    let seq = end - events.length;
    for (const { id, type, channel, priority, timestamp, taskId, body } of events) {
      seq += 1;
      this.#statements.run(insertEvent, clientId, seq, id, type, channel, priority, timestamp, taskId, body);
    }
    return end;
  }

  #writeDocument(clientId: string, { kind, key, expectedVersion, version, doc }: DocumentWrite): boolean {
    if (expectedVersion !== null) {
      const stored = this.#statements.get<{ version: number }>(storedVersion, clientId, kind, key);
      if ((stored?.version ?? 0) !== expectedVersion) return false;
    }
    if (doc === null) this.#statements.run(removeDocument, clientId, kind, key);
    else this.#statements.run(upsertDocument, clientId, kind, key, version, doc);
    return true;
  }

  #writeReceipt(clientId: string, { key, requestHash, createdAt, answer }: Receipt): boolean {
    const { status, headers, body } = answer;
    const headerText = JSON.stringify(headers);
    const { changes } = this.#statements.run(
      insertReceipt,
      clientId,
      key,
      requestHash,
      createdAt,
      status,
      headerText,
      body,
    );
    return changes === 1;
  }
}
