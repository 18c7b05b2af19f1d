import type { Command } from 'commander';
import type { LeanVibeClient } from '@leanvibe/client/leanvibe-client';
import { columnTitles } from '@leanvibe/protocol/board';
import type { CommandContext } from '../command-context.ts';
import { confirm } from '../confirm.ts';
import { deletedTasks } from '../deleted-tasks.ts';
import { assertEnding, isWholeId } from '../id-ending.ts';
import { printable } from '../printable.ts';
import { addTargetOptions, clientOf, type TargetOptions } from '../server-target.ts';
import { pickTask, resolveTasks } from '../task-reference.ts';

type RmOptions = TargetOptions & { yes?: boolean; json?: boolean };
type RestoreOptions = TargetOptions & { json?: boolean };

const rmExamples = `
Examples:
  leanvibe tasks rm 3c1d9e01
  leanvibe tasks rm 3c1d9e01 7a90be44 --yes

A deleted task can be restored for 30 days. A person is asked first; a script is not.`;

const restoreExamples = `
Examples:
  leanvibe tasks restore 3c1d9e01`;

/** `leanvibe tasks rm`. */
export function addTasksRmCommand(parent: Command, context: CommandContext): void {
  const command = parent
    .command('rm')
    .argument('<task...>', 'ids of the tasks, or the ends of them')
    .description('delete tasks; they can be restored')
    .option('-y, --yes', 'do not ask')
    .option('--json', 'print the deleted tasks as JSON, one per line');
  addTargetOptions(command)
    .addHelpText('after', rmExamples)
    .action((references: string[], options: RmOptions) => deleteTasks(references, options, context));
}

async function deleteTasks(references: string[], options: RmOptions, context: CommandContext): Promise<void> {
  const { terminal, signal } = context;
  const client = clientOf(options, context);
  const tasks = await resolveTasks(client, references, signal);
  const what = tasks.length === 1 ? `"${tasks[0]!.title}"` : `${tasks.length} tasks`;
  await confirm(context, `Delete ${what}?`, options.yes === true);
  for (const task of tasks) {
    await client.tasks.delete(task.id, { signal });
    if (options.json) terminal.json(task);
    else terminal.message(`Deleted "${printable(task.title)}". Bring it back: leanvibe tasks restore ${task.id}`);
  }
}

/** `leanvibe tasks restore`. */
export function addTasksRestoreCommand(parent: Command, context: CommandContext): void {
  const command = parent
    .command('restore')
    .argument('<task...>', 'ids of deleted tasks, or the ends of them')
    .description('bring deleted tasks back')
    .option('--json', 'print the tasks as JSON, one per line');
  addTargetOptions(command)
    .addHelpText('after', restoreExamples)
    .action((references: string[], options: RestoreOptions) => restoreTasks(references, options, context));
}

async function restoreTasks(references: string[], options: RestoreOptions, context: CommandContext): Promise<void> {
  const { terminal, signal } = context;
  const client = clientOf(options, context);
  for (const id of await deletedIds(client, references, signal)) {
    const task = await client.tasks.restore(id, { signal });
    if (options.json) terminal.json(task);
    else terminal.message(`"${printable(task.title)}" is back in ${columnTitles[task.status]}.`);
  }
}

async function deletedIds(client: LeanVibeClient, references: readonly string[], signal: AbortSignal) {
  for (const reference of references) assertEnding(reference, 'task');
  const deleted = references.every(isWholeId) ? [] : await deletedTasks(client, signal);
  return references.map((reference) => (isWholeId(reference) ? reference : pickTask(reference, deleted).id));
}
