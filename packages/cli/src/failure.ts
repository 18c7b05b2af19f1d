import { LeanVibeError } from '@leanvibe/client/leanvibe-error';
import { problemAdvice } from '@leanvibe/protocol/problem-advice';
import type { ProblemCode } from '@leanvibe/protocol/problem-catalogue';
import { StartRefused } from '@leanvibe/server/start-refused';
import { CliError, exitCodes } from './cli-error.ts';
import { printable } from './printable.ts';

const unreachableCodes = new Set<string>(['network-failure', 'timed-out', 'unexpected-answer']);

const adviceFor = (code: string): string | undefined =>
  Object.hasOwn(problemAdvice, code) ? problemAdvice[code as ProblemCode] : undefined;

/** What a failed command says, and the code it exits with, whatever was thrown. */
export function failureOf(error: unknown): CliError {
  if (error instanceof CliError) return error;
  if (error instanceof LeanVibeError) return serverFailure(error);
  if (error instanceof StartRefused) return new CliError(error.message, exitCodes.failed, { cause: error });
  return systemFailure(error);
}

function serverFailure(error: LeanVibeError): CliError {
  if (unreachableCodes.has(error.code)) {
    return new CliError(error.detail, exitCodes.unreachable, {
      hint: 'Start a server with `leanvibe serve`, or name the one you mean with --url. `leanvibe doctor` looks closer.',
      cause: error,
    });
  }
  const hint = adviceFor(error.code);
  return new CliError(refusalText(error), exitCodes.refused, {
    problem: error.problem,
    cause: error,
    ...(hint === undefined ? {} : { hint }),
  });
}

function refusalText({ code, detail, problem }: LeanVibeError): string {
  const issues = (problem?.errors ?? []).map(({ path, message }) => `\n  ${printable(path)}: ${printable(message)}`);
  return `${printable(detail)} [${printable(code)}]${issues.join('')}`;
}

/** What the operating system refused; and, last, what nobody foresaw. */
function systemFailure(error: unknown): CliError {
  const { code, message }: NodeJS.ErrnoException = error instanceof Error ? error : new Error(String(error));
  if (typeof code === 'string' && /^E[A-Z]+$/.test(code))
    return new CliError(message, exitCodes.failed, { cause: error });
  return new CliError(`Unexpected: ${message}`, exitCodes.failed, {
    hint: 'This is a defect of LeanVibe. Run the command again with LEANVIBE_LOG_LEVEL=debug to see where.',
    cause: error,
  });
}
