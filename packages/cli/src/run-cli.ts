import { CommanderError, type Command } from 'commander';
import { systemClock, type Clock } from '@leanvibe/server/clock';
import { CliError, exitCodes, type ExitCode } from './cli-error.ts';
import { failureOf } from './failure.ts';
import { createProgram } from './program.ts';
import { Terminal, type Environment, type Streams } from './terminal.ts';

/** What the command line gets from the process, or from a test. */
export type CliSurroundings = {
  env: Environment;
  streams: Streams;
  /** The folder that relative paths are read from. */
  cwd: string;
  /** Aborted when the person interrupts. */
  signal: AbortSignal;
  /** Default: the clock of the machine. */
  clock?: Clock;
};

/** Runs one command line (`argv` without the program) and returns its exit code. */
export async function runCli(argv: readonly string[], surroundings: CliSurroundings): Promise<ExitCode> {
  const { env, streams, cwd, signal: interrupted, clock = systemClock } = surroundings;
  const terminal = new Terminal(streams, env);
  const signal = AbortSignal.any([interrupted, terminal.closed]);
  const program = createProgram({ terminal, env, cwd, signal, clock });
  const code = await runProgram(program, argv, { terminal, env, interrupted });
  const writeFailure = await terminal.writeFailure();
  if (writeFailure === null) return code;
  say(terminal, new CliError(`Standard output cannot be written (${writeFailure.message}).`), argv.includes('--json'));
  return exitCodes.failed;
}

async function runProgram(
  program: Command,
  argv: readonly string[],
  { terminal, env, interrupted }: { terminal: Terminal; env: Environment; interrupted: AbortSignal },
): Promise<ExitCode> {
  try {
    await program.parseAsync(argv, { from: 'user' });
    return exitCodes.ok;
  } catch (error) {
    // Commander has printed its message already.
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
    if (!(error instanceof CliError)) {
      if (interrupted.aborted) return exitCodes.interrupted;
      if (terminal.closed.aborted) return exitCodes.ok;
    }
    const failure = failureOf(error);
    say(terminal, failure, argv.includes('--json'));
    if (env['LEANVIBE_LOG_LEVEL'] === 'debug') terminal.message(String((failure.cause as Error | undefined)?.stack));
    return failure.exitCode;
  }
}

function say(terminal: Terminal, failure: CliError, asJson: boolean): void {
  const { message, hint, exitCode, problem } = failure;
  if (asJson) {
    terminal.message(JSON.stringify({ error: { message, hint, exit_code: exitCode, problem } }));
    return;
  }
  terminal.message(`${terminal.messageStyle('red', 'error:')} ${message}`);
  if (hint !== undefined) terminal.message(`${terminal.messageStyle('dim', 'hint:')} ${hint}`);
}
