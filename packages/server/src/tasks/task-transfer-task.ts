import type { Task } from '@leanvibe/protocol/task';
import type { IdentifiedRecord } from './task-transfer-ids.ts';

/** A task of a file as it will stand in the workspace, but for its rank, which depends on the others of its column. */
export type PlacelessTask = Omit<Task, 'position'>;

/** Fills in what the file leaves out. `now`: for tasks without times; `lowestVersion`: versions of an id never go back. */
export function importedTask(
  { record, id, dependsOn }: IdentifiedRecord,
  clientId: string,
  now: string,
  lowestVersion: number,
): PlacelessTask {
  const { id: _id, client_id: _workspace, position: _position, depends_on: _dependsOn, ...content } = record.task;
  const createdAt = content.created_at ?? content.updated_at ?? now;
  const updatedAt = content.updated_at ?? createdAt;
  return {
    ...content,
    id,
    client_id: clientId,
    version: Math.max(content.version, lowestVersion),
    depends_on: dependsOn,
    // Done and having a time of completion are the same thing to everything that counts tasks.
    completed_at: content.status === 'done' ? (content.completed_at ?? updatedAt) : null,
    created_at: createdAt,
    updated_at: updatedAt,
  };
}
