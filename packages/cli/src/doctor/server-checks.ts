import { createServer } from 'node:net';
import { LeanVibeError } from '@leanvibe/client/leanvibe-error';
import type { LeanVibeClient } from '@leanvibe/client/leanvibe-client';
import type { Health } from '@leanvibe/protocol/health';
import { reasonOf, resultsOf, type CheckResult } from './check-result.ts';

const answerTimeoutMs = 5000;

/** What became of asking the server how it is; null: nobody answered. */
export type ServerAnswer = { health: Health; dateMs: number | null } | null;

/** Asks the server how it is. */
export async function askServer(client: LeanVibeClient, signal: AbortSignal): Promise<ServerAnswer> {
  const options = { signal, retries: 0, timeoutMs: answerTimeoutMs };
  try {
    const { body, headers } = await client.call('getHealth', {}, options);
    const date = Date.parse(headers.get('date') ?? '');
    return { health: body, dateMs: Number.isNaN(date) ? null : date };
  } catch (error) {
    if (error instanceof LeanVibeError && error.status === 503)
      return { health: await client.health(options), dateMs: null };
    if (error instanceof LeanVibeError) return null;
    throw error;
  }
}

/** Whether a server answers, where one should. */
export function checkServer(url: string, expected: boolean, answer: ServerAnswer): CheckResult {
  const { ok, warn, fail } = resultsOf('server');
  if (answer === null) {
    const detail = `no LeanVibe answers at ${url}`;
    return expected
      ? fail(detail, 'Start it with `leanvibe serve`, or stop the process that hangs.')
      : warn(detail, 'Start it with `leanvibe serve`.');
  }
  const { status, version, components } = answer.health;
  const ailing = Object.entries(components)
    .filter(([, component]) => component.status !== 'ok')
    .map(([name, component]) => `${name} is ${component.status}${component.detail ? ` (${component.detail})` : ''}`);
  const detail = [`LeanVibe ${version} at ${url} is ${status}`, ...ailing].join('; ');
  if (status === 'ok') return ok(detail);
  return status === 'down' ? fail(detail, 'Look into its log and restart it.') : warn(detail, 'Look into its log.');
}

/** Whether the server and this machine agree on the time. */
export function checkSkew({ dateMs }: NonNullable<ServerAnswer>, nowMs: number): CheckResult | null {
  const { warn } = resultsOf('clock');
  const skewSeconds = dateMs === null ? 0 : Math.round((dateMs - nowMs) / 1000);
  if (Math.abs(skewSeconds) <= 60) return null;
  return warn(
    `the server's clock is ${Math.abs(skewSeconds)} s ${skewSeconds > 0 ? 'ahead of' : 'behind'} this one`,
    'Set both clocks, or let them follow a time server.',
  );
}

/** Whether the token that is given, or none, is enough. */
export async function checkToken(client: LeanVibeClient, hasToken: boolean, signal: AbortSignal): Promise<CheckResult> {
  const { ok, warn, fail } = resultsOf('token');
  try {
    await client.tasks.list({ limit: 1 }, { signal, retries: 0, timeoutMs: answerTimeoutMs });
    return ok(hasToken ? 'it is accepted' : 'none is needed');
  } catch (error) {
    if (!(error instanceof LeanVibeError)) throw error;
    const advice =
      'Make one with `leanvibe token create` while the server is stopped or with an admin token, and set LEANVIBE_TOKEN.';
    if (error.status === 401)
      return hasToken ? fail(error.detail, advice) : warn('one is needed, and none is set', advice);
    return fail(
      error.detail,
      error.status === 403 ? 'Use a token for this workspace.' : 'Look into the log of the server.',
    );
  }
}

/** Whether the server that is configured could listen. */
export async function checkPort(host: string, port: number): Promise<CheckResult> {
  const { ok, fail } = resultsOf('port');
  if (port === 0) return ok('a free one is taken at start');
  const server = createServer();
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen({ host, port, exclusive: true }, resolve);
    });
    return ok(`${host}:${port} is free`);
  } catch (error) {
    const taken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
    const advice = taken
      ? 'Stop the program that listens there, or choose another with LEANVIBE_PORT.'
      : 'Choose another with LEANVIBE_HOST and LEANVIBE_PORT.';
    return fail(
      taken ? `${host}:${port} is taken by another program` : `cannot listen on ${host}:${port} (${reasonOf(error)})`,
      advice,
    );
  } finally {
    server.close();
  }
}
