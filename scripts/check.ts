import { spawn } from 'node:child_process';
import { performance } from 'node:perf_hooks';

/** A step that is run as a process of its own and passes when it exits with 0. */
export type Check = { name: string; command: string; args: readonly string[] };

/** The checks that need no test to be run. */
export const staticChecks: readonly Check[] = [
  { name: 'format', command: 'oxfmt', args: ['--check'] },
  { name: 'lint', command: 'oxlint', args: [] },
  { name: 'types', command: 'tsc', args: ['--noEmit'] },
  { name: 'types of the web app', command: 'tsc', args: ['--noEmit', '-p', 'packages/web'] },
  { name: 'types of the service worker', command: 'tsc', args: ['--noEmit', '-p', 'packages/web/src/service-worker'] },
  { name: 'unused code', command: 'knip', args: ['--no-progress'] },
];

/** Runs a process with our own output; resolves to its exit code. Ctrl-C reaches it too, since it is in the same group. */
export function run(command: string, args: readonly string[]): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const child = spawn(command, args, { stdio: 'inherit', shell: process.platform === 'win32' });
  child.once('error', reject);
  child.once('exit', (code) => resolve(code ?? 1));
  return promise;
}

/** Runs the checks one after the other with a line before and after each; false as soon as one fails. */
export async function runChecks(checks: readonly Check[], total: number): Promise<boolean> {
  for (const [index, { name, command, args }] of checks.entries()) {
    const title = `[${index + 1}/${total}] ${name}`;
    console.log(`${title} …`);
    const startedAt = performance.now();
    const exitCode = await run(command, args);
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    console.log(`${title}: ${exitCode === 0 ? 'ok' : `FAILED (exit code ${exitCode})`}, ${seconds} s\n`);
    if (exitCode !== 0) return false;
  }
  return true;
}
