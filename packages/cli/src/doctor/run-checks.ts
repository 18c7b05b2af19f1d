import { readConfig, type ServerConfig } from '@leanvibe/server/config';
import { StartRefused } from '@leanvibe/server/start-refused';
import type { CommandContext } from '../command-context.ts';
import { clientOf, dataFolderOf, serverUrl, type TargetOptions } from '../server-target.ts';
import { resultsOf, type CheckResult } from './check-result.ts';
import { checkDatabase } from './database-checks.ts';
import { checkDisk, checkFolder, checkLock, folderUse } from './folder-checks.ts';
import { checkNode } from './runtime-check.ts';
import { askServer, checkPort, checkServer, checkSkew, checkToken } from './server-checks.ts';
import { checkAccessPolicy, checkMirror } from './settings-check.ts';

/** Looks at everything that a server needs to run, and at the one that runs. Nothing is changed. */
export async function runChecks(
  options: TargetOptions,
  context: CommandContext,
  nodeVersion: string,
): Promise<CheckResult[]> {
  const results = [checkNode(nodeVersion)];
  const config = readSettings(options, context, results);
  if (config === null) return results;
  const use = folderUse(config.dataDir);
  results.push(checkFolder(config.dataDir), checkLock(config.dataDir, use), checkDisk(config.dataDir));
  results.push(...checkDatabase(config.databaseFile, context.clock.now()));
  results.push(await checkMirror(config), checkAccessPolicy(config));
  const answered = await checkRunning(options, context, use.locked, results);
  if (!answered && !use.locked) results.push(await checkPort(config.host, config.port));
  return results;
}

function readSettings(options: TargetOptions, context: CommandContext, results: CheckResult[]): ServerConfig | null {
  const { ok, fail } = resultsOf('settings');
  try {
    const config = readConfig(context.env, { dataDir: dataFolderOf(options, context) });
    results.push(ok('every LEANVIBE_ variable is understood'));
    return config;
  } catch (error) {
    if (!(error instanceof StartRefused)) throw error;
    results.push(fail(error.message, 'Mend them; the other checks need to know what is meant.'));
    return null;
  }
}

async function checkRunning(
  options: TargetOptions,
  context: CommandContext,
  locked: boolean,
  results: CheckResult[],
): Promise<boolean> {
  const { env, signal, clock } = context;
  const client = clientOf(options, context);
  const isNamed = Boolean(options.url ?? env['LEANVIBE_URL']);
  const answer = await askServer(client, signal);
  results.push(checkServer(serverUrl(options, context), isNamed || locked, answer));
  if (answer === null) return false;
  const skew = checkSkew(answer, clock.now());
  if (skew) results.push(skew);
  results.push(await checkToken(client, Boolean(options.token ?? env['LEANVIBE_TOKEN']), signal));
  return !isNamed;
}
