import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A server in a process of its own, with a folder that goes when it goes. */
export type ServerProcess = { port: number; residentBytes(): number; [Symbol.asyncDispose](): Promise<void> };

const root = fileURLToPath(new URL('..', import.meta.url));

/** The real server, as `npm start` runs it, on embedded defaults. */
export const startLeanVibe = (env: Record<string, string> = {}): Promise<ServerProcess> =>
  start('packages/cli/src/main.ts', ['serve'], (folder) => ({
    LEANVIBE_PORT: '0',
    LEANVIBE_DATA_DIR: folder,
    LEANVIBE_LOG_LEVEL: 'warn',
    ...env,
  }));

/** One of the servers in `hand/`: the same work, written by hand. */
export const startByHand = (name: string): Promise<ServerProcess> =>
  start(`bench/hand/${name}.ts`, [], (folder) => ({ DATA_DIR: folder }));

async function start(
  script: string,
  args: string[],
  envOf: (folder: string) => Record<string, string>,
): Promise<ServerProcess> {
  const folder = mkdtempSync(join(tmpdir(), 'leanvibe-bench-'));
  const child = spawn(process.execPath, [join(root, script), ...args], {
    cwd: folder,
    env: { PATH: process.env['PATH'], HOME: folder, ...envOf(folder) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  const port = await new Promise<number>((resolve, reject) => {
    const look = (chunk: Buffer): void => {
      printed += chunk;
      const found = /https?:\/\/127\.0\.0\.1:(\d+)/.exec(printed);
      if (found) resolve(Number(found[1]));
    };
    child.stdout.on('data', look);
    child.stderr.on('data', look);
    child.once('exit', (code) => reject(new Error(`${script} ended with ${code}: ${printed}`)));
  });
  return {
    port,
    residentBytes: () => Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))![1]) * 1024,
    async [Symbol.asyncDispose]() {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
