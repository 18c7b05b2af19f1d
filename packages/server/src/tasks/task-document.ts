import type { Task } from '@leanvibe/protocol/task';
import type { TaskRow } from '../database/store.ts';

/** The text of a task that clients get: its members in the order of the schema, whatever order it was put together in. */
export const taskText = (task: Task): string =>
  JSON.stringify({
    id: task.id,
    client_id: task.client_id,
    version: task.version,
    title: task.title,
    description: task.description,
    status: task.status,
    priority: task.priority,
    position: task.position,
    assigned_to: task.assigned_to,
    confidence_score: task.confidence_score,
    estimated_hours: task.estimated_hours,
    actual_hours: task.actual_hours,
    due_at: task.due_at,
    started_at: task.started_at,
    completed_at: task.completed_at,
    tags: task.tags,
    depends_on: task.depends_on,
    approval: task.approval,
    metadata: task.metadata,
    created_at: task.created_at,
    updated_at: task.updated_at,
  } satisfies Task);

/** Reads a text that `taskText` made. */
export const readTask = (text: string): Task => JSON.parse(text) as Task;

/** A task as it is stored. `deletedAt` null: on the board. */
export const taskRow = (task: Task, deletedAt: string | null = null): TaskRow => ({
  id: task.id,
  version: task.version,
  status: task.status,
  priority: task.priority,
  position: task.position,
  title: task.title,
  description: task.description,
  assignedTo: task.assigned_to,
  approvalState: task.approval?.state ?? null,
  tags: task.tags,
  dependsOn: task.depends_on,
  createdAt: task.created_at,
  updatedAt: task.updated_at,
  dueAt: task.due_at,
  startedAt: task.started_at,
  completedAt: task.completed_at,
  deletedAt,
  doc: taskText(task),
});
