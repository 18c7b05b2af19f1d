import { createInterface } from 'node:readline/promises';
import { CliError, exitCodes } from './cli-error.ts';
import type { CommandContext } from './command-context.ts';
import { printable } from './printable.ts';

/**
 * Asks before something that destroys. Nobody is asked where `--yes` was given or no person is there: a script has decided already.
 */
export async function confirm({ terminal, signal }: CommandContext, question: string, yes: boolean): Promise<void> {
  if (yes || !terminal.canAsk) return;
  const { stdin, stderr } = terminal.streams;
  const dialogue = createInterface({ input: stdin, output: stderr });
  try {
    const answer = await dialogue.question(`${printable(question)} [y/N] `, { signal });
    if (/^y(es)?$/i.test(answer.trim())) return;
  } finally {
    dialogue.close();
  }
  throw new CliError('Nothing was changed.', exitCodes.failed);
}
