import type { TaskPriority, TaskSortKey, TaskStatus } from '@leanvibe/protocol/task';
import type { EventChannel, EventPriority, EventType } from '@leanvibe/protocol/event-catalogue';

/**
 * The columns of a task that are filtered, sorted or guarded on, beside `doc`, the JSON text that clients get. Times are RFC 3339 in
 * UTC with milliseconds, so that they compare as text.
 */
export type TaskRow = {
  id: string;
  version: number;
  status: TaskStatus;
  priority: TaskPriority;
  position: string;
  title: string;
  description: string | null;
  assignedTo: string | null;
  approvalState: string | null;
  tags: readonly string[];
  dependsOn: readonly string[];
  createdAt: string;
  updatedAt: string;
  dueAt: string | null;
  startedAt: string | null;
  completedAt: string | null;
  /** null: on the board. */
  deletedAt: string | null;
  doc: string;
};

/** A task as it is to be stored. `expectedVersion` is what must be stored now; 0: no task of this id, not even a deleted one. */
export type TaskWrite = { row: TaskRow; expectedVersion: number };

/**
 * Kinds of small documents that are kept by key: rules and preferences of a workspace (key ''), acks (key: device id), tokens (no
 * workspace; key: id).
 */
export type DocumentKind = 'board_rules' | 'streaming_preferences' | 'device_ack' | 'token';

/** A document as stored. */
export type StoredDocument = { key: string; version: number; doc: string };

/**
 * A document as it is to be stored; `expectedVersion` 0: none may be there; null: whatever is there is replaced. `doc: null` removes.
 */
export type DocumentWrite = {
  kind: DocumentKind;
  key: string;
  expectedVersion: number | null;
  version: number;
  doc: string | null;
};

/**
 * An event that is to be appended. `body` is the JSON of its members without the braces and without `id`, `type`, `seq` and
 * `cursor`, which only the log knows: `"client_id":"…","channel":…`.
 */
export type EventDraft = {
  id: string;
  type: EventType;
  channel: EventChannel;
  priority: EventPriority;
  timestamp: string;
  taskId: string | null;
  body: string;
};

/** An event as it stands in the log, `body` as in its draft. */
export type StoredEvent = {
  seq: number;
  id: string;
  type: EventType;
  channel: EventChannel;
  priority: EventPriority;
  body: string;
};

/** A condition over other rows that must hold when the write set is applied, evaluated after its writes. */
export type Guard =
  /** The column has at most this many tasks. */
  | { kind: 'column-at-most'; status: TaskStatus; limit: number }
  /** These tasks exist and are not deleted. */
  | { kind: 'tasks-exist'; ids: readonly string[] }
  /** Of these tasks, those that exist and are not deleted are done. */
  | { kind: 'tasks-done'; ids: readonly string[] }
  /** The task does not depend on itself, even indirectly. */
  | { kind: 'no-cycle'; id: string }
  /** The document has this version (0: there is none). */
  | { kind: 'document-version'; document: DocumentKind; key: string; version: number };

/** An answer that can be given again. `body` is the text that was sent. */
export type StoredAnswer = { status: number; headers: Readonly<Record<string, string>>; body: string };

/** Proof that a request with an idempotency key was carried out, stored with what it wrote. */
export type Receipt = { key: string; requestHash: string; createdAt: string; answer: StoredAnswer };

/** Everything that one change writes: all of it is stored, with its events, or none of it. */
export type WriteSet = {
  /** The workspace; '' for what belongs to no workspace. */
  clientId: string;
  tasks?: readonly TaskWrite[];
  documents?: readonly DocumentWrite[];
  events?: readonly EventDraft[];
  guards?: readonly Guard[];
  receipt?: Receipt | undefined;
};

/**
 * What became of a write set. `seq` is the end of the workspace's log afterwards. Anything but `committed` means that nothing was
 * written: `conflict`, an expected version or place is taken (read again and retry); `guard-failed`, with the ids at fault where
 * the guard is about several; `receipt-exists`, the key was used already.
 */
export type CommitResult =
  | { outcome: 'committed'; seq: number }
  | { outcome: 'conflict' }
  | { outcome: 'guard-failed'; guard: Guard; ids: readonly string[] }
  | { outcome: 'receipt-exists' };

/**
 * Where a workspace stands: `seq` is the end of its log, `firstSeq` the oldest event kept (seq + 1 when none is), `revision` counts
 * the writes to its board. All zero (firstSeq 1) before its first write.
 */
export type WorkspaceHead = { seq: number; firstSeq: number; revision: number };

