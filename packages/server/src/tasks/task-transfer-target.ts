import type { BoardRules } from '@leanvibe/protocol/board';
import type { TaskStatus } from '@leanvibe/protocol/task';
import type { DocumentWrite, Store, TaskPlace } from '../database/store.ts';
import { readTask } from './task-document.ts';
import type { ColumnRanks } from './task-transfer-ranks.ts';
import { mapInSlices } from './task-transfer-slices.ts';

/** A task that has an id of the file already. */
export type ExistingTask = { version: number; isDeleted: boolean };

/** The workspace that is imported into, as far as an import has to know it. */
export class TransferTarget {
  readonly #store: Pick<Store, 'document' | 'head' | 'listTasks' | 'neighbour' | 'task'>;
  readonly #clientId: string;

  constructor(store: Pick<Store, 'document' | 'head' | 'listTasks' | 'neighbour' | 'task'>, clientId: string) {
    this.#store = store;
    this.#clientId = clientId;
  }

  /** Those of the ids that are taken, deleted tasks included. */
  async existing(ids: readonly string[]): Promise<Map<string, ExistingTask>> {
    const found = new Map<string, ExistingTask>();
    const head = await this.#store.head(this.#clientId);
    if (head.revision === 0) return found;
    await mapInSlices(ids, async (id) => {
      const task = await this.#store.task(this.#clientId, id);
      if (task) found.set(id, { version: task.version, isDeleted: task.deletedAt !== null });
    });
    return found;
  }

  /** The ranks of a column. */
  async ranks(status: TaskStatus): Promise<ColumnRanks> {
    const last = await this.#store.neighbour(this.#clientId, status, null, 'above', []);
    const taken = new Set<string>();
    let after: TaskPlace | null = null;
    while (last !== null) {
      const sort = { key: 'position', descending: false } as const;
      const page = await this.#store.listTasks(this.#clientId, { status: [status] }, sort, 500, after);
      await mapInSlices(page.docs, (doc) => taken.add(readTask(doc).position));
      after = page.next;
      if (after === null) break;
    }
    return { taken, last: last?.position ?? null };
  }

  /** The write that brings the rules of an export along: into a workspace without any, or whose board is empty. */
  async rulesWrite(rules: BoardRules | null): Promise<DocumentWrite[]> {
    if (rules === null || rules.updated_at === null) return [];
    const stored = await this.#store.document(this.#clientId, 'board_rules', '');
    if (stored !== null && !(await this.#isEmpty())) return [];
    const expectedVersion = stored?.version ?? 0;
    const version = Math.max(rules.version, expectedVersion + 1);
    const doc = JSON.stringify({ ...rules, client_id: this.#clientId, version });
    return [{ kind: 'board_rules', key: '', expectedVersion, version, doc }];
  }

  async #isEmpty(): Promise<boolean> {
    const page = await this.#store.listTasks(this.#clientId, {}, { key: 'position', descending: false }, 1, null);
    return page.total === 0;
  }
}
