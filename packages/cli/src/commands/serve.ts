import { Option, type Command } from 'commander';
import { readConfig, type Environment, type Flags } from '@leanvibe/server/config';
import { settings } from '@leanvibe/server/settings';
import { StartRefused } from '@leanvibe/server/start-refused';
import { usageError } from '../cli-error.ts';
import type { CommandContext } from '../command-context.ts';

const examples = `
Examples:
  leanvibe serve                          listen on 127.0.0.1:8765
  leanvibe serve --port 9000 --mirror tasks.json
  leanvibe serve --host 0.0.0.0           for other devices, with tokens; prints a pairing link and its QR code

Each flag has an environment variable of the same name, such as LEANVIBE_PORT; the flag wins.
The server stops on Ctrl-C or SIGTERM after it has finished what it was doing.`;

/** `leanvibe serve`: the server itself, in the foreground. */
export function addServeCommand(parent: Command, context: CommandContext): void {
  const command = parent.command('serve').description('run the server').helpGroup('Server:');
  for (const { flag, placeholder, help, variable } of Object.values(settings)) {
    command.addOption(new Option(`${flag} <${placeholder}>`, `${help} [${variable}]`));
  }
  command.addHelpText('after', examples).action((flags: Flags) => runServer(flags, context));
}

async function runServer(flags: Flags, { env, cwd, signal, terminal }: CommandContext): Promise<void> {
  assertSettings(env, flags);
  // Read only here: the other commands do not need the server.
  const { serve } = await import('@leanvibe/server/main');
  await serve({ env, flags, cwd, signal, print: (text) => terminal.message(text) });
}

function assertSettings(env: Environment, flags: Flags): void {
  try {
    readConfig(env, flags);
  } catch (error) {
    if (error instanceof StartRefused) throw usageError(error.message);
    throw error;
  }
}
