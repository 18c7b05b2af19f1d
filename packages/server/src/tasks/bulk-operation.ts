import type { ValidationIssue } from '@leanvibe/protocol/problem';
import { bulkOperationBodies, BulkOperationTarget, type BulkOperation } from '@leanvibe/protocol/task-bulk';
import { z } from 'zod';
import type { HubError } from '../hub-error.ts';
import { validationFailed, validationIssues } from '../http/validation-issues.ts';
import type { TaskChange, TaskOperation } from './task-decision.ts';

/** The kind of an operation of a bulk request. */
export type BulkKind = BulkOperation['op'];

/** An operation of a bulk request after checking; `refusal`: what is wrong with it. `id` null: it names no task. */
export type CheckedOperation = { kind: BulkKind; id: string | null } & (
  | { refusal: HubError }
  | { refusal: null; operation: TaskOperation; ifMatch: readonly number[] | null }
);

/** Checks one operation as the single request would be. */
export function checkBulkOperation(raw: BulkOperation): CheckedOperation {
  const { op: kind, task_id, id: alias, if_match, ...members } = raw;
  const named = Object.fromEntries(Object.entries({ task_id, id: alias, if_match }).filter(isGiven));
  if (kind === 'create') return checkCreation({ ...named, ...members });
  const target = BulkOperationTarget.safeParse(named);
  const id = target.data?.task_id ?? target.data?.id ?? null;
  const change = readChange(kind, members);
  const issues = [target.error, change instanceof z.ZodError ? change : undefined].flatMap(issuesOf);
  if (id === null || change instanceof z.ZodError || !target.success)
    return { kind, id, refusal: validationFailed(issues) };
  const version = target.data.if_match;
  return { kind, id, refusal: null, operation: { id, ...change }, ifMatch: version === undefined ? null : [version] };
}

function checkCreation(members: object): CheckedOperation {
  const body = bulkOperationBodies.create.safeParse(members);
  if (!body.success) return { kind: 'create', id: null, refusal: validationFailed(issuesOf(body.error)) };
  return { kind: 'create', id: null, refusal: null, operation: { kind: 'create', body: body.data }, ifMatch: null };
}

function readChange(kind: Exclude<BulkKind, 'create'>, members: object): TaskChange | z.ZodError {
  switch (kind) {
    case 'update': {
      const body = bulkOperationBodies.update.safeParse(members);
      return body.error ?? { kind, body: body.data };
    }
    case 'move': {
      const body = bulkOperationBodies.move.safeParse(members);
      return body.error ?? { kind, to: body.data };
    }
    case 'delete':
      return bulkOperationBodies.delete.safeParse(members).error ?? { kind };
  }
}

const isGiven = ([, value]: [string, unknown]): boolean => value !== undefined;

const issuesOf = (error: z.ZodError | undefined): ValidationIssue[] => (error ? validationIssues(error) : []);
