import { z } from 'zod';

/** One thing that is wrong with a request: where (dots between members) and what. */
export const ValidationIssue = z.strictObject({ path: z.string(), message: z.string() });
export type ValidationIssue = z.infer<typeof ValidationIssue>;

/** RFC 9457 problem details, as `application/problem+json`. */
export const ProblemDetails = z
  .looseObject({
    type: z.string().meta({ description: 'Stable URI of the kind of problem' }),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.string().meta({ description: 'Stable kebab-case name; docs/errors.md lists all' }),
    instance: z.string().meta({ description: 'URI of this occurrence' }),
    request_id: z.string(),
    errors: z.array(ValidationIssue).optional(),
    current: z.unknown().optional().meta({ description: 'version-conflict: the entity as it is' }),
  })
  .meta({ description: 'RFC 9457 problem details' });
export type ProblemDetails = z.infer<typeof ProblemDetails>;
