import { readServerInfo } from '@leanvibe/server/database/data-folder';
import { defaultDataFolder } from '@leanvibe/server/config';
import { createLeanVibeClient, type LeanVibeClient } from '@leanvibe/client/leanvibe-client';

/** Options that every command which talks to a server has. */
export type TargetOptions = { url?: string; token?: string; workspace?: string; actor?: string; dataDir?: string };

export type Environment = Readonly<Record<string, string | undefined>>;

/** The data folder that is meant. */
export const dataFolderOf = (options: TargetOptions, env: Environment): string =>
  options.dataDir ?? env['LEANVIBE_DATA_DIR'] ?? defaultDataFolder();

/** The address of the server: named, or announced in the data folder, or the default. */
export function serverUrl(options: TargetOptions, env: Environment): string {
  const named = options.url ?? env['LEANVIBE_URL'];
  if (named) return named.replace(/\/+$/, '');
  return readServerInfo(dataFolderOf(options, env))?.url ?? 'http://127.0.0.1:8765';
}

/** A client for the server and workspace that are meant. */
export function clientOf(options: TargetOptions, env: Environment): LeanVibeClient {
  const token = options.token ?? env['LEANVIBE_TOKEN'];
  const actor = options.actor ?? env['LEANVIBE_ACTOR'];
  return createLeanVibeClient({
    baseUrl: serverUrl(options, env),
    clientId: options.workspace ?? env['LEANVIBE_WORKSPACE'] ?? 'default',
    ...(token ? { token } : {}),
    ...(actor ? { actor } : {}),
  });
}
