import { z } from 'zod';
import { ClientId, EntityId, EntityIdOutput } from './identifiers.ts';
import { jsonObjectUpTo, textUpTo, trimmedText } from './text.ts';
import { Timestamp, TimestampInput } from './time.ts';

/** The columns of the board, in order. */
export const taskStatuses = ['backlog', 'in_progress', 'testing', 'done'] as const;
export type TaskStatus = (typeof taskStatuses)[number];
/** A column of the board, as the server writes it. */
export const TaskStatus = z.enum(taskStatuses);

/** A status as clients may send it: `todo` is read as `backlog`. */
export const TaskStatusInput = z
  .enum([...taskStatuses, 'todo'])
  .transform((status): TaskStatus => (status === 'todo' ? 'backlog' : status));

/** Priorities of a task, ascending. */
export const taskPriorities = ['low', 'medium', 'high', 'critical'] as const;
export type TaskPriority = (typeof taskPriorities)[number];
/** A priority of a task, as the server writes it. */
export const TaskPriority = z.enum(taskPriorities);

/** A priority as clients may send it: `urgent` is read as `critical`. */
export const TaskPriorityInput = z
  .enum([...taskPriorities, 'urgent'])
  .transform((priority): TaskPriority => (priority === 'urgent' ? 'critical' : priority));

/** What can have become of a request for approval. */
export const approvalStates = ['pending', 'approved', 'rejected'] as const;
export type ApprovalState = (typeof approvalStates)[number];

/** A request for a human's decision about a task, bound to the version of the task it was asked for. */
export const Approval = z.strictObject({
  state: z.enum(approvalStates),
  requested_by: z.string(),
  requested_at: Timestamp,
  decided_by: z.string().nullable(),
  decided_at: Timestamp.nullable(),
  reason: z
    .string()
    .nullable()
    .meta({ description: 'While pending: the note of who asked. Afterwards: the reason or comment of who decided.' }),
  task_version: z.int().min(1).meta({ description: 'The version of the task that was submitted for approval' }),
});
export type Approval = z.infer<typeof Approval>;

/** A unit of work on the board. */
export const Task = z.strictObject({
  id: EntityIdOutput,
  client_id: ClientId,
  version: z.int().min(1),
  title: z.string(),
  description: z.string().nullable().meta({ description: 'Markdown' }),
  status: TaskStatus,
  priority: TaskPriority,
  position: z.string().meta({ description: 'Rank within the column, made by the server; compares as bytes' }),
  assigned_to: z.string().nullable(),
  confidence_score: z.number().min(0).max(1).nullable(),
  estimated_hours: z.number().min(0).nullable(),
  actual_hours: z.number().min(0).nullable(),
  due_at: Timestamp.nullable(),
  started_at: Timestamp.nullable().meta({
    description: 'When work first began (left the backlog for a column before done)',
  }),
  completed_at: Timestamp.nullable().meta({ description: 'When it last entered done; null while it is not done' }),
  tags: z.array(z.string()),
  depends_on: z.array(EntityIdOutput),
  approval: Approval.nullable(),
  metadata: z.record(z.string(), z.unknown()),
  created_at: Timestamp,
  updated_at: Timestamp,
});
export type Task = z.infer<typeof Task>;

const unique = (items: readonly string[]): boolean => new Set(items).size === items.length;

const Tags = z
  .array(trimmedText(1, 64))
  .max(32, 'must have at most 32 tags')
  .refine(unique, 'must not name a tag twice');
const DependsOn = z
  .array(EntityId)
  .max(256, 'must have at most 256 dependencies')
  .refine(unique, 'must not name a task twice');
const Hours = z.number().min(0).max(1_000_000);

/** Everything about a task that a client may set, each member as it is accepted. */
const settable = {
  title: trimmedText(1, 255),
  description: textUpTo(65_536).nullable(),
  status: TaskStatusInput,
  priority: TaskPriorityInput,
  assigned_to: trimmedText(1, 255).nullable(),
  confidence_score: z.number().min(0).max(1).nullable(),
  estimated_hours: Hours.nullable(),
  actual_hours: Hours.nullable(),
  due_at: TimestampInput.nullable(),
  tags: Tags,
  depends_on: DependsOn,
  metadata: jsonObjectUpTo(16_384),
};

/** Body of `POST /tasks/{client_id}`. */
export const TaskCreate = z.strictObject({ ...z.object(settable).partial().shape, title: settable.title });
export type TaskCreate = z.infer<typeof TaskCreate>;

/** Body of `PUT` and `PATCH /tasks/{client_id}/{task_id}`: only the members that are present change. */
export const TaskUpdate = z.strictObject(settable).partial();
export type TaskUpdate = z.infer<typeof TaskUpdate>;

/** The members of a task that a client may set. */
export const settableTaskFields = Object.keys(settable) as (keyof TaskUpdate)[];

const placement = {
  status: TaskStatusInput.optional(),
  target_status: TaskStatusInput.optional().meta({ description: 'Alias of `status`' }),
  before: EntityId.optional().meta({ description: 'Stand directly before this task of the target column' }),
  after: EntityId.optional().meta({ description: 'Stand directly after this task of the target column' }),
};

/** Where a task is to stand, once the alias is resolved. */
export type TaskMove = { status: TaskStatus; before?: string | undefined; after?: string | undefined };

type PlacementInput = {
  status?: TaskStatus | undefined;
  target_status?: TaskStatus | undefined;
  before?: string | undefined;
  after?: string | undefined;
};

const oneStatus = (move: PlacementInput): boolean => (move.status === undefined) !== (move.target_status === undefined);
const oneNeighbour = (move: PlacementInput): boolean => move.before === undefined || move.after === undefined;
const statusMessage = { message: 'exactly one of status and target_status is required', path: ['status'] };
const neighbourMessage = { message: 'only one of before and after may be given', path: ['after'] };

/** Body of `POST /tasks/{client_id}/{task_id}/move`. */
export const TaskMove = z
  .strictObject(placement)
  .refine(oneStatus, statusMessage)
  .refine(oneNeighbour, neighbourMessage)
  .transform(({ status, target_status, before, after }): TaskMove => ({
    status: (status ?? target_status)!,
    before,
    after,
  }));

/** What a list of tasks can be sorted by; `-` before a key means descending. */
export const taskSortKeys = ['position', 'created_at', 'updated_at', 'priority', 'due_at'] as const;
export type TaskSortKey = (typeof taskSortKeys)[number];
