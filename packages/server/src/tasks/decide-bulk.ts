import { setImmediate } from 'node:timers/promises';
import { HubError } from '../hub-error.ts';
import type { BulkKind, CheckedOperation } from './bulk-operation.ts';
import { decideTask } from './decide-task.ts';
import { unmetOnDraft } from './draft-guards.ts';
import type { DecisionFacts } from './task-decision.ts';
import type { TaskDraft } from './task-draft.ts';
import { guardRefusal } from './task-refusal.ts';

/** What became of one operation: the text of the task it made or changed (null: deleted), or why it was refused. */
export type BulkOutcome = { kind: BulkKind; id: string | null } & (
  | { refusal: HubError }
  | { refusal: null; text: string | null }
);

/** Operations between which others get their turn on the thread. */
const sliceLength = 50;

/**
 * Decides operations one after the other, each on the draft that the ones before leave; those that are refused leave it alone.
 * With `atomic`, the first refusal fails all others too, and nothing on the draft may be committed: `isVoid`.
 */
export async function decideBulk(
  draft: TaskDraft,
  operations: readonly CheckedOperation[],
  { atomic, facts }: { atomic: boolean; facts: DecisionFacts },
): Promise<{ outcomes: BulkOutcome[]; isVoid: boolean }> {
  const outcomes: BulkOutcome[] = [];
  for (const operation of operations) {
    if (outcomes.length % sliceLength === sliceLength - 1) await setImmediate();
    const outcome = await decideOne(draft, operation, facts);
    if (atomic && outcome.refusal !== null)
      return { outcomes: failAll(operations, outcomes.length, outcome), isVoid: true };
    outcomes.push(outcome);
  }
  return { outcomes, isVoid: false };
}

async function decideOne(draft: TaskDraft, checked: CheckedOperation, facts: DecisionFacts): Promise<BulkOutcome> {
  const { kind, id } = checked;
  if (checked.refusal !== null) return { kind, id, refusal: checked.refusal };
  try {
    const decision = await decideTask(draft, checked.operation, { ...facts, ifMatch: checked.ifMatch });
    const unmet = await unmetOnDraft(draft, decision);
    const refusal = unmet && guardRefusal(unmet.guard, unmet.ids);
    if (refusal !== null) return { kind, id, refusal };
    const text = draft.apply(decision);
    return { kind, id: decision.task.id, refusal: null, text: kind === 'delete' ? null : text };
  } catch (error) {
    if (!(error instanceof HubError) || error.status >= 500) throw error;
    return { kind, id, refusal: error };
  }
}

const failAll = (operations: readonly CheckedOperation[], culprit: number, outcome: BulkOutcome): BulkOutcome[] =>
  operations.map(({ kind, id }, index) =>
    index === culprit
      ? outcome
      : { kind, id, refusal: new HubError('failed-dependency', `The operation ${culprit} failed.`) },
  );
