import type { ServerConfig } from '@leanvibe/server/config';
import { resultsOf, type CheckResult } from './check-result.ts';

/** Who can reach the server that is configured, and what it asks of them. */
export function checkAccessPolicy({ host, loopback, auth }: ServerConfig): CheckResult {
  const { ok, warn } = resultsOf('access');
  if (!loopback) {
    return warn(
      `bound to ${host}: others in the network reach it, and need a token`,
      'Tokens travel as they are over plain HTTP. Put a proxy with TLS in front, or use a network you trust.',
    );
  }
  return ok(
    auth === 'token' ? `bound to ${host}; a token is needed` : `bound to ${host}: this machine only, no token needed`,
  );
}

/** Whether the JSON mirror, if one is kept, can be written where it should be. */
export async function checkMirror({ mirrorFile, databaseFile }: ServerConfig): Promise<CheckResult> {
  const { ok, fail } = resultsOf('mirror');
  if (mirrorFile === null) return ok('none is kept');
  const { mirrorPath } = await import('@leanvibe/server/tasks/task-mirror-path');
  try {
    return ok(mirrorPath(mirrorFile, databaseFile));
  } catch (error) {
    return fail(
      error instanceof Error ? error.message : String(error),
      'Set LEANVIBE_MIRROR to a file in a folder that exists.',
    );
  }
}
