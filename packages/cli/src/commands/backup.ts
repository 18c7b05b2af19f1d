import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { localConfig } from '../local-database.ts';
import { addDataFolderOption, type TargetOptions } from '../server-target.ts';

type BackupOptions = TargetOptions & { json?: boolean };

const examples = `
Examples:
  leanvibe backup                         into the backups folder of the data folder
  leanvibe backup /media/usb/board.db

Works while a server runs. The file is a complete copy of one moment; it appears whole or not at all.
Prints its path.`;

/** `leanvibe backup`. */
export function addBackupCommand(parent: Command, context: CommandContext): void {
  const command = parent
    .command('backup')
    .argument('[file]', 'where to write it; an existing file is never overwritten')
    .description('back the database up')
    .helpGroup('Data:')
    .option('--json', 'print {"path"} as JSON');
  addDataFolderOption(command)
    .addHelpText('after', examples)
    .action((file: string | undefined, options: BackupOptions) => backUpDatabase(file, options, context));
}

async function backUpDatabase(file: string | undefined, options: BackupOptions, context: CommandContext) {
  const { terminal, clock, cwd } = context;
  const { backUp } = await import('@leanvibe/server/database/backup');
  const target = file === undefined ? undefined : resolve(cwd, file);
  const { dataDir, databaseFile } = localConfig(options, context);
  const path = backUp(dataDir, target, new Date(clock.now()), databaseFile);
  if (options.json) terminal.json({ path });
  else terminal.data(path);
}
