import type { ProblemDetails } from '@leanvibe/protocol/problem';
import type { ProblemCode } from '@leanvibe/protocol/problem-catalogue';

/** Failures that the client finds by itself: no answer came, none in time, or one that is not of this protocol. */
export type ClientFailureCode = 'network-failure' | 'timed-out' | 'unexpected-answer';

/** A problem of the server's catalogue, a failure of the client, or a problem of a newer server. */
export type LeanVibeErrorCode = ProblemCode | ClientFailureCode | (string & {});

type ErrorDetails = {
  status?: number;
  problem?: ProblemDetails | undefined;
  retryAfterMs?: number | undefined;
  cause?: unknown;
};

/** Every failed call and every stream that ended for a reason throws this. */
export class LeanVibeError extends Error {
  /** Stable kebab-case name of the problem. */
  readonly code: LeanVibeErrorCode;
  /** The HTTP status; 0 where there was no answer. */
  readonly status: number;
  /** What is wrong, in a sentence for people. */
  readonly detail: string;
  /** The whole problem as the server sent it, with `errors`, `current` and the like. */
  readonly problem: ProblemDetails | undefined;
  /** How long the server asks to wait before trying again, in milliseconds. */
  readonly retryAfterMs: number | undefined;

  constructor(code: LeanVibeErrorCode, detail: string, details: ErrorDetails = {}) {
    super(detail, { cause: details.cause });
    this.name = 'LeanVibeError';
    this.code = code;
    this.detail = detail;
    this.status = details.status ?? 0;
    this.problem = details.problem;
    this.retryAfterMs = details.retryAfterMs;
  }
}

const isProblem = (value: unknown): value is ProblemDetails =>
  typeof value === 'object' && value !== null && 'code' in value && typeof value.code === 'string';

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** The error that an answer with a failing status stands for, `body` being its text. */
export function errorOfAnswer(status: number, body: string, retryAfterMs: number | undefined): LeanVibeError {
  const problem = parsed(body);
  if (!isProblem(problem)) {
    return new LeanVibeError('unexpected-answer', `The server answered ${status} without saying why.`, {
      status,
      retryAfterMs,
    });
  }
  const detail = typeof problem.detail === 'string' ? problem.detail : problem.code;
  return new LeanVibeError(problem.code, detail, { status, problem, retryAfterMs });
}
