import { z } from 'zod';
import { ClientId, EventCursor } from './identifiers.ts';
import { Task, TaskStatus, taskPriorities, taskStatuses, type TaskStatus as Status } from './task.ts';
import { Timestamp } from './time.ts';

/** What stands above each column. */
export const columnTitles: Record<Status, string> = {
  backlog: 'Backlog',
  in_progress: 'In Progress',
  testing: 'Testing',
  done: 'Done',
};

/** One column with its tasks in order of rank. */
export const BoardColumn = z.strictObject({
  id: TaskStatus,
  title: z.string(),
  status: TaskStatus,
  wip_limit: z.int().min(1).nullable(),
  task_count: z.int().min(0),
  tasks: z.array(Task),
});

/** The whole board, and the event-log position of exactly this state. */
export const Board = z.strictObject({
  columns: z.array(BoardColumn),
  total_tasks: z.int().min(0),
  cursor: EventCursor,
});
export type Board = z.infer<typeof Board>;

const WipLimit = z.int().min(1).max(1_000_000).nullable();
const Transitions = z
  .array(TaskStatus)
  .max(taskStatuses.length)
  .refine((list) => new Set(list).size === list.length, 'must not name a column twice')
  .nullable()
  .meta({ description: 'The columns a task may go to from here; null: any' });

/** The rules of one column. */
export const ColumnRules = z.strictObject({ wip_limit: WipLimit, allowed_transitions: Transitions });
export type ColumnRules = z.infer<typeof ColumnRules>;

/** An object with one member per column. */
export const perColumn = <Schema extends z.ZodType>(schema: Schema) =>
  z.strictObject({ backlog: schema, in_progress: schema, testing: schema, done: schema });

/** The rules of a board. */
export const BoardRules = z.strictObject({
  client_id: ClientId,
  version: z.int().min(1),
  updated_at: Timestamp.nullable().meta({ description: 'null: never changed' }),
  columns: perColumn(ColumnRules),
  require_approval_for_done: z.boolean(),
  enforce_dependencies: z
    .boolean()
    .meta({ description: 'A task enters in_progress, testing or done only when all it depends on is done' }),
});
export type BoardRules = z.infer<typeof BoardRules>;

/** Body of `PUT /tasks/{client_id}/board/rules`: only the members that are present change. */
export const BoardRulesUpdate = z
  .strictObject({
    columns: perColumn(ColumnRules.partial()).partial(),
    require_approval_for_done: z.boolean(),
    enforce_dependencies: z.boolean(),
  })
  .partial();
export type BoardRulesUpdate = z.infer<typeof BoardRulesUpdate>;

const countsOf = (keys: readonly string[]) =>
  z.strictObject(Object.fromEntries(keys.map((key) => [key, z.int().min(0)])));

/** Figures about the board; zeros included. */
export const TaskStats = z.strictObject({
  total_tasks: z.int().min(0),
  by_status: countsOf(taskStatuses),
  by_priority: countsOf(taskPriorities),
  completion_rate: z.number().min(0).max(1).meta({ description: 'done / total; 0 on an empty board' }),
  avg_completion_time_hours: z
    .number()
    .nullable()
    .meta({ description: 'Mean time from creation to completion of the tasks that are done; null when there is none' }),
  last_updated: Timestamp.nullable(),
});
export type TaskStats = z.infer<typeof TaskStats>;
