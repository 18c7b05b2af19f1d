import type { ValidationIssue } from '@leanvibe/protocol/problem';
import type { Guard } from '../database/store.ts';
import { HubError } from '../hub-error.ts';

/** Refuses a request because of a value in it that only the state of the board shows to be wrong. */
export const invalidValue = (...errors: ValidationIssue[]): HubError =>
  new HubError('validation-failed', errors.map(({ path, message }) => `${path} ${message}.`).join(' '), {
    extensions: { errors },
  });

/** Refuses for there being no task of this id on the board. */
export const taskNotFound = (id: string): HubError =>
  new HubError('task-not-found', `There is no task ${id} in this workspace, or it is deleted.`);

/** Why a condition that did not hold at the commit refuses a change; null: it does not, the change has to be decided again. */
export function guardRefusal(guard: Guard, ids: readonly string[]): HubError | null {
  switch (guard.kind) {
    case 'column-at-most':
      return new HubError('wip-limit-reached', `The column ${guard.status} has its limit of ${guard.limit} tasks.`, {
        extensions: { column: guard.status, wip_limit: guard.limit },
      });
    case 'tasks-done':
      return new HubError('blocked-by-dependency', `Not done yet: ${ids.join(', ')}.`, {
        extensions: { blocked_by: ids },
      });
    case 'tasks-exist':
      return invalidValue({ path: 'depends_on', message: `names no task of this workspace: ${ids.join(', ')}` });
    case 'no-cycle':
      return new HubError('dependency-cycle', `The task ${guard.id} would wait, even indirectly, for itself.`);
    case 'document-version':
      return null;
  }
}
