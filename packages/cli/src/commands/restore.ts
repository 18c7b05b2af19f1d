import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { confirm } from '../confirm.ts';
import { localConfig, withLockedFolder } from '../local-database.ts';
import { printable } from '../printable.ts';
import { addDataFolderOption, type TargetOptions } from '../server-target.ts';

type RestoreOptions = TargetOptions & { yes?: boolean; json?: boolean };

const examples = `
Examples:
  leanvibe restore /media/usb/board.db
  leanvibe restore board.db --yes

Stop the server first. The present database is kept in the backups folder. Clients notice that the event
log is another one, and read the board anew.`;

/** `leanvibe restore`. */
export function addRestoreCommand(parent: Command, context: CommandContext): void {
  const command = parent
    .command('restore')
    .argument('<file>', 'backup to restore')
    .description('put a backup in the place of the database')
    .helpGroup('Data:')
    .option('-y, --yes', 'do not ask')
    .option('--json', 'print {"restored", "kept"} as JSON');
  addDataFolderOption(command)
    .addHelpText('after', examples)
    .action((file: string, options: RestoreOptions) => restoreDatabase(file, options, context));
}

async function restoreDatabase(file: string, options: RestoreOptions, context: CommandContext): Promise<void> {
  const { terminal, clock, cwd } = context;
  const { restore } = await import('@leanvibe/server/database/backup');
  const config = localConfig(options, context);
  const backup = resolve(cwd, file);
  await withLockedFolder(config, async (locked) => {
    await confirm(context, `Replace the database in ${config.dataDir} with ${backup}?`, options.yes === true);
    const kept = restore(locked, backup, new Date(clock.now()), config.databaseFile);
    if (options.json) return terminal.json({ restored: backup, kept });
    terminal.message(`Restored ${printable(backup)}.`);
    if (kept) terminal.message(`The database that was replaced is kept in ${kept}.`);
  });
}
