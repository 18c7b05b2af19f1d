import { z } from 'zod';
import { ApprovalRequest, ApproveRequest, RejectRequest } from './approval.ts';
import { Board, BoardRules, BoardRulesUpdate, TaskStats } from './board.ts';
import { LeanVibeEvent } from './event.ts';
import { ClientId, EntityId } from './identifiers.ts';
import { anyOf, pageQuery } from './list-query.ts';
import { route } from './route.ts';
import {
  approvalStates,
  Task,
  TaskCreate,
  TaskMove,
  TaskPriorityInput,
  TaskStatusInput,
  TaskUpdate,
  taskSortKeys,
} from './task.ts';
import { BulkRequest, BulkResponse } from './task-bulk.ts';
import { TaskExport, TaskImport, TaskImportResult } from './task-transfer.ts';
import { TimestampInput } from './time.ts';

const workspace = z.strictObject({ client_id: ClientId });
const oneTask = z.strictObject({ client_id: ClientId, task_id: EntityId });

const sorts = taskSortKeys.flatMap((key) => [key, `-${key}`] as const);

/** The query of `GET /tasks/{client_id}`. */
export const TaskQuery = z.strictObject({
  status: anyOf(TaskStatusInput),
  priority: anyOf(TaskPriorityInput),
  assigned_to: anyOf(z.string().max(255)),
  tag: anyOf(z.string().max(64)),
  q: z.string().max(1000).optional().meta({ description: 'Words in title, description and tags; all must be there' }),
  approval: anyOf(z.enum([...approvalStates, 'none'])),
  created_after: TimestampInput.optional(),
  created_before: TimestampInput.optional(),
  due_before: TimestampInput.optional(),
  sort: z.enum(sorts).default('position'),
  ...pageQuery,
});
export type TaskQuery = z.output<typeof TaskQuery>;

const task = { description: 'The task', body: Task, headers: ['ETag'] } as const;
const boardRefusals = [
  'wip-limit-reached',
  'approval-required',
  'transition-not-allowed',
  'blocked-by-dependency',
] as const;
const changeErrors = [
  'task-not-found',
  'version-conflict',
  'dependency-cycle',
  'write-contention',
  ...boardRefusals,
] as const;
const update = {
  path: '/tasks/{client_id}/{task_id}',
  tag: 'Tasks',
  description: 'Only the members that are present change; null only where null is allowed.',
  access: 'write',
  params: oneTask,
  body: TaskUpdate,
  versioned: true,
  answers: { 200: task },
  errors: changeErrors,
} as const;

