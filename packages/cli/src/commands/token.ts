import type { Command } from 'commander';
import { TokenCreate, tokenRoles, type Token, type TokenRole } from '@leanvibe/protocol/token';
import { usageError } from '../cli-error.ts';
import type { CommandContext } from '../command-context.ts';
import { confirm } from '../confirm.ts';
import { assertEnding, isWholeId, pickByEnding, shortId } from '../id-ending.ts';
import { localMinute } from '../local-time.ts';
import { choiceOption, collect, timeFrom } from '../option-values.ts';
import { printable } from '../printable.ts';
import { addServerOptions, type TargetOptions } from '../server-target.ts';
import { tableLines } from '../text-table.ts';
import { withTokens } from '../token-store.ts';

type CreateOptions = TargetOptions & {
  admin?: boolean;
  for?: string[];
  role?: TokenRole;
  expires?: string;
  json?: boolean;
};
type ListOptions = TargetOptions & { all?: boolean; json?: boolean };
type RevokeOptions = TargetOptions & { yes?: boolean; json?: boolean };

const notes = `
They go to the running server; where none runs, straight to its database.

Examples:
  leanvibe token create laptop --admin
  leanvibe token create claude --for my-project --role agent --expires +90d
  leanvibe token list`;

const createExamples = `
Examples:
  leanvibe token create laptop --admin
  leanvibe token create claude --for my-project --role agent --expires +90d
  export LEANVIBE_TOKEN=$(leanvibe token create script --for my-project)

Prints the token, this once: only its hash is stored.`;

/** `leanvibe token`: who may call. */
export function addTokenCommand(parent: Command, context: CommandContext): void {
  const token = parent.command('token').description('make, list and revoke tokens').helpGroup('Access:');
  token.addHelpText('after', notes);
  addCreateCommand(token, context);
  addListCommand(token, context);
  addRevokeCommand(token, context);
}

function addCreateCommand(parent: Command, context: CommandContext): void {
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

function addListCommand(parent: Command, context: CommandContext): void {
  const command = parent
    .command('list')
    .alias('ls')
    .description('list tokens, newest first')
    .option('-a, --all', 'also those that are revoked or expired')
    .option('--json', 'print a JSON array of all');
  addServerOptions(command)
    .addHelpText('after', '\nExamples:\n  leanvibe token list\n  leanvibe token list --json | jq length')
    .action((options: ListOptions) => listTokens(options, context));
}

async function listTokens(options: ListOptions, context: CommandContext): Promise<void> {
  const { terminal, clock } = context;
  const tokens = await withTokens(options, context, (store) => store.list());
  if (options.json) return terminal.json(tokens);
  const rows = tokens
    .map((token) => ({ token, state: stateOf(token, clock.now()) }))
    .filter(({ state }) => options.all || state === 'active')
    .map(({ token, state }) => tokenRow(token, state));
  if (rows.length === 0) return terminal.message('No tokens.');
  const headings = ['ID', 'NAME', 'ROLE', 'FOR', 'STATE', 'EXPIRES', 'LAST USED'];
  const columns = headings.map((heading) => ({ heading, flexible: heading === 'NAME' || heading === 'FOR' }));
  for (const line of tableLines(columns, rows, terminal.columns)) terminal.data(line);
}

function stateOf({ revoked_at, expires_at }: Token, nowMs: number): 'active' | 'revoked' | 'expired' {
  if (revoked_at !== null) return 'revoked';
  return expires_at !== null && Date.parse(expires_at) <= nowMs ? 'expired' : 'active';
}

const tokenRow = (token: Token, state: string): string[] => [
  shortId(token.id),
  token.name,
  token.role,
  token.admin ? 'everything' : token.client_ids.join(' '),
  state,
  token.expires_at === null ? 'never' : localMinute(token.expires_at),
  token.last_used_at === null ? 'never' : localMinute(token.last_used_at),
];

function addRevokeCommand(parent: Command, context: CommandContext): void {
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
