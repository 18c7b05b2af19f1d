import type { Command } from 'commander';
import type { Token } from '@leanvibe/protocol/token';
import type { CommandContext } from '../command-context.ts';
import { shortId } from '../id-ending.ts';
import { localMinute } from '../local-time.ts';
import { addServerOptions, type TargetOptions } from '../server-target.ts';
import { tableLines } from '../text-table.ts';
import { withTokens } from '../token-store.ts';

type ListOptions = TargetOptions & { all?: boolean; json?: boolean };

/** `leanvibe token list`. */
export function addTokenListCommand(parent: Command, context: CommandContext): void {
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
