import { randomUUIDv7 } from 'node:crypto';
import { taskStatuses, type Task, type TaskStatus } from '@leanvibe/protocol/task';
import type { TaskImport, TaskImportResult } from '@leanvibe/protocol/task-transfer';
import { timestamp, type Clock } from '../clock.ts';
import type {
  CommitResult,
  DocumentWrite,
  EventDraft,
  Guard,
  Store,
  StoredAnswer,
  TaskWrite,
} from '../database/store.ts';
import { eventDraft } from '../events/event-draft.ts';
import { jsonAnswer } from '../http/answer.ts';
import { HubError } from '../hub-error.ts';
import { ReceiptExists } from '../receipt-exists.ts';
import type { WriteContext } from '../write-context.ts';
import { taskRow } from './task-document.ts';
import { cycleIssues } from './task-transfer-cycles.ts';
import { importRefused, readRecord, readTransferFile, type TransferFile } from './task-transfer-file.ts';
import { identifyRecords, unknownDependency, type Identified, type IdentifiedRecord } from './task-transfer-ids.ts';
import { planRanks } from './task-transfer-ranks.ts';
import { mapInSlices } from './task-transfer-slices.ts';
import { TransferTarget, type ExistingTask } from './task-transfer-target.ts';
import { importedTask } from './task-transfer-task.ts';

/**
 * `onConflict`: what to do with tasks of the file that are on the board already. `mayDecide`: whether it may hold decisions. `isDryRun`:
 * whether only to say what would come of it.
 */
export type ImportTerms = { onConflict: 'refuse' | 'skip'; mayDecide: boolean; isDryRun?: boolean };

/** `store`: where tasks are read and written; `clock`: the time of tasks that bring none, and of the events. */
export type TaskImporterDeps = {
  store: Pick<Store, 'commit' | 'document' | 'head' | 'listTasks' | 'neighbour' | 'task'>;
  clock: Clock;
};

type Existing = ReadonlyMap<string, ExistingTask>;

/** What is to be written, worked out from the board as it was read. */
type ImportPlan = {
  now: string;
  existing: Existing;
  tasks: Task[];
  documents: DocumentWrite[];
  guards: Guard[];
  counts: TaskImportResult;
};

const attempts = 5;
const nothingWritten: CommitResult = { outcome: 'committed', seq: 0 };

/** Brings the tasks of a file onto a board: all of them, in one write set, or none. */
export class TaskImporter {
  readonly #deps: TaskImporterDeps;

  constructor(deps: TaskImporterDeps) {
    this.#deps = deps;
  }

  /**
   * Imports a file. Throws `import-refused` or `dependency-cycle` naming every bad task, `task-exists` naming every task that is
   * there already, and `forbidden` for decisions of a caller who may not decide. The rules of the board (limits and transitions) do not refuse an import.
   */
  async import(
    clientId: string,
    body: TaskImport,
    { onConflict, mayDecide, isDryRun = false }: ImportTerms,
    context: WriteContext,
  ): Promise<StoredAnswer> {
    const file = readTransferFile(body);
    const identified = await identify(file);
    if (!mayDecide) refuseDecisions(identified.records);
    for (let attempt = 1; attempt <= attempts; attempt += 1) {
      const plan = await this.#plan(clientId, file, identified, onConflict);
      if (isDryRun) return jsonAnswer(200, { ...plan.counts, by_status: countByStatus(plan.tasks) });
      const { answer, result } = await this.#commit(clientId, plan, context);
      if (result.outcome === 'committed') return answer;
      if (result.outcome === 'receipt-exists') throw new ReceiptExists();
      if (result.outcome === 'guard-failed' && result.guard.kind === 'no-cycle') throw circleThrough(result.guard.id);
    }
    throw new HubError('write-contention');
  }

