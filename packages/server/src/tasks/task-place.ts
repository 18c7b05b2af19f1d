import type { TaskMove } from '@leanvibe/protocol/task';
import type { TaskDraft } from './task-draft.ts';
import type { RankGap } from './task-rank.ts';
import { invalidValue } from './task-refusal.ts';

/**
 * The gap in a column where a task is to stand: beside its neighbour, or (without one) at the end. `id` is the task that moves there,
 * null a new one. Throws `validation-failed` when the neighbour is not in that column.
 */
export async function gapFor(
  draft: TaskDraft,
  id: string | null,
  { status, before, after }: TaskMove,
): Promise<RankGap> {
  if (before !== undefined) {
    const below = await positionOf(draft, id, { status, neighbour: before, member: 'before' });
    return { above: await draft.neighbour(status, below, 'above', id), below };
  }
  if (after !== undefined) {
    const above = await positionOf(draft, id, { status, neighbour: after, member: 'after' });
    return { above, below: await draft.neighbour(status, above, 'below', id) };
  }
  return { above: await draft.neighbour(status, null, 'above', id), below: null };
}

type Neighbour = { status: TaskMove['status']; neighbour: string; member: 'before' | 'after' };

async function positionOf(
  draft: TaskDraft,
  id: string | null,
  { status, neighbour, member }: Neighbour,
): Promise<string> {
  if (neighbour === id) throw invalidValue({ path: member, message: 'must name another task' });
  const found = await draft.find(neighbour);
  if (found?.deletedAt !== null || found.task.status !== status) {
    throw invalidValue({ path: member, message: `names no task of the column ${status}: ${neighbour}` });
  }
  return found.task.position;
}

/** Whether a rank is in the gap already. */
export const isInGap = (rank: string, { above, below }: RankGap): boolean =>
  (above === null || above < rank) && (below === null || rank < below);
