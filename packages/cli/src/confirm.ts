import { once } from 'node:events';
import { createInterface } from 'node:readline/promises';
import { CliError, exitCodes } from './cli-error.ts';
import type { CommandContext } from './command-context.ts';
import { printable } from './printable.ts';

const nothingDone = 'Nothing was changed.';

/**
 * Asks before something that destroys. Nobody is asked where `--yes` was given or no person is there: a script has decided already.
 */
export async function confirm(context: CommandContext, question: string, yes: boolean): Promise<void> {
  if (yes || !context.terminal.canAsk) return;
  const answer = await ask(context, `${printable(question)} [y/N] `);
  if (!/^y(es)?$/i.test(answer.trim())) throw new CliError(nothingDone);
}

async function ask({ terminal, signal }: CommandContext, question: string): Promise<string> {
  const { stdin, stderr } = terminal.streams;
  const dialogue = createInterface({ input: stdin, output: stderr });
  // Ctrl-D closes the dialogue, which leaves the question open for ever.
  const left = once(dialogue, 'close').then(() => '');
  try {
    return await Promise.race([dialogue.question(question, { signal }), left]);
  } catch (error) {
    // While a dialogue is open, Ctrl-C is a key and no signal.
    if (error instanceof Error && error.name === 'AbortError') throw new CliError(nothingDone, exitCodes.interrupted);
    throw error;
  } finally {
    dialogue.close();
  }
}
