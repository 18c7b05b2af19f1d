import { LeanVibeError } from '@leanvibe/client/leanvibe-error';
import { lanAddresses } from '@leanvibe/server/http/lan-address';
import type { CommandContext } from './command-context.ts';
import { clientOf, serverUrl, type TargetOptions } from './server-target.ts';

const answerTimeoutMs = 1000;

/** Whether only this machine understands the name. */
export const isLoopbackName = (hostname: string): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.');

/** The address of the server as another device would write it; a server on this machine alone keeps its own. */
export async function pairingTarget(options: TargetOptions, context: CommandContext): Promise<string> {
  const url = new URL(serverUrl(options, context));
  if (!isLoopbackName(url.hostname)) return url.origin;
  for (const address of lanAddresses()) {
    const candidate = `${url.protocol}//${address}:${url.port || '80'}`;
    if (await answers(candidate, options, context)) return candidate;
  }
  return url.origin;
}

async function answers(url: string, options: TargetOptions, context: CommandContext): Promise<boolean> {
  try {
    await clientOf({ ...options, url, token: '' }, context).ready({
      signal: context.signal,
      timeoutMs: answerTimeoutMs,
    });
    return true;
  } catch (error) {
    if (error instanceof LeanVibeError) return false;
    throw error;
  }
}
