import { resolve } from 'node:path';
import type { Command } from 'commander';
import { createLeanVibeClient, type LeanVibeClient } from '@leanvibe/client/leanvibe-client';
import { ActorHeader } from '@leanvibe/protocol/actor';
import { ClientId } from '@leanvibe/protocol/identifiers';
import { defaultDataFolder } from '@leanvibe/server/config';
import { readServerInfo } from '@leanvibe/server/database/data-folder';
import { usageError } from './cli-error.ts';
import type { CommandContext } from './command-context.ts';

/** Options that say which server, workspace and actor are meant. */
export type TargetOptions = { url?: string; token?: string; workspace?: string; actor?: string; dataDir?: string };

/** A person waits for the answer, and would rather hear soon that nobody is there. */
const retryPolicy = { retries: 2, baseDelayMs: 100, maxDelayMs: 5000 };

/** Where a server listens when nobody says otherwise. */
export const defaultUrl = 'http://127.0.0.1:8765';

/** Adds `--data-dir` to a command. */
export const addDataFolderOption = (command: Command): Command =>
  command.option('--data-dir <folder>', 'data folder [LEANVIBE_DATA_DIR]');

/** Adds the options that say which server is meant. */
export const addServerOptions = (command: Command): Command =>
  addDataFolderOption(
    command
      .optionsGroup('Server:')
      .option('--url <address>', 'address of the server (default: the one that runs here) [LEANVIBE_URL]')
      .option('--token <token>', 'token to send [LEANVIBE_TOKEN]'),
  );

/** Adds the options that say which server, which workspace of it, and who acts. */
export const addTargetOptions = (command: Command): Command =>
  addServerOptions(command)
    .option('-w, --workspace <name>', 'workspace (default: default) [LEANVIBE_WORKSPACE]')
    .option('--actor <kind:id>', 'who acts, such as agent:claude [LEANVIBE_ACTOR]');

/** The data folder that is meant. */
export const dataFolderOf = (options: TargetOptions, { env, cwd }: CommandContext): string => {
  const named = options.dataDir ?? env['LEANVIBE_DATA_DIR'];
  return named ? resolve(cwd, named) : defaultDataFolder();
};

/** The address of the server: named, or announced in the data folder, or the default. */
export function serverUrl(options: TargetOptions, context: CommandContext): string {
  const named = options.url ?? context.env['LEANVIBE_URL'];
  if (!named) return readServerInfo(dataFolderOf(options, context))?.url ?? defaultUrl;
  if (!/^https?:$/.test(URL.parse(named)?.protocol ?? '')) {
    throw usageError(`${named} is not the address of a server.`, `Write it like ${defaultUrl}.`);
  }
  return named.replace(/\/+$/, '');
}

/** The workspace that is meant. */
export function workspaceOf(options: TargetOptions, { env }: CommandContext): string {
  const name = options.workspace ?? (env['LEANVIBE_WORKSPACE'] || 'default');
  const parsed = ClientId.safeParse(name);
  if (!parsed.success) throw usageError(`The workspace ${JSON.stringify(name)} ${parsed.error.issues[0]!.message}.`);
  return parsed.data;
}

function actorOf(options: TargetOptions, { env }: CommandContext): string | undefined {
  const name = options.actor ?? env['LEANVIBE_ACTOR'];
  if (!name) return undefined;
  const parsed = ActorHeader.safeParse(name);
  if (!parsed.success) throw usageError(`The actor ${JSON.stringify(name)} ${parsed.error.issues[0]!.message}.`);
  return name;
}

/** A client for the server and workspace that are meant. */
export function clientOf(options: TargetOptions, context: CommandContext): LeanVibeClient {
  const token = options.token ?? context.env['LEANVIBE_TOKEN'];
  const actor = actorOf(options, context);
  return createLeanVibeClient({
    baseUrl: serverUrl(options, context),
    clientId: workspaceOf(options, context),
    retryPolicy,
    ...(token ? { token } : {}),
    ...(actor ? { actor } : {}),
  });
}
