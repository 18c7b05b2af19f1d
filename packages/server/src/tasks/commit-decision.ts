import type { Guard, Store, WriteSet } from '../database/store.ts';
import { HubError } from '../hub-error.ts';
import { ReceiptExists } from '../receipt-exists.ts';

/** How often a change is decided again because others wrote what it was decided on. */
export const mostAttempts = 20;

/** What is to be written (null: nothing), and what the request then comes to. */
export type Proposal<Result> = { writeSet: WriteSet | null; result: Result };

export type CommitDecisionOptions<Result> = {
  store: Pick<Store, 'commit'>;
  /** Reads and decides; called again, with the number of attempts before, when the commit finds another state than was read. */
  decide: (attempt: number) => Promise<Proposal<Result>>;
  /** The refusal that an unmet guard means; null: decide again. */
  refusalOf: (guard: Guard, ids: readonly string[]) => HubError | null;
};

/** Decides and commits, again and again until it goes through. Throws the refusals of both, and `write-contention` in the end. */
export async function commitDecision<Result>(options: CommitDecisionOptions<Result>): Promise<Result> {
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    const { writeSet, result } = await options.decide(attempt);
    if (writeSet === null || (await isCommitted(writeSet, options))) return result;
  }
  throw new HubError('write-contention');
}

async function isCommitted(
  writeSet: WriteSet,
  { store, refusalOf }: Pick<CommitDecisionOptions<unknown>, 'store' | 'refusalOf'>,
): Promise<boolean> {
  const commit = await store.commit(writeSet);
  if (commit.outcome === 'receipt-exists') throw new ReceiptExists();
  if (commit.outcome === 'guard-failed') {
    const refusal = refusalOf(commit.guard, commit.ids);
    if (refusal !== null) throw refusal;
  }
  return commit.outcome === 'committed';
}
