import type { Task } from '@leanvibe/protocol/task';
import type { SingleCommand } from './task-command.ts';

type Creation = Extract<SingleCommand, { kind: 'create' }>;

/** The version of a task that the server has not answered for yet. */
const draftVersion = 0;

/** Whether a task was made here and has no answer yet, so that nothing can be done with it. */
export const isDraft = (task: Task): boolean => task.version === draftVersion;

/** A new task as it will probably be, to be shown until the server has made it. */
export const draftOf = ({ id, body, createdAt }: Creation): Task => ({
  id,
  client_id: '',
  version: draftVersion,
  title: body.title,
  description: body.description ?? null,
  status: body.status ?? 'backlog',
  priority: body.priority ?? 'medium',
  // Behind everything: ranks are letters and digits.
  position: '~',
  assigned_to: body.assigned_to ?? null,
  confidence_score: body.confidence_score ?? null,
  estimated_hours: body.estimated_hours ?? null,
  actual_hours: body.actual_hours ?? null,
  due_at: body.due_at ?? null,
  started_at: null,
  completed_at: null,
  tags: body.tags ?? [],
  depends_on: body.depends_on ?? [],
  approval: null,
  metadata: body.metadata ?? {},
  created_at: createdAt,
  updated_at: createdAt,
});
