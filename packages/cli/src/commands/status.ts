import type { Command } from 'commander';
import type { LeanVibeClient } from '@leanvibe/client/leanvibe-client';
import { columnTitles } from '@leanvibe/protocol/board';
import type { TaskStats } from '@leanvibe/protocol/board';
import type { Health } from '@leanvibe/protocol/health';
import { taskStatuses } from '@leanvibe/protocol/task';
import { CliError } from '../cli-error.ts';
import type { CommandContext } from '../command-context.ts';
import { spellDuration } from '../local-time.ts';
import { printable } from '../printable.ts';
import { addTargetOptions, clientOf, serverUrl, workspaceOf, type TargetOptions } from '../server-target.ts';
import type { Terminal } from '../terminal.ts';
import { tableLines } from '../text-table.ts';

type StatusOptions = TargetOptions & { json?: boolean };

const examples = `
Examples:
  leanvibe status
  leanvibe status --json | jq .stats.total_tasks

Exits with 1 when a part of the server is down, with 3 when there is no server.`;

/** `leanvibe status`: the server and the board in a few lines. */
export function addStatusCommand(parent: Command, context: CommandContext): void {
  const command = parent
    .command('status')
    .description('show how the server and the board are')
    .helpGroup('Server:')
    .option('--json', 'print {"url", "workspace", "health", "stats"} as JSON');
  addTargetOptions(command)
    .addHelpText('after', examples)
    .action((options: StatusOptions) => showStatus(options, context));
}

async function showStatus(options: StatusOptions, context: CommandContext): Promise<void> {
  const { terminal, signal } = context;
  const client = clientOf(options, context);
  const url = serverUrl(options, context);
  const workspace = workspaceOf(options, context);
  const health = await client.health({ signal });
  // The health is for everyone; the figures may be refused.
  if (!options.json) printHealth(url, health, terminal);
  const stats = await statsOf(client, health, signal);
  if (options.json) terminal.json({ url, workspace, health, stats });
  else if (stats) printStats(workspace, stats, terminal);
  if (health.status === 'down') throw new CliError('The server is down.');
}

/** A server whose storage is down has no figures; that it is down is what should be said. */
async function statsOf(client: LeanVibeClient, health: Health, signal: AbortSignal): Promise<TaskStats | null> {
  try {
    return await client.tasks.stats({ signal });
  } catch (error) {
    if (health.status !== 'down') throw error;
    return null;
  }
}

const stateStyle = { ok: 'green', degraded: 'yellow', down: 'red' } as const;

function printHealth(url: string, { status, version, uptime_seconds, components }: Health, terminal: Terminal): void {
  const state = terminal.style(stateStyle[status], status);
  terminal.data(`LeanVibe ${printable(version)} at ${url}: ${state}, up ${spellDuration(uptime_seconds)}`);
  const rows = Object.entries(components).map(([name, { status: state, detail }]) => [name, state, detail ?? '']);
  const columns = [{ heading: 'COMPONENT' }, { heading: 'STATUS' }, { heading: 'DETAIL', flexible: true }];
  terminal.data('');
  for (const line of tableLines(columns, rows, terminal.columns)) terminal.data(line);
}

function printStats(workspace: string, stats: TaskStats, terminal: Terminal): void {
  const counts = taskStatuses.map((status) => `${columnTitles[status]} ${stats.by_status[status] ?? 0}`);
  const tasks = stats.total_tasks === 1 ? '1 task' : `${stats.total_tasks} tasks`;
  terminal.data('');
  terminal.data(`Workspace ${workspace}: ${tasks} (${counts.join(', ')})`);
}
