import type { TaskStats } from '@leanvibe/protocol/board';
import { taskPriorities, taskStatuses } from '@leanvibe/protocol/task';
import type { BoardFigures } from '../database/store.ts';

const millisecondsPerHour = 3_600_000;

/** The figures of a board as clients get them. */
export function taskStats({ counts, meanCompletionMs, lastUpdated }: BoardFigures): TaskStats {
  const total = sum(counts);
  const byStatus = taskStatuses.map((status) => [status, sum(counts.filter((row) => row.status === status))] as const);
  const byPriority = taskPriorities.map(
    (priority) => [priority, sum(counts.filter((row) => row.priority === priority))] as const,
  );
  const done = new Map(byStatus).get('done') ?? 0;
  return {
    total_tasks: total,
    by_status: Object.fromEntries(byStatus),
    by_priority: Object.fromEntries(byPriority),
    completion_rate: total === 0 ? 0 : done / total,
    avg_completion_time_hours: meanCompletionMs === null ? null : meanCompletionMs / millisecondsPerHour,
    last_updated: lastUpdated,
  };
}

const sum = (rows: BoardFigures['counts']): number => rows.reduce((total, { count }) => total + count, 0);
