import type { ValidationIssue } from '@leanvibe/protocol/problem';
import { problemCatalogue, type ProblemCode } from '@leanvibe/protocol/problem-catalogue';
import type { Route, RouteInput } from '@leanvibe/protocol/route';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { HubError } from '../hub-error.ts';
import { validationFailed, validationIssues } from './validation-issues.ts';

const nothing = z.strictObject({});

/** An id that no entity can have names none: `task_id` is answered `task-not-found`. */
const missing = (parameter: string): HubError => {
  const code = `${parameter.replace(/_id$/, '')}-not-found`;
  return new HubError(Object.hasOwn(problemCatalogue, code) ? (code as ProblemCode) : 'not-found');
};

const readParams = (schema: z.ZodType | undefined, params: unknown): unknown => {
  if (schema === undefined) return undefined;
  const parsed = schema.safeParse(params);
  if (parsed.success) return parsed.data;
  const issues = validationIssues(parsed.error);
  if (issues.some(({ path }) => path === 'client_id')) throw validationFailed(issues);
  throw missing(issues[0]?.path ?? '');
};

const readPart = (schema: z.ZodType, value: unknown, issues: ValidationIssue[]): unknown => {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  issues.push(...validationIssues(parsed.error));
  return undefined;
};

const readBody = (definition: Route, body: unknown, issues: ValidationIssue[]): unknown => {
  if (definition.body === undefined) {
    // Clients that always send a body send {} where none is expected.
    if (body !== undefined && body !== null) readPart(nothing, body, issues);
    return undefined;
  }
  if (body === undefined && definition.bodyOptional !== true) {
    issues.push({ path: '', message: 'a JSON body is required' });
    return undefined;
  }
  return readPart(definition.body, body ?? (definition.bodyOptional === true ? {} : body), issues);
};

type QueryReader = (query: unknown, issues: ValidationIssue[]) => unknown;

const isEmpty = (query: unknown): boolean => {
  for (const _name in query as object) return false;
  return true;
};

/** Most requests have no query: what that means is worked out once, and shared by all of them. */
const queryReader = (schema: z.ZodType | undefined): QueryReader => {
  if (schema === undefined) {
    return (query, issues) => {
      if (!isEmpty(query)) readPart(nothing, query, issues);
    };
  }
  const ofNone = schema.safeParse({});
  const shared = ofNone.success ? Object.freeze(ofNone.data) : undefined;
  return (query, issues) => (shared !== undefined && isEmpty(query) ? shared : readPart(schema, query, issues));
};

/** Makes the function that reads what a handler of the route is given. All that is wrong with query and body is refused at once. */
export function inputReader<Definition extends Route>(
  definition: Definition,
): (request: Pick<FastifyRequest, 'params' | 'query' | 'body'>) => RouteInput<Definition> {
  const readQuery = queryReader(definition.query);
  return (request) => {
    const params = readParams(definition.params, request.params);
    const issues: ValidationIssue[] = [];
    const query = readQuery(request.query ?? {}, issues);
    const body = readBody(definition, request.body, issues);
    if (issues.length > 0) throw validationFailed(issues);
    return { params, query, body } as RouteInput<Definition>;
  };
}
