import type { Task } from '@leanvibe/protocol/task';

/**
 * Which version of a task was made from which by a change of this window. Somebody who changes two things quickly does the second to
 * the version before the first: that is no conflict.
 */
export class VersionLineage {
  readonly #successors = new Map<string, Map<number, number>>();

  /** A change from here made `after` of the version `before`, in so many steps. Where others wrote in between, the line is broken. */
  record(before: number, after: Task, steps = 1): void {
    if (after.version !== before + steps) return;
    const known = this.#successors.get(after.id) ?? new Map<number, number>();
    known.set(before, after.version);
    this.#successors.set(after.id, known);
  }

  /** The newest version that only this window has made of that version. */
  newest(taskId: string, version: number): number {
    const successors = this.#successors.get(taskId);
    let newest = version;
    for (let next = successors?.get(newest); next !== undefined; next = successors?.get(newest)) newest = next;
    return newest;
  }
}
