import { taskStatuses, type TaskStatus } from '@leanvibe/protocol/task';

type Known = { title: string; status: TaskStatus; version: number; deleted: boolean };

/** What a board must be, kept in the plainest way: for each column the ids of its tasks in order. */
export class BoardOracle {
  readonly tasks = new Map<string, Known>();
  readonly columns: Record<TaskStatus, string[]> = { backlog: [], in_progress: [], testing: [], done: [] };
  readonly limits: Partial<Record<TaskStatus, number>> = {};

  isFull(status: TaskStatus): boolean {
    return this.columns[status].length >= (this.limits[status] ?? Infinity);
  }

  create(id: string, title: string, status: TaskStatus): void {
    this.tasks.set(id, { title, status, version: 1, deleted: false });
    this.columns[status].push(id);
  }

  rename(id: string, title: string): void {
    const task = this.tasks.get(id)!;
    if (task.title === title) return;
    task.title = title;
    task.version += 1;
  }

  /** Puts a task beside another, or at the end of the column. */
  move(id: string, status: TaskStatus, beside?: { side: 'before' | 'after'; id: string }): void {
    const task = this.tasks.get(id)!;
    const before = this.columns[task.status].join();
    this.#take(id);
    const column = this.columns[status];
    const index = beside ? column.indexOf(beside.id) + (beside.side === 'after' ? 1 : 0) : column.length;
    column.splice(index, 0, id);
    if (task.status === status && column.join() === before) return;
    task.status = status;
    task.version += 1;
  }

  delete(id: string): void {
    this.#take(id);
    Object.assign(this.tasks.get(id)!, { deleted: true, version: this.tasks.get(id)!.version + 1 });
  }

  /** Where a restored task stands among tasks that came after its deletion is open: it is told. */
  restore(id: string, index: number): void {
    const task = this.tasks.get(id)!;
    task.deleted = false;
    task.version += 1;
    this.columns[task.status].splice(index, 0, id);
  }

  /** The whole board: of each column, titles and versions in order. */
  view(): Record<string, string[]> {
    const line = (id: string) => `${this.tasks.get(id)!.title} v${this.tasks.get(id)!.version}`;
    return Object.fromEntries(taskStatuses.map((status) => [status, this.columns[status].map(line)]));
  }

  #take(id: string): void {
    const column = this.columns[this.tasks.get(id)!.status];
    column.splice(column.indexOf(id), 1);
  }
}
