import type { Command } from 'commander';
import type { Token } from '@leanvibe/protocol/token';
import type { CommandContext } from '../command-context.ts';
import { confirm } from '../confirm.ts';
import { assertEnding, isWholeId, pickByEnding } from '../id-ending.ts';
import { printable } from '../printable.ts';
import { addServerOptions, type TargetOptions } from '../server-target.ts';
import { withTokens } from '../token-store.ts';

type RevokeOptions = TargetOptions & { yes?: boolean; json?: boolean };

/** `leanvibe token revoke`. */
export function addTokenRevokeCommand(parent: Command, context: CommandContext): void {
  const command = parent
    .command('revoke')
    .argument('<token>', 'id of the token, or the end of it')
    .description('end a token; its open sockets are closed')
    .option('-y, --yes', 'do not ask')
    .option('--json', 'print {"revoked"} as JSON');
  addServerOptions(command)
    .addHelpText('after', '\nExamples:\n  leanvibe token revoke 3c1d9e01')
    .action((reference: string, options: RevokeOptions) => revokeToken(reference, options, context));
}

async function revokeToken(reference: string, options: RevokeOptions, context: CommandContext): Promise<void> {
  const { terminal } = context;
  assertEnding(reference, 'token');
  await withTokens(options, context, async (tokens) => {
    const naming = { one: 'token', several: 'tokens', label: ({ name }: Token) => name };
    const known = await tokens.list();
    const { id, name } = isWholeId(reference)
      ? (known.find((token) => token.id === reference.toLowerCase()) ?? { id: reference, name: reference })
      : pickByEnding(reference, known, naming);
    await confirm(context, `Revoke the token "${name}"?`, options.yes === true);
    await tokens.revoke(id);
    if (options.json) terminal.json({ revoked: id });
    else terminal.message(`Revoked "${printable(name)}".`);
  });
}
