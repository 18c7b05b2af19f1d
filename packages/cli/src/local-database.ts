import { readConfig, type ServerConfig } from '@leanvibe/server/config';
import { lockDataFolder } from '@leanvibe/server/database/data-folder';
import { StartRefused } from '@leanvibe/server/start-refused';
import { usageError } from './cli-error.ts';
import type { CommandContext } from './command-context.ts';
import { dataFolderOf, type TargetOptions } from './server-target.ts';

/** How the server of the data folder that is meant would run: above all, where its database is. */
export function localConfig(options: TargetOptions, context: CommandContext): ServerConfig {
  try {
    return readConfig(context.env, { dataDir: dataFolderOf(options, context) });
  } catch (error) {
    if (error instanceof StartRefused) throw usageError(error.message);
    throw error;
  }
}

/** Does something with the data folder while no server can use it; throws `StartRefused` while one does. */
export async function withLockedFolder<Result>(
  { dataDir }: ServerConfig,
  work: (locked: ReturnType<typeof lockDataFolder>) => Promise<Result> | Result,
): Promise<Result> {
  const locked = lockDataFolder(dataDir);
  try {
    return await work(locked);
  } finally {
    locked.release();
  }
}
