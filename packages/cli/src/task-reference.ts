import type { LeanVibeClient } from '@leanvibe/client/leanvibe-client';
import type { Task } from '@leanvibe/protocol/task';
import { assertEnding, isWholeId, pickByEnding } from './id-ending.ts';

/** The tasks that are named, each by its id or by an ending that no other task has. */
export async function resolveTasks(
  client: LeanVibeClient,
  references: readonly string[],
  signal: AbortSignal,
): Promise<Task[]> {
  for (const reference of references) assertEnding(reference, 'task');
  const known = references.every(isWholeId) ? [] : await Array.fromAsync(client.tasks.all({ limit: 1000 }, { signal }));
  const found: Task[] = [];
  for (const reference of references) {
    found.push(isWholeId(reference) ? await client.tasks.get(reference, { signal }) : pickTask(reference, known));
  }
  return found;
}

/** The task that is named, by its id or by an ending that no other task has. */
export async function resolveTask(client: LeanVibeClient, reference: string, signal: AbortSignal): Promise<Task> {
  return (await resolveTasks(client, [reference], signal))[0]!;
}

/** The one task whose id ends like this. */
export const pickTask = (reference: string, tasks: readonly Task[]): Task =>
  pickByEnding(reference, tasks, { one: 'task', several: 'tasks', label: ({ title }) => title });
