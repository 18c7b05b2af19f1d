import type { ValidationIssue } from '@leanvibe/protocol/problem';
import type { z } from 'zod';
import { HubError } from '../hub-error.ts';

type Issue = z.core.$ZodIssue;

const deepest = (issues: readonly Issue[]): number => Math.max(...issues.map(({ path }) => path.length));

/** The alternative that was probably meant: the one that could be followed furthest; of several, the last. */
const meantAlternative = (alternatives: readonly Issue[][]): readonly Issue[] =>
  alternatives.reduce((best, issues) => (deepest(issues) >= deepest(best) ? issues : best));

const join = (path: readonly PropertyKey[], more: readonly PropertyKey[]): PropertyKey[] => [...path, ...more];

const flatten = (issue: Issue, base: readonly PropertyKey[]): ValidationIssue[] => {
  const path = join(base, issue.path);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ path: join(path, [key]).map(String).join('.'), message: 'is not known here' }));
  }
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    return meantAlternative(issue.errors).flatMap((nested) => flatten(nested, path));
  }
  return [{ path: path.map(String).join('.'), message: issue.message }];
};

/** What zod found, as problems carry it: each unknown member by its own name. */
export const validationIssues = (error: z.ZodError): ValidationIssue[] =>
  error.issues.flatMap((issue) => flatten(issue as Issue, []));

/** Says in one sentence what is wrong, by its first part. */
const summary = ([first, ...others]: readonly ValidationIssue[]): string => {
  if (first === undefined) return 'The request is not valid.';
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
  return `${first.path === '' ? '' : `${first.path}: `}${first.message}${more}`;
};

/** The refusal of a request for these reasons. */
export const validationFailed = (errors: readonly ValidationIssue[]): HubError =>
  new HubError('validation-failed', summary(errors), { extensions: { errors } });
