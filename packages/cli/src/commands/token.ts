import type { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { addTokenCreateCommand } from './token-create.ts';
import { addTokenListCommand } from './token-list.ts';
import { addTokenRevokeCommand } from './token-revoke.ts';

const notes = `
They go to the running server; where none runs, straight to its database.

Examples:
  leanvibe token create laptop --admin
  leanvibe token create claude --for my-project --role agent --expires +90d
  leanvibe token list`;

/** `leanvibe token`: who may call. */
export function addTokenCommand(parent: Command, context: CommandContext): void {
  const token = parent.command('token').description('make, list and revoke tokens').helpGroup('Access:');
  token.addHelpText('after', notes);
  addTokenCreateCommand(token, context);
  addTokenListCommand(token, context);
  addTokenRevokeCommand(token, context);
}
