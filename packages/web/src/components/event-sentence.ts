import type { LeanVibeEvent } from '@leanvibe/protocol/event';
import type { Task } from '@leanvibe/protocol/task';
import { fieldTitle } from '../hub/command-text.ts';
import { statusTitles } from '../hub/task-values.ts';
import { changedFields } from './event-changes.ts';

/** An event in words, to be read after who acted: `did` the `subject` `rest`. */
export type EventSentence = {
  did: string;
  subject: { id: string; title: string; isThere: boolean } | null;
  rest: string;
};

// What is not about a task, after who acted.
const otherSentences: Readonly<Record<string, string>> = {
  metrics_updated: 'counted anew',
  analysis_complete: 'finished reading a project',
  decision_logged: 'logged a decision',
  voice_command_processed: 'handled a spoken command',
  notification_sent: 'sent a notification',
  agent_started: 'began to work',
  agent_progress: 'goes on',
  agent_completed: 'finished its work',
  agent_error: 'could not go on',
  file_changed: 'saw a file change',
  system_ready: 'is ready',
  system_error: 'has a problem',
};

const taskVerbs: Readonly<Record<string, string>> = {
  task_created: 'created',
  task_completed: 'completed',
  task_deleted: 'deleted',
  task_restored: 'restored',
  task_approval_requested: 'asked for approval of',
  task_approved: 'approved',
  task_rejected: 'rejected',
};

/** Puts an event into words. */
export function eventSentence({ type, data }: Pick<LeanVibeEvent, 'type' | 'data'>): EventSentence {
  const task = data['task'] as Task | undefined;
  if (task === undefined)
    return { did: otherSentences[type] ?? type.replaceAll('_', ' '), subject: null, rest: remarkIn(data) };
  const subject = { id: task.id, title: task.title, isThere: type !== 'task_deleted' };
  if (type === 'task_updated') return { ...updateWords(data['changes'], task), subject };
  return { did: taskVerbs[type] ?? type, subject, rest: restOf(type, task) };
}

function restOf(type: string, { status, approval }: Task): string {
  if (type === 'task_created') return `in ${statusTitles[status]}`;
  const isAboutApproval = /^task_(approval_requested|approved|rejected)$/.test(type);
  return isAboutApproval && approval?.reason ? `: “${approval.reason}”` : '';
}

const nameOf = (field: string): string => (field === 'approval' ? 'the approval' : fieldTitle(field));

function updateWords(changes: unknown, { status }: Task): Omit<EventSentence, 'subject'> {
  const fields = changedFields(changes);
  const [first, second] = fields;
  if (first === undefined) return { did: 'changed', rest: '' };
  if (fields.length === 1 && first === 'status') return { did: 'moved', rest: `to ${statusTitles[status]}` };
  if (fields.length === 1 && first === 'position') return { did: 'moved', rest: `within ${statusTitles[status]}` };
  if (fields.length === 1) return { did: `changed ${nameOf(first)} of`, rest: '' };
  if (fields.length === 2) return { did: `changed ${nameOf(first)} and ${nameOf(second!)} of`, rest: '' };
  return { did: `changed ${fields.length} things about`, rest: '' };
}

// Programs say what they do under one of these names.
const remarkNames = ['message', 'detail', 'decision', 'title', 'path', 'error', 'transcript'];

function remarkIn(data: Readonly<Record<string, unknown>>): string {
  const remark = remarkNames
    .map((name) => data[name])
    .find((value): value is string => typeof value === 'string' && value !== '');
  return remark === undefined ? '' : `: ${remark}`;
}
