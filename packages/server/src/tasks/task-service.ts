import { randomInt, randomUUIDv7 } from 'node:crypto';
import type { ApprovalRequest, ApproveRequest, RejectRequest } from '@leanvibe/protocol/approval';
import type { Task, TaskCreate, TaskMove, TaskUpdate } from '@leanvibe/protocol/task';
import { timestamp, type Clock } from '../clock.ts';
import type { Receipt, Store } from '../database/store.ts';
import type { WriteContext } from '../write-context.ts';
import type { CheckedOperation } from './bulk-operation.ts';
import { commitDecision } from './commit-decision.ts';
import { decideBulk, type BulkOutcome } from './decide-bulk.ts';
import { decideTask } from './decide-task.ts';
import type { DecisionFacts, TaskChange, TaskOperation } from './task-decision.ts';
import { TaskDraft } from './task-draft.ts';
import { guardRefusal, taskNotFound } from './task-refusal.ts';
import { Turns } from './turns.ts';

export type TaskServiceDeps = { store: Store; clock: Clock };

/** A task after a change, and the text of it that clients get. */
export type TaskResult = { task: Task; text: string };

/** What a change is made with. `receiptOf` gives what is to be stored with the change so that the request can be answered again. */
export type TaskWriteContext<Result = TaskResult> = Pick<WriteContext, 'actor' | 'ifMatch'> & {
  receiptOf: (result: Result) => Receipt | undefined;
};

/** Changes the tasks of a board: every change is decided by the board's rules and committed with the events that tell of it. */
export class TaskService {
  readonly #deps: TaskServiceDeps;
  readonly #turns = new Turns();

  constructor(deps: TaskServiceDeps) {
    this.#deps = deps;
  }

  /** The text and version of a task. Throws `task-not-found`, also for a deleted one. */
  async get(clientId: string, id: string): Promise<{ text: string; version: number }> {
    const stored = await this.#deps.store.task(clientId, id);
    if (stored?.deletedAt !== null) throw taskNotFound(id);
    return { text: stored.doc, version: stored.version };
  }

  create(clientId: string, body: TaskCreate, context: TaskWriteContext): Promise<TaskResult> {
    return this.#commit(clientId, { kind: 'create', body }, context);
  }

  update(clientId: string, id: string, body: TaskUpdate, context: TaskWriteContext): Promise<TaskResult> {
    return this.#change(clientId, id, { kind: 'update', body }, context);
  }

  move(clientId: string, id: string, to: TaskMove, context: TaskWriteContext): Promise<TaskResult> {
    return this.#change(clientId, id, { kind: 'move', to }, context);
  }

  delete(clientId: string, id: string, context: TaskWriteContext): Promise<TaskResult> {
    return this.#change(clientId, id, { kind: 'delete' }, context);
  }

  restore(clientId: string, id: string, context: TaskWriteContext): Promise<TaskResult> {
    return this.#change(clientId, id, { kind: 'restore' }, context);
  }

  requestApproval(
    clientId: string,
    id: string,
    request: ApprovalRequest,
    context: TaskWriteContext,
  ): Promise<TaskResult> {
    return this.#change(clientId, id, { kind: 'request-approval', request }, context);
  }

  approve(clientId: string, id: string, body: ApproveRequest, context: TaskWriteContext): Promise<TaskResult> {
    const decidedBy = body.decided_by ?? context.actor.id;
    const decision = { state: 'approved', decidedBy, reason: body.comment ?? null } as const;
    return this.#change(clientId, id, { kind: 'decide-approval', decision }, context);
  }

  reject(clientId: string, id: string, body: RejectRequest, context: TaskWriteContext): Promise<TaskResult> {
    const decidedBy = body.decided_by ?? context.actor.id;
    const decision = { state: 'rejected', decidedBy, reason: body.reason } as const;
    return this.#change(clientId, id, { kind: 'decide-approval', decision }, context);
  }

  /**
   * Does many operations, each on the board that the ones before leave, and commits them together. With `atomic` one that is refused
   * stops all; otherwise the others are done without it.
   */
  bulk(
    clientId: string,
    { operations, atomic }: { operations: readonly CheckedOperation[]; atomic: boolean },
    context: TaskWriteContext<BulkOutcome[]>,
  ): Promise<BulkOutcome[]> {
    const { store, clock } = this.#deps;
    const named = new Set(operations.flatMap(({ id }) => (id === null ? [] : [`${clientId}/${id}`])));
    const decide = async (attempt: number) => {
      const draft = new TaskDraft(store, clientId);
      const facts = decisionFacts(context, clock, attempt);
      const { outcomes, isVoid } = await decideBulk(draft, operations, { atomic, facts });
      const receipt = context.receiptOf(outcomes);
      return { writeSet: (isVoid ? new TaskDraft(store, clientId) : draft).writeSet(receipt), result: outcomes };
    };
    // What was refused was refused on the draft: a guard that fails now was broken by somebody else in the meantime.
    return this.#turns.take([...named], () => commitDecision({ store, refusalOf: () => null, decide }));
  }

  // Taking turns spares those who change the same task at the same time deciding in vain.
  #change(clientId: string, id: string, change: TaskChange, context: TaskWriteContext): Promise<TaskResult> {
    return this.#turns.take([`${clientId}/${id}`], () => this.#commit(clientId, { id, ...change }, context));
  }

  #commit(clientId: string, operation: TaskOperation, context: TaskWriteContext): Promise<TaskResult> {
    const { store, clock } = this.#deps;
    return commitDecision({
      store,
      refusalOf: guardRefusal,
      decide: async (attempt) => {
        const draft = new TaskDraft(store, clientId);
        const decision = await decideTask(draft, operation, decisionFacts(context, clock, attempt));
        const result = { task: decision.task, text: draft.apply(decision) };
        return { writeSet: draft.writeSet(context.receiptOf(result)), result };
      },
    });
  }
}

/** What a decision that is made now is made with. */
export const decisionFacts = (
  { actor, ifMatch }: Pick<WriteContext, 'actor' | 'ifMatch'>,
  clock: Clock,
  attempt: number,
): DecisionFacts => ({
  actor,
  ifMatch,
  now: timestamp(clock),
  attempt,
  newId: randomUUIDv7,
  randomBelow: (end) => randomInt(end),
});
