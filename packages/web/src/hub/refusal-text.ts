import type { LeanVibeError } from '@leanvibe/client/leanvibe-error';
import type { TaskStatus } from '@leanvibe/protocol/task';
import { quoted } from './command-text.ts';
import { statusTitles } from './task-values.ts';

/** What a person can do about a refusal; the detail of the server says what is wrong. */
const advice: Readonly<Record<string, string>> = {
  'wip-limit-reached': 'Move a task out of the column first, or raise its limit in the settings.',
  'approval-required': 'Open the task and ask for approval.',
  'transition-not-allowed': 'The rules in the settings say which columns follow.',
  'blocked-by-dependency': 'Finish what it waits for first.',
  'task-not-found': 'Somebody else has deleted it.',
  'version-conflict': 'Somebody else has changed it meanwhile: look at it again.',
  'write-contention': 'Try again.',
  'storage-full': 'Free some space on the disk of the server.',
  'network-failure': 'Nothing was changed.',
  'timed-out': 'It may have been done all the same: look at the task.',
};

const idPattern = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
const statusPattern = /\b(?:backlog|in_progress|testing|done)\b/g;

const columnTitle = (status: unknown): string => statusTitles[status as TaskStatus] ?? String(status);

/** What is wrong, with the columns called as they are on the board. */
function reasonOf({ code, detail, problem }: LeanVibeError): string {
  switch (code) {
    case 'wip-limit-reached': {
      const limit = Number(problem?.['wip_limit']);
      return problem === undefined
        ? detail
        : `${columnTitle(problem['column'])} is full: it may have ${limit === 1 ? 'one task' : `${limit} tasks`}.`;
    }
    case 'transition-not-allowed':
      return detail.replace(statusPattern, columnTitle);
    default:
      return detail;
  }
}

/** Why something was refused and what to do about it, in sentences for people: tasks are called by their titles. */
export function refusalText(
  error: LeanVibeError,
  titleOf: (taskId: string) => string | undefined = () => undefined,
): string {
  const reason = reasonOf(error).replace(idPattern, (id) => quoted(titleOf(id) ?? id));
  return [reason, advice[error.code]].filter(Boolean).join(' ');
}
