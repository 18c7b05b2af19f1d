import type { LeanVibeClient } from '@leanvibe/client/leanvibe-client';
import type { Token, TokenCreate, TokenCreated } from '@leanvibe/protocol/token';
import type { ServerConfig } from '@leanvibe/server/config';
import { readServerInfo } from '@leanvibe/server/database/data-folder';
import { StartRefused } from '@leanvibe/server/start-refused';
import { HubError } from '@leanvibe/server/hub-error';
import { CliError, exitCodes } from './cli-error.ts';
import type { CommandContext } from './command-context.ts';
import { localConfig, withLockedFolder } from './local-database.ts';
import { clientOf, type TargetOptions } from './server-target.ts';

/** The tokens of a server, whether it runs or not. */
export type TokenStore = {
  create(token: TokenCreate): Promise<TokenCreated>;
  list(): Promise<Token[]>;
  revoke(id: string): Promise<void>;
};

type Work<Result> = (tokens: TokenStore) => Promise<Result>;

/** Works with the tokens of the server that is named or runs here; where none runs, with those in its database. */
export async function withTokens<Result>(
  options: TargetOptions,
  context: CommandContext,
  work: Work<Result>,
): Promise<Result> {
  const isNamed = Boolean(options.url ?? context.env['LEANVIBE_URL']);
  if (isNamed) return work(serverTokens(clientOf(options, context), context.signal));
  const config = localConfig(options, context);
  const offline = await withoutServer(config, context, work);
  return offline ? offline.result : work(serverTokens(clientOf(options, context), context.signal));
}

const serverTokens = ({ tokens }: LeanVibeClient, signal: AbortSignal): TokenStore => ({
  create: (token) => tokens.create(token, { signal }),
  list: () => Array.fromAsync(tokens.all({ limit: 1000 }, { signal })),
  revoke: (id) => tokens.revoke(id, { signal }),
});

/** null: a server has the folder, and is to be asked. */
async function withoutServer<Result>(
  config: ServerConfig,
  context: CommandContext,
  work: Work<Result>,
): Promise<{ result: Result } | null> {
  let begun = false;
  try {
    return await withLockedFolder(config, async () => {
      begun = true;
      return { result: await withDatabase(config, context, work) };
    });
  } catch (error) {
    if (!begun && error instanceof StartRefused && readServerInfo(config.dataDir) !== null) return null;
    throw error;
  }
}

async function withDatabase<Result>(config: ServerConfig, { clock, terminal }: CommandContext, work: Work<Result>) {
  const { openSqliteStore } = await import('@leanvibe/server/database/sqlite-store');
  const { TokenService } = await import('@leanvibe/server/access/token-service');
  const store = await openSqliteStore({ file: config.databaseFile, thread: false });
  try {
    terminal.message(`No server runs here; working with ${config.databaseFile}.`);
    const service = await TokenService.open({ store, clock, onError: () => {} });
    return await work({
      create: async (input) => {
        const { token, secret } = await service.create(input);
        return { ...token, token: secret };
      },
      list: async () => service.list(),
      revoke: (id) => service.revoke(id),
    });
  } catch (error) {
    if (error instanceof HubError) throw new CliError(error.message, exitCodes.refused, { cause: error });
    throw error;
  } finally {
    await store.close();
  }
}
