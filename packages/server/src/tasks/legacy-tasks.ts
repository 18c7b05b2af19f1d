import { TransferTask } from './task-transfer-schema.ts';

/** A JSON object that nobody has checked yet. */
export type RawObject = Readonly<Record<string, unknown>>;

/**
 * The names that the original, in its several versions, and other boards give to a member of a task. Of several that are there the
 * first with a value counts: where the original kept both, the one named here first was the one it used.
 */
const legacyNames: Readonly<Record<string, readonly string[]>> = {
  id: ['id', 'task_id', 'uuid'],
  title: ['title', 'name', 'summary'],
  description: ['description', 'details', 'body'],
  status: ['status', 'state', 'column'],
  priority: ['priority'],
  position: ['position', 'order', 'rank'],
  assigned_to: ['assigned_to', 'assignee', 'assigned', 'owner'],
  confidence_score: ['confidence', 'confidence_score'],
  estimated_hours: ['estimated_effort', 'estimated_hours', 'estimate'],
  actual_hours: ['actual_effort', 'actual_hours', 'time_spent'],
  due_at: ['due_at', 'due_date', 'due', 'deadline'],
  started_at: ['started_at', 'start_date'],
  completed_at: ['completed_at', 'completed_date', 'done_at'],
  tags: ['tags', 'labels'],
  depends_on: ['depends_on', 'dependencies', 'blocked_by'],
  approval: ['approval'],
  metadata: ['metadata', 'meta'],
  version: ['version'],
  created_at: ['created_at', 'created', 'created_date'],
  updated_at: ['updated_at', 'updated', 'modified_at', 'last_updated'],
};

// Of these an empty text is a value like any other (and an empty title a mistake to be named); elsewhere it says "none".
const membersOfText: readonly string[] = ['title', 'description'];

const isMissing = (value: unknown, member = ''): boolean =>
  value === undefined ||
  value === null ||
  (value === '' && !membersOfText.includes(member)) ||
  (Array.isArray(value) && value.length === 0);

const isObject = (value: unknown): value is RawObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Brings a task of the original's `tasks.json`, or of another board, into the members of a task. What has no place among them is
 * kept under `metadata.imported`, so that an import loses nothing.
 */
export function modernTask(raw: RawObject): RawObject {
  const task = new Map<string, unknown>();
  const rest = new Map(Object.entries(raw));
  for (const [member, names] of Object.entries(legacyNames)) {
    const name = names.find((candidate) => !isMissing(raw[candidate], member));
    if (name !== undefined) {
      task.set(member, raw[name]);
      rest.delete(name);
    }
  }
  keepCompletionOfOpenTask(task, rest);
  // Written by this server: the workspace it stood in is not news, and there is nothing to keep.
  if (raw['version'] !== undefined) rest.delete('client_id');
  if (Array.isArray(task.get('tags'))) task.set('tags', tidyTags(task.get('tags') as unknown[]));
  const kept = [...rest].filter(([name, value]) => !isMissing(value) && !isSame(value, name, task));
  if (kept.length > 0) task.set('metadata', withImported(task.get('metadata'), Object.fromEntries(kept)));
  return Object.fromEntries(task);
}

/** Adds what was found in the imported file to the metadata of a task, beside what is noted there already. */
export function withImported(metadata: unknown, found: RawObject): unknown {
  if (metadata !== undefined && metadata !== null && !isObject(metadata)) return metadata;
  const imported = isObject(metadata?.['imported']) ? metadata['imported'] : {};
  return { ...metadata, imported: { ...imported, ...found } };
}

// A time of completion belongs to a task that is done; on others the original left it standing after they were reopened.
function keepCompletionOfOpenTask(task: Map<string, unknown>, rest: Map<string, unknown>): void {
  const completedAt = task.get('completed_at');
  if (completedAt === undefined) return;
  const status = TransferTask.shape.status.safeParse(task.get('status') ?? 'backlog');
  if (!status.success || status.data === 'done') return;
  task.delete('completed_at');
  rest.set('completed_at', completedAt);
}

// The original let a tag stand twice, or empty; neither says anything.
function tidyTags(tags: readonly unknown[]): unknown[] {
  const trimmed = tags.map((tag) => (typeof tag === 'string' ? tag.trim() : tag));
  return [...new Set(trimmed.filter((tag) => tag !== ''))];
}

// A second name for a value that was taken under the first, as the original wrote `confidence` and `confidence_score`.
function isSame(value: unknown, name: string, task: ReadonlyMap<string, unknown>): boolean {
  const member = Object.entries(legacyNames).find(([, names]) => names.includes(name))?.[0];
  return member !== undefined && task.get(member) === value;
}