/** Which tasks to list. Lists mean "any of"; absent members do not filter. Deleted tasks are never listed. */
export type TaskFilter = {
  status?: readonly TaskStatus[] | undefined;
  priority?: readonly TaskPriority[] | undefined;
  assignedTo?: readonly string[] | undefined;
  tags?: readonly string[] | undefined;
  /** Words that must all stand (each as the beginning of a word) in title, description or tags. */
  words?: readonly string[] | undefined;
  /** Approval states; `none`: without one. */
  approval?: readonly string[] | undefined;
  createdAfter?: string | undefined;
  createdBefore?: string | undefined;
  dueBefore?: string | undefined;
};

/** Sorting is by the key, then by id. `position` means by column in board order, then by rank. Missing values come last. */
export type TaskSort = { key: TaskSortKey; descending: boolean };

/** The place of the last task of a page: the values of its sort key and its id, as the store made them. */
export type TaskPlace = readonly (string | number | null)[];

export type TaskPage = { docs: string[]; total: number; next: TaskPlace | null };

/** Figures of a board, straight from the rows. */
export type BoardFigures = {
  counts: readonly { status: TaskStatus; priority: TaskPriority; count: number }[];
  /** Mean of completedAt − createdAt over the tasks that are done, in milliseconds. */
  meanCompletionMs: number | null;
  lastUpdated: string | null;
};

/**
 * The durable record: documents, the event log and receipts. Reads see committed data only. Everything rejects with a `HubError`
 * `storage-unavailable` or `storage-full` when the storage fails; a rejected commit has written nothing.
 */
export type Store = {
  /** Changes when a backup is restored: cursors from before are then invalid. */
  readonly epoch: string;
  /** Whether writing works: `full` while the disk is full, `failed` after an error that needs a restart. */
  readonly state: 'ok' | 'full' | 'failed';

  /** Applies a write set durably; resolves after the commit, in the order of the calls. */
  commit(writeSet: WriteSet): Promise<CommitResult>;
  /** Calls back, soon after each commit was answered, with each workspace that has new events and the end of its log. */
  onAppend(listener: (clientId: string, seq: number) => void): () => void;
  /** Calls back after each commit with how many write sets and events it had. */
  onCommit(listener: (group: { writeSets: number; events: number }) => void): void;
  /** Calls back once when the storage failed in a way that only a restart mends. */
  onFailure(listener: (error: Error) => void): void;

  head(clientId: string): Promise<WorkspaceHead>;
  /** The workspaces that exist, by name. */
  workspaces(): Promise<string[]>;

  task(clientId: string, id: string): Promise<{ doc: string; version: number; deletedAt: string | null } | null>;
  listTasks(
    clientId: string,
    filter: TaskFilter,
    sort: TaskSort,
    limit: number,
    after: TaskPlace | null,
  ): Promise<TaskPage>;
  /** All tasks of the board by column and rank, and the head of exactly this state (one read transaction). */
  board(
    clientId: string,
  ): Promise<{ tasks: { status: TaskStatus; doc: string }[]; rules: string | null; head: WorkspaceHead }>;
  figures(clientId: string): Promise<BoardFigures>;
  /**
   * The rank of the task that stands next to `position` in the column in this direction (`above` has the smaller rank); with
   * position null: the first (`below`) or the last (`above`) of the column. Tasks in `except` are passed over.
   */
  neighbour(
    clientId: string,
    status: TaskStatus,
    position: string | null,
    direction: 'above' | 'below',
    except: readonly string[],
  ): Promise<{ id: string; position: string } | null>;

  /** Events after `afterSeq` in order, at most `limit`. */
  events(clientId: string, afterSeq: number, limit: number): Promise<StoredEvent[]>;
  taskEvents(
    clientId: string,
    taskId: string,
    afterSeq: number,
    limit: number,
  ): Promise<{ events: StoredEvent[]; total: number }>;

  document(clientId: string, kind: DocumentKind, key: string): Promise<StoredDocument | null>;
  documents(clientId: string, kind: DocumentKind): Promise<StoredDocument[]>;
  receipt(clientId: string, key: string): Promise<Receipt | null>;

  /**
   * Removes what is past keeping, in small steps between which others write: events older than `eventsBefore` or beyond
   * `maxEvents` per workspace, tasks deleted before `deletedBefore`, receipts made before `receiptsBefore`.
   */
  purge(limits: {
    eventsBefore: string;
    maxEvents: number;
    deletedBefore: string;
    receiptsBefore: string;
  }): Promise<void>;
  /** Bytes of the database on disk. */
  sizeBytes(): Promise<number>;
  /** Finishes the writes that are under way and closes. */
  close(): Promise<void>;
};
