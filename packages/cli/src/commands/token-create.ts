import type { Command } from 'commander';
import { TokenCreate, tokenRoles, type TokenRole } from '@leanvibe/protocol/token';
import { usageError } from '../cli-error.ts';
import type { CommandContext } from '../command-context.ts';
import { shortId } from '../id-ending.ts';
import { choiceOption, collect, timeFrom } from '../option-values.ts';
import { printable } from '../printable.ts';
import { addServerOptions, type TargetOptions } from '../server-target.ts';
import { withTokens } from '../token-store.ts';

type CreateOptions = TargetOptions & {
  admin?: boolean;
  for?: string[];
  role?: TokenRole;
  expires?: string;
  json?: boolean;
};

const createExamples = `
Examples:
  leanvibe token create laptop --admin
  leanvibe token create claude --for my-project --role agent --expires +90d
  export LEANVIBE_TOKEN=$(leanvibe token create script --for my-project)

Prints the token, this once: only its hash is stored.`;

/** `leanvibe token create`. */
export function addTokenCreateCommand(parent: Command, context: CommandContext): void {
  const command = parent
    .command('create')
    .argument('<name>', 'who or what it is for; events name it as their actor')
    .description('make a token')
    .option('--admin', 'for everything in every workspace')
    .option('--for <workspace>', 'for a workspace (repeat for several)', collect)
    .addOption(choiceOption('--role <role>', 'who holds it', tokenRoles))
    .option('--expires <time>', 'when it ends, such as +90d (never)', timeFrom(context.clock.now()))
    .option('--json', 'print the token and all about it as JSON');
  addServerOptions(command)
    .addHelpText('after', createExamples)
    .action((name: string, options: CreateOptions) => createToken(name, options, context));
}

async function createToken(name: string, options: CreateOptions, context: CommandContext): Promise<void> {
  const { terminal } = context;
  const { admin, for: clientIds, role, expires } = options;
  const parsed = TokenCreate.safeParse({ name, admin, client_ids: clientIds, role, expires_at: expires });
  if (!parsed.success) throw usageError(spellIssues(parsed.error.issues));
  const created = await withTokens(options, context, (tokens) => tokens.create(parsed.data));
  if (options.json) return terminal.json(created);
  terminal.message(`Made the token ${shortId(created.id)} "${printable(created.name)}". It is shown this once:`);
  terminal.data(created.token);
}

const optionNames: Readonly<Record<string, string>> = { client_ids: '--for', expires_at: '--expires', role: '--role' };

const spellIssues = (issues: readonly { path: readonly PropertyKey[]; message: string }[]): string =>
  issues
    .map(({ path, message }) => `${optionNames[String(path[0])] ?? `The ${String(path[0])}`}: ${message}`)
    .join('\n')
    .replace(
      'name the workspaces, or set admin, not both',
      'name the workspaces with --for, or give --admin, not both',
    );
