import type { LeanVibeClient } from '@leanvibe/client/leanvibe-client';
import type { Task } from '@leanvibe/protocol/task';

/** The tasks that are deleted and not restored, as far back as the event log reaches. */
export async function deletedTasks(client: LeanVibeClient, signal: AbortSignal): Promise<Task[]> {
  const deleted = new Map<string, Task>();
  for await (const { type, data } of client.events.all({ limit: 1000 }, { signal })) {
    const { task } = data as { task?: Task };
    if (task === undefined) continue;
    if (type === 'task_deleted') deleted.set(task.id, task);
    if (type === 'task_restored') deleted.delete(task.id);
  }
  return [...deleted.values()];
}
