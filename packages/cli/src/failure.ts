import { LeanVibeError } from '@leanvibe/client/leanvibe-error';
import { problemAdvice } from '@leanvibe/protocol/problem-advice';
import type { ProblemCode } from '@leanvibe/protocol/problem-catalogue';
import { StartRefused } from '@leanvibe/server/start-refused';
import { CliError, exitCodes } from './cli-error.ts';
import { printable } from './printable.ts';

const unreachableCodes = new Set<string>(['network-failure', 'timed-out', 'unexpected-answer']);

/** Where the command line has its own way to do what the advice of the server says. */
const ownAdvice: Partial<Record<ProblemCode, string>> = {
  'validation-failed': '`--help` of the command says what it takes.',
  'task-not-found':
    '`leanvibe tasks list --all` lists every task; a deleted one comes back with `leanvibe tasks restore`.',
  'task-exists': 'Add --skip-existing to keep what is there, or leave the task out of the file.',
  'import-refused': 'Mend or remove those tasks and import the file again.',
  unauthorized:
    'Set LEANVIBE_TOKEN or give --token. `leanvibe token create` makes a token; on this machine also while the server is stopped.',
  'token-not-found': '`leanvibe token list --all` lists every token.',
};

const adviceFor = (code: string): string | undefined =>
  ownAdvice[code as ProblemCode] ??
  (Object.hasOwn(problemAdvice, code) ? problemAdvice[code as ProblemCode] : undefined);

/** What a failed command says, and the code it exits with, whatever was thrown. */
export function failureOf(error: unknown): CliError {
  if (error instanceof CliError) return error;
  if (error instanceof LeanVibeError) return serverFailure(error);
  if (error instanceof StartRefused) return new CliError(error.message, exitCodes.failed, { cause: error });
  return systemFailure(error);
}

function serverFailure(error: LeanVibeError): CliError {
  if (unreachableCodes.has(error.code)) {
    const reason = systemReason(error);
    const message = reason ? `${error.detail.replace(/\.$/, '')} (${reason}).` : error.detail;
    return new CliError(message, exitCodes.unreachable, {
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

/** What the system said about the connection: it names the address. */
function systemReason({ cause }: LeanVibeError): string | undefined {
  const reason = cause instanceof Error ? cause.cause : undefined;
  if (reason instanceof AggregateError) return reason.errors.map((error: Error) => error.message).join(', ');
  return reason instanceof Error ? printable(reason.message) : undefined;
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
