import type { Command } from 'commander';
import { columnTitles } from '@leanvibe/protocol/board';
import { taskPriorities, taskStatuses, type TaskPriority, type TaskStatus } from '@leanvibe/protocol/task';
import type { CommandContext } from '../command-context.ts';
import { choiceOption, collect, numberBetween, timeFrom } from '../option-values.ts';
import { printable } from '../printable.ts';
import { addTargetOptions, clientOf, type TargetOptions } from '../server-target.ts';
import { resolveTasks } from '../task-reference.ts';
import { readText, standardStream } from '../text-source.ts';

type AddOptions = TargetOptions & {
  description?: string;
  status?: TaskStatus;
  priority?: TaskPriority;
  assign?: string;
  tag?: string[];
  due?: string;
  estimate?: number;
  confidence?: number;
  dependsOn?: string[];
  json?: boolean;
};

const examples = `
Examples:
  leanvibe tasks add "Write the manual"
  leanvibe tasks add "Fix the login" --priority critical --tag bug --tag web --assign claude --due +2d
  git log -1 --format=%B | leanvibe tasks add "Review the last commit" --description -

Prints the id of the new task.`;

const longestDescriptionBytes = 65_536;

/** `leanvibe tasks add`. */
export function addTasksAddCommand(parent: Command, context: CommandContext): void {
  const command = parent
    .command('add')
    .argument('<title>', 'what is to be done')
    .description('create a task')
    .option('-d, --description <text>', 'Markdown; - reads standard input')
    .addOption(choiceOption('--status <status>', 'column', taskStatuses, ['todo']))
    .addOption(choiceOption('-p, --priority <priority>', 'priority', taskPriorities, ['urgent']))
    .option('--assign <who>', 'person or agent')
    .option('-t, --tag <tag>', 'tag (repeat for several)', collect)
    .option('--due <time>', 'such as 2026-12-24, "2026-12-24 18:00" or +3d', timeFrom(context.clock.now()))
    .option('--estimate <hours>', 'estimated hours', numberBetween(0, 1_000_000))
    .option('--confidence <share>', 'how sure you are of it, 0 to 1', numberBetween(0, 1))
    .option('--depends-on <task>', 'task that must be done first (repeat for several)', collect)
    .option('--json', 'print the task as JSON');
  addTargetOptions(command)
    .addHelpText('after', examples)
    .action((title: string, options: AddOptions) => addTask(title, options, context));
}

async function addTask(title: string, options: AddOptions, context: CommandContext): Promise<void> {
  const { terminal, signal } = context;
  const client = clientOf(options, context);
  const { description, dependsOn } = options;
  const task = await client.tasks.create(
    {
      title,
      description:
        description === standardStream ? await readText(standardStream, longestDescriptionBytes, context) : description,
      status: options.status,
      priority: options.priority,
      assigned_to: options.assign,
      tags: options.tag,
      due_at: options.due,
      estimated_hours: options.estimate,
      confidence_score: options.confidence,
      depends_on: dependsOn && (await resolveTasks(client, dependsOn, signal)).map(({ id }) => id),
    },
    { signal },
  );
  if (options.json) return terminal.json(task);
  terminal.message(`Added "${printable(task.title)}" to ${columnTitles[task.status]}.`);
  terminal.data(task.id);
}
