import { z } from 'zod';
import { EntityId, EntityIdOutput } from './identifiers.ts';
import { ProblemDetails } from './problem.ts';
import { Task, TaskCreate, TaskMove, TaskUpdate } from './task.ts';

/** The kinds of operation in a bulk request. */
export const bulkOperationKinds = ['create', 'update', 'move', 'delete'] as const;

/**
 * One operation of a bulk request: its kind, for all but `create` the task it is about, and beside them the members of the body
 * that the single request would have. What is wrong with one operation is answered in its own result, so that only `op` is checked
 * with the request.
 */
export const BulkOperation = z
  .looseObject({
    op: z.enum(bulkOperationKinds),
    task_id: z
      .unknown()
      .optional()
      .meta({ type: 'string', format: 'uuid', description: 'The task (not for `create`); `id` is an alias' }),
    id: z.unknown().optional().meta({ type: 'string', format: 'uuid', description: 'Alias of `task_id`' }),
    if_match: z
      .unknown()
      .optional()
      .meta({ type: 'integer', minimum: 1, description: 'The version the task must have' }),
  })
  .meta({ description: 'Beside these members: those of the body of the single request' });
export type BulkOperation = z.infer<typeof BulkOperation>;

const oneName = ({ task_id, id }: { task_id?: string | undefined; id?: string | undefined }): boolean =>
  (task_id === undefined) !== (id === undefined) || (task_id !== undefined && task_id === id);

/** The task that an operation is about, and the version it must have. */
export const BulkOperationTarget = z
  .strictObject({ task_id: EntityId.optional(), id: EntityId.optional(), if_match: z.int().min(1).optional() })
  .refine(oneName, { message: 'is required, once', path: ['task_id'] });

/** The body that each kind of operation has when sent alone. */
export const bulkOperationBodies = {
  create: TaskCreate,
  update: TaskUpdate,
  move: TaskMove,
  delete: z.strictObject({}),
} as const;

/** Body of `POST /tasks/{client_id}/bulk`. */
export const BulkRequest = z.strictObject({
  operations: z.array(BulkOperation).min(1).max(1000),
  atomic: z.boolean().default(false).meta({ description: 'All or nothing' }),
});
export type BulkRequest = z.infer<typeof BulkRequest>;

/** What became of one operation: the status, and the body, that the single request would have been answered with. */
export const BulkResult = z.strictObject({
  index: z.int().min(0),
  op: z.enum(bulkOperationKinds),
  status: z
    .int()
    .meta({ description: '200, 201 or 204; the status of the problem; 424 when an atomic request failed elsewhere' }),
  task_id: EntityIdOutput.nullable(),
  task: Task.nullable(),
  error: ProblemDetails.nullable(),
});
export type BulkResult = z.infer<typeof BulkResult>;

/** The answer to a bulk request: a result for each operation, in order. */
export const BulkResponse = z.strictObject({
  results: z.array(BulkResult),
  succeeded: z.int().min(0),
  failed: z.int().min(0),
});
export type BulkResponse = z.infer<typeof BulkResponse>;
