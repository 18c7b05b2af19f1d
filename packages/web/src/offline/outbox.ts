import { Observable } from '../hub/observable.ts';
import type { PendingChanges } from '../hub/pending-changes.ts';
import type { TaskCommand } from '../hub/task-command.ts';
import type { KeptCommand, OfflineStore } from './offline-store.ts';

/** A kept command, and its key among the changes that the board shows already. */
export type WaitingCommand = KeptCommand & { pendingKey: number };

type Deps = { workspace: string; store: Promise<OfflineStore>; pending: PendingChanges };

/** What was done without a connection and waits to be sent, in the order in which it was done. */
export class Outbox {
  readonly #deps: Deps;
  readonly #waiting = new Observable<readonly WaitingCommand[]>([]);

  readonly get = this.#waiting.get;
  readonly subscribe = this.#waiting.subscribe;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** Keeps a command that the board shows already. Resolves when closing the window loses nothing. */
  async keep(command: TaskCommand, id: string, pendingKey: number): Promise<WaitingCommand> {
    const { store, workspace } = this.#deps;
    const kept = await (await store).keep({ id, workspace, command });
    const waiting = { ...kept, pendingKey };
    this.#waiting.update((entries) => [...entries, waiting].toSorted((first, second) => first.order - second.order));
    return waiting;
  }

  /** Forgets a command: it was sent, refused, or taken back. */
  async forget({ order }: WaitingCommand): Promise<void> {
    await (await this.#deps.store).forget(order);
    this.#waiting.update((entries) => entries.filter((entry) => entry.order !== order));
  }

  /** Takes back a command before it is sent; false when it has been sent meanwhile. */
  async discard(waiting: WaitingCommand): Promise<boolean> {
    if (!this.get().some(({ order }) => order === waiting.order)) return false;
    await this.forget(waiting);
    this.#deps.pending.drop(waiting.pendingKey);
    return true;
  }

  /** Reads what is kept anew: windows that were closed left something behind, and another open one may have sent it. */
  async load(): Promise<void> {
    const { store, workspace, pending } = this.#deps;
    const kept = await (await store).commands(workspace);
    const known = new Map(this.get().map((entry) => [entry.order, entry]));
    const orders = new Set(kept.map(({ order }) => order));
    for (const { order, pendingKey } of this.get()) if (!orders.has(order)) pending.drop(pendingKey);
    this.#waiting.set(
      kept.map((entry) => known.get(entry.order) ?? { ...entry, pendingKey: pending.add(entry.command) }),
    );
  }
}
