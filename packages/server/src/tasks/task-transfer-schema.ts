import { BoardRules } from '@leanvibe/protocol/board';
import {
  approvalStates,
  TaskUpdate,
  taskPriorities,
  taskStatuses,
  type TaskPriority,
  type TaskStatus,
} from '@leanvibe/protocol/task';
import { textUpTo } from '@leanvibe/protocol/text';
import { z } from 'zod';
import { readTime } from './legacy-tasks-time.ts';

const statusAliases: Readonly<Record<TaskStatus, readonly string[]>> = {
  backlog: ['backlog', 'todo', 'to_do', 'open', 'new', 'pending', 'later'],
  in_progress: ['in_progress', 'inprogress', 'doing', 'started', 'active', 'wip', 'work_in_progress'],
  testing: ['testing', 'test', 'qa', 'review', 'in_review', 'in_testing'],
  done: ['done', 'completed', 'complete', 'closed', 'finished'],
};

const priorityAliases: Readonly<Record<TaskPriority, readonly string[]>> = {
  low: ['low', 'lowest', 'minor'],
  medium: ['medium', 'normal', 'med'],
  high: ['high', 'important', 'major'],
  critical: ['critical', 'urgent', 'highest', 'blocker'],
};

// Python prints a member of an enumeration as `TaskStatus.IN_PROGRESS`.
const plainWord = (text: string): string =>
  text
    .trim()
    .toLowerCase()
    .replace(/^task(status|priority)\./, '')
    .replaceAll(/[\s-]+/g, '_');

const word = <Value extends string>(values: readonly Value[], aliases: Readonly<Record<Value, readonly string[]>>) =>
  z.string().transform((text, context): Value => {
    const value = values.find((candidate) => aliases[candidate].includes(plainWord(text)));
    if (value !== undefined) return value;
    context.addIssue({ code: 'custom', message: `must be one of ${values.join(', ')}` });
    return z.NEVER;
  });

const TransferTime = z.string().transform((text, context): string => {
  const time = readTime(text);
  if (time !== null) return time;
  context.addIssue({ code: 'custom', message: 'must be a time, such as 2026-11-22T11:05:12Z' });
  return z.NEVER;
});

// What is imported is counted on from: near 2^53 there would be no next version.
const Version = z.int().min(1).max(1_000_000_000_000);

const Person = textUpTo(1024);

const TransferApproval = z.strictObject({
  state: z.enum(approvalStates),
  requested_by: Person,
  requested_at: TransferTime,
  decided_by: Person.nullable().default(null),
  decided_at: TransferTime.nullable().default(null),
  reason: textUpTo(16_384).nullable().default(null),
  task_version: Version,
});

/** The rules of a board as they stand in an export. */
export const TransferRules = BoardRules.extend({ version: Version });

const accepted = TaskUpdate.shape;

/** A task as it stands in a file: only the title must be there, and words and times may be spelt as the original spelt them. */
export const TransferTask = z.strictObject({
  id: z.union([z.string().min(1), z.number()]).optional(),
  client_id: z.unknown().optional(),
  version: Version.default(1),
  title: accepted.title.unwrap(),
  description: textUpTo(65_536).nullable().default(null),
  status: word(taskStatuses, statusAliases).default('backlog'),
  priority: word(taskPriorities, priorityAliases).default('medium'),
  position: z.union([z.string(), z.number()]).nullable().default(null),
  assigned_to: accepted.assigned_to.unwrap().default(null),
  confidence_score: accepted.confidence_score.unwrap().default(null),
  estimated_hours: accepted.estimated_hours.unwrap().default(null),
  actual_hours: accepted.actual_hours.unwrap().default(null),
  due_at: TransferTime.nullable().default(null),
  started_at: TransferTime.nullable().default(null),
  completed_at: TransferTime.nullable().default(null),
  tags: accepted.tags.unwrap().default([]),
  depends_on: z
    .array(z.union([z.string(), z.number()]))
    .max(256, 'must have at most 256 dependencies')
    .default([]),
  approval: TransferApproval.nullable().default(null),
  metadata: accepted.metadata.unwrap().default({}),
  created_at: TransferTime.optional(),
  updated_at: TransferTime.optional(),
});
export type TransferTask = z.output<typeof TransferTask>;
