import type { Clock } from '@leanvibe/server/clock';
import type { Environment, Terminal } from './terminal.ts';

/** What a command gets from whoever runs it. */
export type CommandContext = {
  terminal: Terminal;
  env: Environment;
  /** The folder that relative paths are read from. */
  cwd: string;
  clock: Clock;
  /** Aborted when the person interrupts the command, or nobody reads its output any more. */
  signal: AbortSignal;
};
