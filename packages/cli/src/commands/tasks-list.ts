import { Option, type Command } from 'commander';
import type { LeanVibeClient } from '@leanvibe/client/leanvibe-client';
import { approvalStates, taskPriorities, taskSortKeys, taskStatuses, type Task } from '@leanvibe/protocol/task';
import type { CommandContext } from '../command-context.ts';
import { choicesOption, collect, oneOf, timeFrom, wholeNumber } from '../option-values.ts';
import { addTargetOptions, clientOf, type TargetOptions } from '../server-target.ts';
import { taskTable } from '../task-rows.ts';

type ListQuery = NonNullable<Parameters<LeanVibeClient['tasks']['list']>[0]>;

type ListOptions = TargetOptions & {
  status?: ListQuery['status'];
  priority?: ListQuery['priority'];
  assignedTo?: string[];
  tag?: string[];
  search?: string;
  approval?: ListQuery['approval'];
  createdAfter?: string;
  createdBefore?: string;
  dueBefore?: string;
  sort?: ListQuery['sort'];
  limit: number;
  all?: boolean;
  json?: boolean;
};

const examples = `
Examples:
  leanvibe tasks list
  leanvibe tasks list --status in_progress --assigned-to claude
  leanvibe tasks list --search "login error" --sort -updated_at
  leanvibe tasks list --due-before +7d --sort due_at
  leanvibe tasks list --all --json | jq -r '.[].title'`;

const sortChoices = taskSortKeys.flatMap((key) => [key, `-${key}`]);
const largestPage = 1000;

/** `leanvibe tasks list`. */
export function addTasksListCommand(parent: Command, context: CommandContext): void {
  const time = timeFrom(context.clock.now());
  const command = parent
    .command('list')
    .alias('ls')
    .description('list tasks')
    .addOption(choicesOption('--status <status>', 'in a column', taskStatuses, ['todo']))
    .addOption(choicesOption('--priority <priority>', 'of a priority', taskPriorities, ['urgent']))
    .option('--assigned-to <who>', 'of a person or agent (repeat for any of)', collect)
    .option('--tag <tag>', 'with a tag (repeat for any of)', collect)
    .option('-q, --search <words>', 'with all these words in title, description or tags')
    .addOption(choicesOption('--approval <state>', 'with an approval', [...approvalStates, 'none']))
    .option('--created-after <time>', 'created after this time', time)
    .option('--created-before <time>', 'created before this time', time)
    .option('--due-before <time>', 'due before this time', time)
    .addOption(
      new Option('--sort <key>', `order: ${taskSortKeys.join(', ')}; - before it turns it round`)
        .argParser(oneOf(sortChoices))
        .default('position'),
    )
    .addOption(new Option('-n, --limit <number>', 'how many').argParser(wholeNumber(1, largestPage)).default(100))
    .option('-a, --all', 'all of them, however many')
    .option('--json', 'print a JSON array');
  addTargetOptions(command)
    .addHelpText('after', examples)
    .action((options: ListOptions) => listTasks(options, context));
}

const queryOf = (options: ListOptions): ListQuery => ({
  status: options.status,
  priority: options.priority,
  assigned_to: options.assignedTo,
  tag: options.tag,
  q: options.search,
  approval: options.approval,
  created_after: options.createdAfter,
  created_before: options.createdBefore,
  due_before: options.dueBefore,
  sort: options.sort,
});

async function listTasks(options: ListOptions, context: CommandContext): Promise<void> {
  const { terminal } = context;
  const { tasks, total } = await readTasks(options, context);
  if (options.json) return terminal.json(tasks);
  if (tasks.length === 0) return terminal.message('No tasks.');
  for (const line of taskTable(tasks, terminal)) terminal.data(line);
  if (tasks.length < total) terminal.message(`${tasks.length} of ${total} tasks; --all lists every one.`);
}

async function readTasks(options: ListOptions, context: CommandContext): Promise<{ tasks: Task[]; total: number }> {
  const client = clientOf(options, context);
  const { signal } = context;
  if (!options.all) return client.tasks.list({ ...queryOf(options), limit: options.limit }, { signal });
  const tasks = await Array.fromAsync(client.tasks.all({ ...queryOf(options), limit: largestPage }, { signal }));
  return { tasks, total: tasks.length };
}
