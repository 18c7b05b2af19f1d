import { GroupCommit } from './group-commit.ts';
import { InlineWriter } from './inline-writer.ts';
import { openReadConnection, type Synchronous } from './sqlite-connection.ts';
import { prepareDatabase } from './prepare-database.ts';
import { SqliteReads } from './sqlite-reads.ts';
import { storageFailure, storageRefusal } from './storage-failure.ts';
import type { CommitResult, DocumentKind, Store, TaskFilter, TaskPlace, TaskSort, WriteSet } from './store.ts';
import { ThreadWriter } from './thread-writer.ts';

/** `thread` false: writes happen on the calling thread (short-lived commands). `synchronous` is for tests of durability only. */
export type SqliteStoreOptions = { file: string; thread?: boolean; synchronous?: Synchronous };

/** Opens the database, brings its schema up to date and verifies it when it was not closed properly. Throws `StartRefused`. */
export async function openSqliteStore({
  file,
  thread = true,
  synchronous = 'FULL',
}: SqliteStoreOptions): Promise<SqliteStore> {
  prepareDatabase(file);
  const writer = thread ? new ThreadWriter(file, synchronous) : new InlineWriter(file, synchronous);
  return new SqliteStore(new SqliteReads(openReadConnection(file), file), writer);
}

/** The embedded store: one SQLite file, one writer, reads of committed data on a connection of their own. */
export class SqliteStore implements Store {
  readonly epoch: string;
  readonly #reads: SqliteReads;
  readonly #commits: GroupCommit;
  #closed: Promise<void> | undefined;
  readonly #commitListeners: ((group: { writeSets: number; events: number }) => void)[] = [];
  readonly #appendListeners = new Set<(clientId: string, seq: number) => void>();

  constructor(reads: SqliteReads, writer: ThreadWriter | InlineWriter) {
    this.#reads = reads;
    this.epoch = reads.meta('epoch')!;
    this.#commits = new GroupCommit(writer, (writeSets, results) => this.#announce(writeSets, results));
  }

  get state(): Store['state'] {
    return this.#commits.state;
  }

  commit(writeSet: WriteSet): Promise<CommitResult> {
    return this.#commits.commit(writeSet);
  }

  onAppend(listener: (clientId: string, seq: number) => void): () => void {
    this.#appendListeners.add(listener);
    return () => this.#appendListeners.delete(listener);
  }

  onCommit(listener: (group: { writeSets: number; events: number }) => void): void {
    this.#commitListeners.push(listener);
  }

  onFailure(listener: (error: Error) => void): void {
    this.#commits.onFailure(listener);
  }

  async head(clientId: string) {
    return this.#read((reads) => reads.head(clientId));
  }

  async workspaces() {
    return this.#read((reads) => reads.workspaces());
  }

  async task(clientId: string, id: string) {
    return this.#read((reads) => reads.task(clientId, id));
  }

  async listTasks(clientId: string, filter: TaskFilter, sort: TaskSort, limit: number, after: TaskPlace | null) {
    return this.#read((reads) => reads.listTasks(clientId, filter, sort, limit, after));
  }

  async board(clientId: string) {
    return this.#read((reads) => reads.board(clientId));
  }

  async figures(clientId: string) {
    return this.#read((reads) => reads.figures(clientId));
  }

  async neighbour(...place: Parameters<Store['neighbour']>) {
    return this.#read((reads) => reads.neighbour(...place));
  }

  async events(clientId: string, afterSeq: number, limit: number) {
    return this.#read((reads) => reads.events(clientId, afterSeq, limit));
  }

  async taskEvents(clientId: string, taskId: string, afterSeq: number, limit: number) {
    return this.#read((reads) => reads.taskEvents(clientId, taskId, afterSeq, limit));
  }

  async document(clientId: string, kind: DocumentKind, key: string) {
    return this.#read((reads) => reads.document(clientId, kind, key));
  }

  async documents(clientId: string, kind: DocumentKind) {
    return this.#read((reads) => reads.documents(clientId, kind));
  }

  async receipt(clientId: string, key: string) {
    return this.#read((reads) => reads.receipt(clientId, key));
  }

  async purge(limits: Parameters<Store['purge']>[0]): Promise<void> {
    let more = true;
    while (more) {
      const reply = await this.#commits.run({ kind: 'purge', limits });
      if (!reply.ok) throw storageRefusal(reply.failure);
      more = reply.more;
    }
  }

  async sizeBytes() {
    return this.#reads.sizeBytes();
  }

  async close(): Promise<void> {
    this.#closed ??= this.#close();
    await this.#closed;
  }

  // The writer goes last: the last connection to close is the one that can tidy the write-ahead log away.
  async #close(): Promise<void> {
    await this.#commits.settle();
    this.#reads.close();
    await this.#commits.close();
  }

  #read<Result>(read: (reads: SqliteReads) => Result): Result {
    try {
      return read(this.#reads);
    } catch (error) {
      throw storageRefusal(storageFailure(error));
    }
  }

  // After the answers are out: fanning out must not delay them.
  #announce(writeSets: readonly WriteSet[], results: readonly CommitResult[]): void {
    const heads = new Map<string, number>();
    let appended = 0;
    writeSets.forEach(({ clientId, events }, index) => {
      const result = results[index]!;
      if (result.outcome !== 'committed' || !events || events.length === 0) return;
      heads.set(clientId, result.seq);
      appended += events.length;
    });
    for (const listener of this.#commitListeners) listener({ writeSets: writeSets.length, events: appended });
    if (heads.size === 0) return;
    setImmediate(() => {
      for (const [clientId, seq] of heads) {
        for (const listener of this.#appendListeners) listener(clientId, seq);
      }
    });
  }
}
