import { Command } from 'commander';
import { productVersion } from '@leanvibe/server/version';
import { addBackupCommand } from './commands/backup.ts';
import { addDoctorCommand } from './commands/doctor.ts';
import { addPairCommand } from './commands/pair.ts';
import { addRestoreCommand } from './commands/restore.ts';
import { addServeCommand } from './commands/serve.ts';
import { addStatusCommand } from './commands/status.ts';
import { addTasksCommand } from './commands/tasks.ts';
import { addTokenCommand } from './commands/token.ts';
import { addWatchCommand } from './commands/watch.ts';
import type { CommandContext } from './command-context.ts';

const notes = `
Exit codes:
  0  done
  1  it did not succeed
  2  the command line is not right
  3  the server could not be reached
  4  the server refused
  130  interrupted

Environment:
  LEANVIBE_URL        address of the server (default: the one that runs here)
  LEANVIBE_TOKEN      token to send
  LEANVIBE_WORKSPACE  workspace (default: default)
  LEANVIBE_ACTOR      who acts, such as agent:claude
  LEANVIBE_DATA_DIR   data folder
  NO_COLOR            no colours

Data goes to standard output, everything else to standard error. \`leanvibe <command> --help\` shows examples.`;

// In the order in which help lists them.
const commands = [
  addServeCommand,
  addStatusCommand,
  addDoctorCommand,
  addTasksCommand,
  addWatchCommand,
  addBackupCommand,
  addRestoreCommand,
  addTokenCommand,
  addPairCommand,
];

/** The whole command line. It neither reads nor ends the process. */
export function createProgram(context: CommandContext): Command {
  const { terminal } = context;
  const program = new Command('leanvibe')
    .description('The local-first hub between a developer, their coding agents and their devices.')
    .version(productVersion, '-V, --version', 'show the version')
    .helpOption('-h, --help', 'show help')
    .option('--no-color', 'print without colours')
    .on('option:no-color', () => terminal.refuseColours())
    .exitOverride()
    .configureHelp({ sortOptions: false, styleTitle: (title) => terminal.style('bold', title) })
    .configureOutput({
      writeOut: (text) => terminal.write(text),
      writeErr: (text) => terminal.message(text.replace(/\n$/, '')),
      getOutHelpWidth: () => terminal.columns,
      getErrHelpWidth: () => terminal.columns,
      getOutHasColors: () => terminal.hasDataColours,
      getErrHasColors: () => terminal.hasMessageColours,
    })
    .addHelpText('after', notes);
  for (const addCommand of commands) addCommand(program, context);
  return program;
}
