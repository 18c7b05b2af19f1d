import { Argument, type Command } from 'commander';
import { columnTitles } from '@leanvibe/protocol/board';
import { taskStatuses, type Task, type TaskStatus } from '@leanvibe/protocol/task';
import { usageError } from '../cli-error.ts';
import type { CommandContext } from '../command-context.ts';
import { printable } from '../printable.ts';
import { addTargetOptions, clientOf, type TargetOptions } from '../server-target.ts';
import { resolveTasks } from '../task-reference.ts';

type MoveOptions = TargetOptions & { before?: string; after?: string; json?: boolean };
type DoneOptions = TargetOptions & { json?: boolean };

const moveExamples = `
Examples:
  leanvibe tasks move 3c1d9e01 testing
  leanvibe tasks move 3c1d9e01 backlog --before 7a90be44

Without --before or --after the task goes to the end of the column.`;

const doneExamples = `
Examples:
  leanvibe tasks done 3c1d9e01
  leanvibe tasks done 3c1d9e01 7a90be44`;

/** `leanvibe tasks move`. */
export function addTasksMoveCommand(parent: Command, context: CommandContext): void {
  const command = parent
    .command('move')
    .argument('<task>', 'id of the task, or the end of it')
    .addArgument(new Argument('<status>', 'column to move it to').choices([...taskStatuses, 'todo']))
    .description('move a task to a place on the board')
    .option('--before <task>', 'stand directly before this task')
    .option('--after <task>', 'stand directly after this task')
    .option('--json', 'print the task as JSON');
  addTargetOptions(command)
    .addHelpText('after', moveExamples)
    .action((reference: string, status: TaskStatus, options: MoveOptions) =>
      moveTask(reference, status, options, context),
    );
}

async function moveTask(reference: string, status: TaskStatus, options: MoveOptions, context: CommandContext) {
  if (options.before && options.after) throw usageError('Only one of --before and --after can be given.');
  const { signal } = context;
  const client = clientOf(options, context);
  const neighbour = options.before ?? options.after;
  const references = neighbour === undefined ? [reference] : [reference, neighbour];
  const [task, other] = await resolveTasks(client, references, signal);
  const place = other && { [options.before ? 'before' : 'after']: other.id };
  report(await client.tasks.move(task!.id, { status, ...place }, { signal }), options, context);
}

/** `leanvibe tasks done`. */
export function addTasksDoneCommand(parent: Command, context: CommandContext): void {
  const command = parent
    .command('done')
    .argument('<task...>', 'ids of the tasks, or the ends of them')
    .description('move tasks to done')
    .option('--json', 'print the tasks as JSON, one per line');
  addTargetOptions(command)
    .addHelpText('after', doneExamples)
    .action((references: string[], options: DoneOptions) => finishTasks(references, options, context));
}

async function finishTasks(references: string[], options: DoneOptions, context: CommandContext): Promise<void> {
  const { signal } = context;
  const client = clientOf(options, context);
  for (const task of await resolveTasks(client, references, signal)) {
    report(
      task.status === 'done' ? task : await client.tasks.move(task.id, { status: 'done' }, { signal }),
      options,
      context,
    );
  }
}

function report(task: Task, { json }: { json?: boolean }, { terminal }: CommandContext): void {
  if (json) terminal.json(task);
  else terminal.message(`"${printable(task.title)}" is in ${columnTitles[task.status]} now.`);
}
