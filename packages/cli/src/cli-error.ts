/** Exit codes, as the help and the manual list them. */
export const exitCodes = { ok: 0, failed: 1, usage: 2, unreachable: 3, refused: 4, interrupted: 130 } as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** What a message carries besides its text. */
export type CliErrorOptions = { hint?: string; problem?: unknown; cause?: unknown };

/** Ends a command with a message for the person and an exit code for the script. `hint` says what to do about it. */
export class CliError extends Error {
  readonly exitCode: ExitCode;
  readonly hint: string | undefined;
  /** The problem details of the server, where it refused. */
  readonly problem: unknown;

  constructor(message: string, exitCode: ExitCode = exitCodes.failed, options: CliErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'CliError';
    this.exitCode = exitCode;
    this.hint = options.hint;
    this.problem = options.problem;
  }
}

/** The command line asks for something that makes no sense. */
export const usageError = (message: string, hint?: string): CliError =>
  new CliError(message, exitCodes.usage, hint === undefined ? {} : { hint });
