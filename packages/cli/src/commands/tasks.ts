import type { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { addTasksAddCommand } from './tasks-add.ts';
import { addTasksDoneCommand, addTasksMoveCommand } from './tasks-move.ts';
import { addTasksListCommand } from './tasks-list.ts';
import { addTasksRestoreCommand, addTasksRmCommand } from './tasks-rm.ts';
import { addTasksShowCommand } from './tasks-show.ts';
import { addTasksExportCommand, addTasksImportCommand } from './tasks-transfer.ts';

const notes = `
A task is named by its id, or by an ending of it that no other task has; lists show the last 8 characters.

Examples:
  leanvibe tasks list --status in_progress,testing
  leanvibe tasks add "Write the manual" --priority high --tag docs
  leanvibe tasks done 3c1d9e01`;

/** `leanvibe tasks`: the board from the command line. */
export function addTasksCommand(parent: Command, context: CommandContext): void {
  const tasks = parent.command('tasks').description('work with the tasks of the board').helpGroup('Work:');
  tasks.addHelpText('after', notes);
  addTasksListCommand(tasks, context);
  addTasksAddCommand(tasks, context);
  addTasksShowCommand(tasks, context);
  addTasksMoveCommand(tasks, context);
  addTasksDoneCommand(tasks, context);
  addTasksRmCommand(tasks, context);
  addTasksRestoreCommand(tasks, context);
  addTasksImportCommand(tasks, context);
  addTasksExportCommand(tasks, context);
}