/** The routes of the task board. */
export const taskRoutes = {
  createTask: route({
    method: 'POST',
    path: '/tasks/{client_id}',
    tag: 'Tasks',
    summary: 'Create a task',
    access: 'write',
    params: workspace,
    body: TaskCreate,
    answers: { 201: { description: 'The new task', body: Task, headers: ['Location', 'ETag'] } },
    errors: ['write-contention', ...boardRefusals],
  }),
  listTasks: route({
    method: 'GET',
    path: '/tasks/{client_id}',
    tag: 'Tasks',
    summary: 'List tasks',
    description: 'Repeat a filter for "any of". `approval=none` finds tasks without one.',
    access: 'read',
    params: workspace,
    query: TaskQuery,
    answers: {
      200: { description: 'A page of tasks', body: z.array(Task), headers: ['ETag', 'Link', 'X-Total-Count'] },
    },
    errors: ['cursor-invalid'],
  }),
  bulkTasks: route({
    method: 'POST',
    path: '/tasks/{client_id}/bulk',
    tag: 'Tasks',
    summary: 'Do up to 1000 operations',
    description: 'Each operation has its own result. With `atomic: true` all are done or none.',
    access: 'write',
    params: workspace,
    body: BulkRequest,
    answers: { 200: { description: 'What became of each operation', body: BulkResponse } },
    errors: ['write-contention'],
  }),
  getBoard: route({
    method: 'GET',
    path: '/tasks/{client_id}/board',
    tag: 'Board',
    summary: 'The whole board and its place in the event log',
    access: 'read',
    params: workspace,
    answers: { 200: { description: 'The board', body: Board, headers: ['ETag'] } },
  }),
  getBoardRules: route({
    method: 'GET',
    path: '/tasks/{client_id}/board/rules',
    tag: 'Board',
    summary: 'The rules of the board',
    access: 'read',
    params: workspace,
    answers: { 200: { description: 'The rules', body: BoardRules, headers: ['ETag'] } },
  }),
  updateBoardRules: route({
    method: 'PUT',
    path: '/tasks/{client_id}/board/rules',
    tag: 'Board',
    summary: 'Change the rules of the board',
    description:
      'Only the members that are present change. Not for agents: who may not approve may not do away with the need for it.',
    access: 'decide',
    params: workspace,
    body: BoardRulesUpdate,
    versioned: true,
    answers: { 200: { description: 'The rules as they are now', body: BoardRules, headers: ['ETag'] } },
    errors: ['version-conflict', 'write-contention'],
  }),
  getTaskStats: route({
    method: 'GET',
    path: '/tasks/{client_id}/stats',
    tag: 'Board',
    summary: 'Figures about the board',
    access: 'read',
    params: workspace,
    answers: { 200: { description: 'The figures', body: TaskStats, headers: ['ETag'] } },
  }),
  exportTasks: route({
    method: 'GET',
    path: '/tasks/{client_id}/export',
    tag: 'Tasks',
    summary: 'All tasks and rules as one file',
    access: 'read',
    params: workspace,
    query: z.strictObject({ format: z.enum(['json', 'csv']).default('json') }),
    answers: {
      200: {
        description: 'The file, as an attachment (with `format=csv` as text/csv)',
        body: TaskExport,
        otherMediaTypes: ['text/csv'],
        headers: ['Content-Disposition'],
      },
    },
  }),
  importTasks: route({
    method: 'POST',
    path: '/tasks/{client_id}/import',
    tag: 'Tasks',
    summary: 'Import tasks from a file',
    description:
      'An export, an array of tasks, or the original tasks.json (an object of id to task). One bad task and nothing is imported.',
    access: 'write',
    params: workspace,
    query: z.strictObject({
      on_conflict: z
        .enum(['refuse', 'skip'])
        .default('refuse')
        .meta({ description: 'What to do with tasks that exist already' }),
      dry_run: z
        .enum(['true', 'false'])
        .default('false')
        .transform((text) => text === 'true')
        .meta({ description: 'Answers, or refuses, as the import would, and changes nothing' }),
    }),
    body: TaskImport,
    bodyLimit: 67_108_864,
    answers: { 200: { description: 'What was imported', body: TaskImportResult } },
    errors: ['import-refused', 'task-exists', 'dependency-cycle'],
  }),
  getTask: route({
    method: 'GET',
    path: '/tasks/{client_id}/{task_id}',
    tag: 'Tasks',
    summary: 'Read a task',
    access: 'read',
    params: oneTask,
    answers: { 200: task },
    errors: ['task-not-found'],
  }),
  updateTask: route({ method: 'PUT', summary: 'Change a task', ...update }),
  patchTask: route({ method: 'PATCH', summary: 'Change a task', ...update }),
  deleteTask: route({
    method: 'DELETE',
    path: '/tasks/{client_id}/{task_id}',
    tag: 'Tasks',
    summary: 'Delete a task',
    description: 'It can be restored for 30 days.',
    access: 'write',
    params: oneTask,
    versioned: true,
    answers: { 204: { description: 'Deleted' } },
    errors: ['task-not-found', 'version-conflict', 'write-contention'],
  }),
  restoreTask: route({
    method: 'POST',
    path: '/tasks/{client_id}/{task_id}/restore',
    tag: 'Tasks',
    summary: 'Restore a deleted task',
    access: 'write',
    params: oneTask,
    versioned: true,
    answers: { 200: task },
    errors: ['task-not-found', 'task-not-deleted', 'version-conflict', 'wip-limit-reached', 'write-contention'],
  }),
  moveTask: route({
    method: 'POST',
    path: '/tasks/{client_id}/{task_id}/move',
    tag: 'Board',
    summary: 'Move a task to a place on the board',
    description: 'Before or after a neighbour; with neither, to the end of the column.',
    access: 'write',
    params: oneTask,
    body: TaskMove,
    versioned: true,
    answers: { 200: task },
    errors: changeErrors,
  }),
  getTaskHistory: route({
    method: 'GET',
    path: '/tasks/{client_id}/{task_id}/history',
    tag: 'Tasks',
    summary: 'The events of a task, oldest first',
    description: 'Also of a deleted task. Reaches back as far as the event log is kept.',
    access: 'read',
    params: oneTask,
    query: z.strictObject(pageQuery),
    answers: {
      200: { description: 'A page of events', body: z.array(LeanVibeEvent), headers: ['Link', 'X-Total-Count'] },
    },
    errors: ['task-not-found', 'cursor-invalid'],
  }),
  requestApproval: route({
    method: 'POST',
    path: '/tasks/{client_id}/{task_id}/approval',
    tag: 'Approvals',
    summary: "Ask for a human's approval",
    description: 'Bound to the present version: a later change to the work voids it.',
    access: 'write',
    params: oneTask,
    body: ApprovalRequest,
    versioned: true,
    answers: { 200: task },
    errors: ['task-not-found', 'approval-conflict', 'version-conflict', 'write-contention'],
  }),
  approveTask: route({
    method: 'POST',
    path: '/tasks/{client_id}/{task_id}/approve',
    tag: 'Approvals',
    summary: 'Approve a task',
    access: 'decide',
    params: oneTask,
    body: ApproveRequest,
    bodyOptional: true,
    versioned: true,
    answers: { 200: task },
    errors: ['task-not-found', 'approval-conflict', 'version-conflict', 'write-contention'],
  }),
  rejectTask: route({
    method: 'POST',
    path: '/tasks/{client_id}/{task_id}/reject',
    tag: 'Approvals',
    summary: 'Reject a task',
    access: 'decide',
    params: oneTask,
    body: RejectRequest,
    versioned: true,
    answers: { 200: task },
    errors: ['task-not-found', 'approval-conflict', 'version-conflict', 'write-contention'],
  }),
} as const;
