import type { Board } from '@leanvibe/protocol/board';
import type { Task } from '@leanvibe/protocol/task';

/** The tasks that wait for a human's decision, the one that has waited longest first. */
export const pendingApprovals = (board: Board | undefined): Task[] =>
  (board?.columns ?? [])
    .flatMap(({ tasks }) => tasks.filter(({ approval }) => approval?.state === 'pending'))
    .toSorted((first, second) => (first.approval!.requested_at < second.approval!.requested_at ? -1 : 1));
