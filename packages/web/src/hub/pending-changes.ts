import type { StreamEvent } from '@leanvibe/client/event-types';
import type { Task } from '@leanvibe/protocol/task';
import { Observable } from './observable.ts';
import { stepsOf, type TaskCommand } from './task-command.ts';

/** Something that was done here; `answer` is what the server made of it, null as long as it has not said. */
export type PendingChange = { key: number; command: TaskCommand; answer: readonly Task[] | null };

/** The least version that each task of an answered change has in the log, once the event of that change has come. */
export function awaitedVersions(command: TaskCommand, answer: readonly Task[]): Map<string, number> {
  const deleted = stepsOf(command).flatMap((step) => (step.kind === 'delete' ? [step.before] : []));
  return new Map([
    ...deleted.map(({ id, version }) => [id, version + 1] as const),
    ...answer.map(({ id, version }) => [id, version] as const),
  ]);
}

const subjectOfEvent = (event: StreamEvent): Task | null => {
  const { task } = event.data as { task?: Task };
  return event.channel === 'tasks' && task !== undefined ? task : null;
};

/**
 * What was done here and does not stand in the board of the server yet. A change stays until the event that it caused has come in,
 * however late: leaving with the answer would let the card jump back whenever the answer is quicker than the stream.
 */
export class PendingChanges {
  readonly #changes = new Observable<readonly PendingChange[]>([]);
  readonly #seen = new Map<string, number>();
  #lastKey = 0;

  readonly get = this.#changes.get;
  readonly subscribe = this.#changes.subscribe;

  /** Shows what a command will do. The answer names it for the other methods. */
  add(command: TaskCommand): number {
    this.#lastKey += 1;
    const change = { key: this.#lastKey, command, answer: null };
    this.#changes.update((changes) => [...changes, change]);
    return change.key;
  }

  /** The server has done it. `command` is what of it was done. */
  answered(key: number, command: TaskCommand, answer: readonly Task[]): void {
    this.#keep((change) => (change.key === key ? this.#unlessSeen({ key, command, answer }) : change));
  }

  /** The server has refused it, or nobody knows: the board is shown as the server has it. */
  drop(key: number): void {
    this.#keep((change) => (change.key === key ? null : change));
  }

  /** Takes note of an event, which may be the one that an answered change has caused. */
  observe(event: StreamEvent): void {
    const task = subjectOfEvent(event);
    if (task === null || this.get().length === 0) return;
    this.#seen.set(task.id, Math.max(task.version, this.#seen.get(task.id) ?? 0));
    this.#keep((change) => this.#unlessSeen(change));
  }

  /** The board was read anew, with everything in it that had been answered. */
  forgetAnswered(): void {
    this.#keep((change) => (change.answer === null ? change : null));
  }

  #unlessSeen(change: PendingChange): PendingChange | null {
    if (change.answer === null) return change;
    const awaited = [...awaitedVersions(change.command, change.answer)];
    return awaited.every(([id, version]) => (this.#seen.get(id) ?? 0) >= version) ? null : change;
  }

  #keep(decide: (change: PendingChange) => PendingChange | null): void {
    const before = this.get();
    const after = before.flatMap((change) => decide(change) ?? []);
    const isSame = after.length === before.length && after.every((change, index) => change === before[index]);
    if (!isSame) this.#changes.set(after);
    if (after.length === 0) this.#seen.clear();
  }
}
