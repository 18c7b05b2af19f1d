import type { Command } from 'commander';
import type { Approval, Task } from '@leanvibe/protocol/task';
import type { CommandContext } from '../command-context.ts';
import { eventLine } from '../event-line.ts';
import { localMinute } from '../local-time.ts';
import { printable, printableText } from '../printable.ts';
import { addTargetOptions, clientOf, type TargetOptions } from '../server-target.ts';
import { resolveTask } from '../task-reference.ts';
import type { Terminal } from '../terminal.ts';

type ShowOptions = TargetOptions & { history?: boolean; json?: boolean };

const examples = `
Examples:
  leanvibe tasks show 3c1d9e01
  leanvibe tasks show 3c1d9e01 --history
  leanvibe tasks show 3c1d9e01 --json | jq .version`;

/** `leanvibe tasks show`. */
export function addTasksShowCommand(parent: Command, context: CommandContext): void {
  const command = parent
    .command('show')
    .argument('<task>', 'id of the task, or the end of it')
    .description('show a task')
    .option('--history', 'what happened to it instead, oldest first')
    .option('--json', 'print the task as JSON; with --history one event per line');
  addTargetOptions(command)
    .addHelpText('after', examples)
    .action((reference: string, options: ShowOptions) => showTask(reference, options, context));
}

async function showTask(reference: string, options: ShowOptions, context: CommandContext): Promise<void> {
  const { terminal, signal } = context;
  const client = clientOf(options, context);
  const task = await resolveTask(client, reference, signal);
  if (!options.history) return options.json ? terminal.json(task) : printTask(task, terminal);
  for (let cursor: string | undefined; ;) {
    const page = await client.tasks.history(task.id, { limit: 1000, cursor }, { signal });
    for (const event of page.events) {
      if (options.json) terminal.json(event);
      else terminal.data(`${localMinute(event.timestamp).slice(0, 11)}${eventLine(event, terminal)}`);
    }
    if (page.next === null) return;
    cursor = page.next;
  }
}

const spellTime = (time: string | null): string | null => (time === null ? null : localMinute(time));

function spellApproval(approval: Approval | null): string | null {
  if (approval === null) return null;
  const { state, requested_by, decided_by, reason } = approval;
  const who = decided_by === null ? `asked for by ${requested_by}` : `by ${decided_by}`;
  return `${state} ${who}${reason ? `: ${reason}` : ''}`;
}

/** What is shown of a task, in order; null where there is nothing to show. */
const details = (task: Task): [string, string | number | null][] => [
  ['id', task.id],
  ['status', task.status],
  ['priority', task.priority],
  ['assigned to', task.assigned_to],
  ['tags', task.tags.join(', ') || null],
  ['due', spellTime(task.due_at)],
  ['depends on', task.depends_on.join(', ') || null],
  ['approval', spellApproval(task.approval)],
  ['confidence', task.confidence_score],
  ['estimated h', task.estimated_hours],
  ['actual h', task.actual_hours],
  ['created', spellTime(task.created_at)],
  ['updated', spellTime(task.updated_at)],
  ['started', spellTime(task.started_at)],
  ['completed', spellTime(task.completed_at)],
  ['version', task.version],
  ['metadata', Object.keys(task.metadata).length > 0 ? JSON.stringify(task.metadata) : null],
];

function printTask(task: Task, terminal: Terminal): void {
  terminal.data(terminal.style('bold', printable(task.title)));
  for (const [name, value] of details(task)) {
    if (value !== null) terminal.data(`${terminal.style('dim', name.padEnd(12))} ${printable(String(value))}`);
  }
  if (task.description) terminal.data(`\n${printableText(task.description)}`);
}
