import type { inputSchemas, outputSchemas } from './named-schemas.ts';

const taskId = '019aa0c2-7c1e-7d4c-9d2f-5b7a3c1d9e01';
const otherTaskId = '019aa0c3-10b2-7a6e-8c41-2f9d7e5b6a02';
const cursor = 'q1Zr8WkA.41';
const time = '2026-11-22T11:05:12.345Z';

const task = {
  id: taskId,
  client_id: 'my-project',
  version: 3,
  title: 'Retry the upload when the network is back',
  description: 'Resume from the last *acknowledged* part.',
  status: 'in_progress',
  priority: 'high',
  position: 'a1',
  assigned_to: 'claude',
  confidence_score: 0.86,
  estimated_hours: 2,
  actual_hours: null,
  due_at: '2026-11-30T17:00:00.000Z',
  started_at: time,
  completed_at: null,
  tags: ['network', 'ios'],
  depends_on: [],
  approval: null,
  metadata: { branch: 'retry-upload' },
  created_at: '2026-11-22T10:58:00.000Z',
  updated_at: time,
};

const event = {
  id: '019aa0c2-9a10-7b3f-a1c2-8d4e6f7a9b10',
  type: 'task_created',
  seq: 41,
  cursor,
  client_id: 'my-project',
  channel: 'tasks',
  priority: 'medium',
  timestamp: time,
  actor: { kind: 'agent', id: 'claude' },
  data: { task },
};

const anyColumn = { wip_limit: null, allowed_transitions: null };
const boardRules = {
  client_id: 'my-project',
  version: 2,
  updated_at: time,
  columns: {
    backlog: anyColumn,
    in_progress: { wip_limit: 3, allowed_transitions: ['backlog', 'testing'] },
    testing: anyColumn,
    done: anyColumn,
  },
  require_approval_for_done: true,
  enforce_dependencies: true,
};

const token = {
  id: '019aa0c2-0d01-7e55-b0a1-1c2d3e4f5a6b',
  name: 'build agent',
  admin: false,
  client_ids: ['my-project'],
  role: 'agent',
  created_at: time,
  expires_at: null,
  revoked_at: null,
  last_used_at: null,
};

/** An example of each schema that is worth one, by the name it has in the documents. */
export const schemaExamples: Partial<Record<keyof typeof inputSchemas | keyof typeof outputSchemas, unknown>> = {
  TaskCreate: {
    title: 'Retry the upload when the network is back',
    priority: 'high',
    assigned_to: 'claude',
    tags: ['network', 'ios'],
  },
  TaskUpdate: { status: 'testing', actual_hours: 1.5, due_at: null },
  TaskMove: { status: 'in_progress', after: otherTaskId },
  BulkRequest: {
    atomic: true,
    operations: [
      { op: 'create', title: 'Write the release notes' },
      { op: 'move', task_id: taskId, status: 'done' },
      { op: 'delete', task_id: otherTaskId, if_match: 2 },
    ],
  },
  TaskImport: [{ title: 'A task from elsewhere', status: 'backlog' }],
  BoardRulesUpdate: { columns: { in_progress: { wip_limit: 3 } }, require_approval_for_done: true },
  ApprovalRequest: { requested_by: 'claude', note: 'All tests pass; please look at the migration.' },
  ApproveRequest: { comment: 'Good work.' },
  RejectRequest: { reason: 'The migration cannot be undone.' },
  StreamingPreferencesUpdate: { enabled_channels: ['tasks', 'agent'], max_events_per_second: 20 },
  TokenCreate: { name: 'build agent', client_ids: ['my-project'], role: 'agent' },
  Task: task,
  LeanVibeEvent: event,
  BoardRules: boardRules,
  Board: {
    columns: [
      { id: 'in_progress', title: 'In Progress', status: 'in_progress', wip_limit: 3, task_count: 1, tasks: [task] },
    ],
    total_tasks: 1,
    cursor,
  },
  TaskStats: {
    total_tasks: 4,
    by_status: { backlog: 2, in_progress: 1, testing: 0, done: 1 },
    by_priority: { low: 0, medium: 3, high: 1, critical: 0 },
    completion_rate: 0.25,
    avg_completion_time_hours: 1.5,
    last_updated: time,
  },
  BulkResponse: {
    results: [{ index: 0, op: 'move', status: 200, task_id: taskId, task, error: null }],
    succeeded: 1,
    failed: 0,
  },
  TaskExport: {
    format: 'leanvibe-tasks',
    format_version: 1,
    client_id: 'my-project',
    exported_at: time,
    board_rules: boardRules,
    tasks: [task],
  },
  TaskImportResult: { imported: 12, skipped: 0 },
  Token: token,
  TokenCreated: { ...token, token: 'lv_9mXk…' },
  PairingLink: { url: 'http://127.0.0.1:8765/pair?code=…', expires_at: time },
  Health: {
    status: 'ok',
    version: '1.0.0',
    uptime_seconds: 86_400,
    components: { TaskService: { status: 'ok' }, ConnectionManager: { status: 'ok', connections: 12 } },
  },
  ProblemDetails: {
    type: 'urn:leanvibe:problem:validation-failed',
    title: 'The request is not valid',
    status: 400,
    detail: 'title: must have 1 to 255 characters after trimming',
    code: 'validation-failed',
    instance: '/tasks/my-project',
    request_id: '019aa0c2-7c1e-7d4c-9d2f-5b7a3c1d9e77',
    errors: [{ path: 'title', message: 'must have 1 to 255 characters after trimming' }],
  },
};
