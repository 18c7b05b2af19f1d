import { isDeepStrictEqual } from 'node:util';
import { demand, type LoggedEvent, type LoggedTask } from './logged-event.ts';

/** A version of a task as the log brought it about. */
export type TaskVersion = { task: LoggedTask; type: string; actorId: string };

/** What the log of one workspace comes to. */
export type LogFold = {
  /** Where each task stands: what it is, and whether it is on the board. */
  tasks: Map<string, { task: LoggedTask; isDeleted: boolean }>;
  /** Every version that every task has had, by `<id>@<version>`. */
  versions: Map<string, TaskVersion>;
  /** The events that made a version, by who caused them. */
  byActor: Map<string, LoggedEvent[]>;
};

const making: readonly string[] = ['task_created', 'task_updated', 'task_deleted', 'task_restored'];

export const versionKey = ({ id, version }: LoggedTask): string => `${id}@${version}`;

/**
 * Works out the board from the log alone, written from the contract and with nothing of the server's: seq counts 1, 2, 3 …; an event
 * says what the task is afterwards, which must follow from what it was and the changes that the event names; each change makes the
 * next version.
 */
export function foldLog(events: readonly LoggedEvent[]): LogFold {
  const fold: LogFold = { tasks: new Map(), versions: new Map(), byActor: new Map() };
  const ids = new Set<string>();
  events.forEach((event, index) => {
    demand(event.seq === index + 1, () => `the log has seq ${event.seq} where ${index + 1} belongs`);
    demand(!ids.has(event.id), () => `the event id ${event.id} stands in the log twice`);
    ids.add(event.id);
    if (event.channel === 'tasks') foldEvent(fold, event);
  });
  return fold;
}

function foldEvent(fold: LogFold, event: LoggedEvent): void {
  const task = event.data.task!;
  const place = (): string => `event ${event.seq} (${event.type} of ${task.id})`;
  const before = fold.tasks.get(task.id);
  if (!making.includes(event.type)) {
    demand(
      before !== undefined && isDeepStrictEqual(task, before.task),
      () => `${place()} tells of another state than the log`,
    );
    return;
  }
  demand(
    task.version === (before?.task.version ?? 0) + 1,
    () => `${place()} skips or repeats a version: ${task.version}`,
  );
  demand(
    (event.type === 'task_created') === (before === undefined),
    () => `${place()} does not fit: the task ${before ? 'exists' : 'is unknown'}`,
  );
  if (before) {
    demand(
      before.isDeleted === (event.type === 'task_restored'),
      () => `${place()} does not fit: the task is ${before.isDeleted ? '' : 'not '}deleted`,
    );
    demand(follows(before.task, task, event), () => `${place()} does not follow from the version before`);
  }
  fold.tasks.set(task.id, { task, isDeleted: event.type === 'task_deleted' });
  fold.versions.set(versionKey(task), { task, type: event.type, actorId: event.actor.id });
  fold.byActor.set(event.actor.id, [...(fold.byActor.get(event.actor.id) ?? []), event]);
}

/** Whether the task afterwards is the task before with the named changes made, and nothing else different. */
function follows(before: LoggedTask, after: LoggedTask, event: LoggedEvent): boolean {
  const changes = Object.entries(event.data.changes ?? {});
  if (changes.some(([member, change]) => !isDeepStrictEqual(before[member], change.from))) return false;
  const expected = {
    ...before,
    ...Object.fromEntries(changes.map(([member, change]) => [member, change.to])),
    version: before.version + 1,
    updated_at: after['updated_at'],
    // A task may have to come back to another place than it left.
    ...(event.type === 'task_restored' ? { position: after['position'] } : {}),
  };
  return isDeepStrictEqual(after, expected);
}
