import type { TaskStatus } from '@leanvibe/protocol/task';
import type { EventDraft, Guard, Receipt, Store, TaskWrite, WriteSet } from '../database/store.ts';
import { rulesInForce, type RulesInForce } from './board-rules.ts';
import { mergeGuards } from './draft-guards.ts';
import type { DraftTask, TaskDecision } from './task-decision.ts';
import { readTask, taskRow, taskText } from './task-document.ts';

/**
 * The board as it will be when what was decided so far is committed: decisions that are to be committed together are made one
 * after the other, each on what the ones before leave. It is used once and is thrown away when the commit does not go through.
 */
export class TaskDraft {
  readonly clientId: string;
  readonly #store: Store;
  readonly #read = new Map<string, DraftTask | null>();
  readonly #changed = new Map<string, DraftTask>();
  readonly #stored = new Set<string>();
  readonly #storedCounts = new Map<TaskStatus, number>();
  readonly #countChanges = new Map<TaskStatus, number>();
  readonly #writes: TaskWrite[] = [];
  readonly #events: EventDraft[] = [];
  readonly #guards: Guard[] = [];
  #rules: RulesInForce | undefined;

  constructor(store: Store, clientId: string) {
    this.#store = store;
    this.clientId = clientId;
  }

  /** The task of this id, deleted or not. */
  async find(id: string): Promise<DraftTask | null> {
    return this.#changed.get(id) ?? (await this.#findStored(id));
  }

  /** The rules of the board, the same for all that is decided on this draft. */
  async rules(): Promise<RulesInForce> {
    return (this.#rules ??= rulesInForce(this.clientId, await this.#store.document(this.clientId, 'board_rules', '')));
  }

  /** The rank next to `position` in the column (see `Store.neighbour`), passing over one task. */
  async neighbour(
    status: TaskStatus,
    position: string | null,
    direction: 'above' | 'below',
    except: string | null,
  ): Promise<string | null> {
    const hidden = except === null ? [...this.#stored] : [...this.#stored, except];
    const stored = await this.#store.neighbour(this.clientId, status, position, direction, hidden);
    const isNearer = (one: string, other: string) => (direction === 'above' ? one > other : one < other);
    let nearest = stored?.position ?? null;
    for (const { task, deletedAt } of this.#changed.values()) {
      if (deletedAt !== null || task.status !== status || task.id === except) continue;
      if (position !== null && !isNearer(position, task.position)) continue;
      if (nearest === null || isNearer(task.position, nearest)) nearest = task.position;
    }
    return nearest;
  }

  /** How many tasks stand in the column. */
  async columnCount(status: TaskStatus): Promise<number> {
    return (await this.#storedCount(status)) + (this.#countChanges.get(status) ?? 0);
  }

  /** Goes on from a decision, and gives the text of the task as it then is. */
  apply({ task, written }: TaskDecision): string {
    if (written === null) return taskText(task);
    const { before, deletedAt, events, guards } = written;
    const row = taskRow(task, deletedAt);
    this.#writes.push({ row, expectedVersion: before?.task.version ?? 0 });
    this.#events.push(...events);
    this.#guards.push(...guards);
    if (before !== null && !this.#changed.has(task.id)) this.#stored.add(task.id);
    if (before?.deletedAt === null) this.#count(before.task.status, -1);
    if (deletedAt === null) this.#count(task.status, 1);
    this.#changed.set(task.id, { task, deletedAt });
    return row.doc;
  }

  /** Everything that was decided, in order; null when that is nothing. */
  writeSet(receipt: Receipt | undefined): WriteSet | null {
    if (this.#writes.length === 0 && receipt === undefined) return null;
    return {
      clientId: this.clientId,
      tasks: this.#writes,
      events: this.#events,
      guards: mergeGuards(this.#guards, new Set(this.#changed.keys())),
      receipt,
    };
  }

  async #findStored(id: string): Promise<DraftTask | null> {
    const known = this.#read.get(id);
    if (known !== undefined) return known;
    const stored = await this.#store.task(this.clientId, id);
    const found = stored && { task: readTask(stored.doc), deletedAt: stored.deletedAt };
    this.#read.set(id, found);
    return found;
  }

  async #storedCount(status: TaskStatus): Promise<number> {
    const known = this.#storedCounts.get(status);
    if (known !== undefined) return known;
    // The total of a list that is filtered by column alone is read from a counter.
    const sort = { key: 'position', descending: false } as const;
    const { total } = await this.#store.listTasks(this.clientId, { status: [status] }, sort, 1, null);
    this.#storedCounts.set(status, total);
    return total;
  }

  #count(status: TaskStatus, change: number): void {
    this.#countChanges.set(status, (this.#countChanges.get(status) ?? 0) + change);
  }
}