  async #plan(
    clientId: string,
    file: TransferFile,
    identified: Identified,
    onConflict: ImportTerms['onConflict'],
  ): Promise<ImportPlan> {
    const now = timestamp(this.#deps.clock);
    const target = new TransferTarget(this.#deps.store, clientId);
    const outside = new Set([...identified.outside.values()].flat());
    const existing = await target.existing([...identified.records.map(({ id }) => id), ...outside]);
    refuseUnknown(identified, existing);
    const onBoard = identified.records.filter(({ id }) => existing.get(id)?.isDeleted === false);
    if (onConflict === 'refuse' && onBoard.length > 0) throw tasksExist(onBoard);
    const skipped = new Set(onBoard);
    const chosen = identified.records.filter((record) => !skipped.has(record));
    return {
      now,
      existing,
      tasks: await planTasks(chosen, existing, target, clientId, now),
      documents: await target.rulesWrite(file.rules),
      guards: guardsOf(chosen, onBoard, identified),
      counts: { imported: chosen.length, skipped: skipped.size },
    };
  }

  async #commit(
    clientId: string,
    { now, existing, tasks, documents, guards, counts }: ImportPlan,
    context: WriteContext,
  ): Promise<{ answer: StoredAnswer; result: CommitResult }> {
    const answer = jsonAnswer(200, counts);
    const receipt = context.receipt(answer);
    // A file without news writes nothing, and brings no workspace into being.
    if (tasks.length + documents.length === 0 && receipt === undefined) return { answer, result: nothingWritten };
    const writes = await writesOf(tasks, existing, context, now);
    return { answer, result: await this.#deps.store.commit({ clientId, ...writes, documents, guards, receipt }) };
  }
}

async function identify(file: TransferFile): Promise<Identified> {
  const readings = await mapInSlices(file.entries, (entry) => readRecord(entry, file.isExport));
  const issues = readings.flatMap((reading) => (Array.isArray(reading) ? reading : []));
  if (issues.length > 0) throw importRefused(issues);
  const records = readings.flatMap((reading) => (Array.isArray(reading) ? [] : [reading]));
  const identified = identifyRecords(records, randomUUIDv7);
  if (identified.issues.length > 0) throw importRefused(identified.issues);
  const cycles = cycleIssues(identified.records);
  if (cycles.length > 0) throw importRefused(cycles, 'dependency-cycle');
  return identified;
}

// An approval in a file would otherwise be one that nobody gave: whoever writes the file writes the decision.
function refuseDecisions(records: readonly IdentifiedRecord[]): void {
  const decided = records.filter(({ record }) => {
    const state = record.task.approval?.state;
    return state === 'approved' || state === 'rejected';
  });
  if (decided.length === 0) return;
  const errors = decided.map(({ record }) => ({ path: `tasks.${record.name}.approval`, message: 'was decided' }));
  throw new HubError(
    'forbidden',
    'Agents cannot approve or reject, nor import tasks with such a decision; a human has to.',
    {
      extensions: { errors: errors.slice(0, 1000) },
    },
  );
}

// A task that a server wrote may wait for one that was deleted since; the board it came from was content with that.
function refuseUnknown({ outside }: Identified, existing: Existing): void {
  const issues = [...outside].flatMap(([{ record }, ids]) =>
    record.fromServer
      ? []
      : ids.filter((id) => existing.get(id)?.isDeleted !== false).map((id) => unknownDependency(record.name, id)),
  );
  if (issues.length > 0) throw importRefused(issues);
}

function tasksExist(records: readonly IdentifiedRecord[]): HubError {
  const listed = records.slice(0, 1000);
  const count = records.length === 1 ? 'A task of the file is' : `${records.length} tasks of the file are`;
  return new HubError('task-exists', `${count} on the board already. Nothing was imported.`, {
    extensions: {
      task_ids: listed.map(({ id }) => id),
      errors: listed.map(({ record }) => ({ path: `tasks.${record.name}`, message: 'exists already' })),
    },
  });
}

const circleThrough = (id: string): HubError =>
  importRefused(
    [
      {
        path: `tasks.${id}.depends_on`,
        message: 'closes a circle with tasks of the board: the task would wait for itself',
      },
    ],
    'dependency-cycle',
  );

const countByStatus = (tasks: readonly Task[]): Record<TaskStatus, number> =>
  Object.fromEntries(
    taskStatuses.map((status) => [status, tasks.filter((task) => task.status === status).length]),
  ) as Record<TaskStatus, number>;

const versionAfter = (existing: ExistingTask | undefined): number => (existing?.version ?? 0) + 1;

async function planTasks(
  records: readonly IdentifiedRecord[],
  existing: Existing,
  target: TransferTarget,
  clientId: string,
  now: string,
): Promise<Task[]> {
  const tasks = await mapInSlices(records, (record) => ({
    task: importedTask(record, clientId, now, versionAfter(existing.get(record.id))),
    position: record.record.task.position,
  }));
  const placed = new Map<string, Task>();
  for (const status of taskStatuses) {
    const column = tasks.filter(({ task }) => task.status === status);
    if (column.length === 0) continue;
    const wishes = column.map(({ task, position }) => ({ position, createdAt: task.created_at }));
    const ranks = planRanks(wishes, await target.ranks(status));
    column.forEach(({ task }, index) => placed.set(task.id, { ...task, position: ranks[index]! }));
  }
  return records.map(({ id }) => placed.get(id)!);
}

async function writesOf(
  tasks: readonly Task[],
  existing: Existing,
  { actor }: WriteContext,
  now: string,
): Promise<{ tasks: TaskWrite[]; events: EventDraft[] }> {
  const writes = await mapInSlices(tasks, (task): TaskWrite => ({
    row: taskRow(task),
    expectedVersion: existing.get(task.id)?.version ?? 0,
  }));
  const events = await mapInSlices(tasks, (task) =>
    // An id that was deleted comes back; whoever follows the log knows it.
    eventDraft(existing.has(task.id) ? 'task_restored' : 'task_created', {
      clientId: task.client_id,
      actor,
      timestamp: now,
      taskId: task.id,
      data: { task },
    }),
  );
  return { tasks: writes, events };
}

// What was read about tasks of the board must still hold at the commit. A circle that no circle of the file is leaves the file over
// a dependency on a task of the board.
function guardsOf(
  records: readonly IdentifiedRecord[],
  onBoard: readonly IdentifiedRecord[],
  { outside }: Identified,
): Guard[] {
  const boardIds = new Set(onBoard.map(({ id }) => id));
  const linked = records.filter((task) => outside.has(task) || task.dependsOn.some((id) => boardIds.has(id)));
  const needed = linked.flatMap((task) => (task.record.fromServer ? [] : (outside.get(task) ?? [])));
  const noCycles = linked.map(({ id }): Guard => ({ kind: 'no-cycle', id }));
  return needed.length === 0 ? noCycles : [{ kind: 'tasks-exist', ids: [...new Set(needed)] }, ...noCycles];
}
