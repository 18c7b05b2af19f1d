import type { BoardRules } from '@leanvibe/protocol/board';
import type { TaskStatus } from '@leanvibe/protocol/task';
import { statuses, statusTitles } from '../hub/task-values.ts';

type Transitions = BoardRules['columns'][TaskStatus]['allowed_transitions'];

const othersThan = (from: TaskStatus): TaskStatus[] => statuses.filter((status) => status !== from);

/** Whether tasks may go from one column to another. */
export const mayGo = (allowed: Transitions, to: TaskStatus): boolean => allowed === null || allowed.includes(to);

/** The rules of a column with a way opened or closed. All ways open is the same as no rule. */
export function withWay(allowed: Transitions, from: TaskStatus, to: TaskStatus, isOpen: boolean): Transitions {
  const open = othersThan(from).filter((status) => (status === to ? isOpen : mayGo(allowed, status)));
  return open.length === othersThan(from).length ? null : open;
}

/** What people call a rule, by its path. */
export function ruleLabel(path: string): string {
  if (path === 'require_approval_for_done') return 'Approval before done';
  if (path === 'enforce_dependencies') return 'Dependencies first';
  const [, status, rule] = path.split('.');
  const column = statusTitles[status as TaskStatus];
  return rule === 'wip_limit' ? `Most tasks in ${column}` : `Ways out of ${column}`;
}
