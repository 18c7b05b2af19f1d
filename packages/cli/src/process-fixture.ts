import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { Environment } from './terminal.ts';

const main = fileURLToPath(new URL('./main.ts', import.meta.url));

/** A process of the command line. */
export type CliProcess = AsyncDisposable & {
  child: ChildProcessByStdio<Writable, Readable, Readable>;
  printed: () => { stdout: string; stderr: string };
  /** Resolves when what was printed so far satisfies the condition; rejects when the process ends before. */
  until(condition: (printed: { stdout: string; stderr: string }) => boolean): Promise<void>;
  exited: Promise<{ code: number | null; signal: NodeJS.Signals | null; stdout: string; stderr: string }>;
};

/** Starts `leanvibe` as a process of its own, with nothing of the environment of the test but what is given. */
export function spawnCli(argv: readonly string[], env: Environment, launcher = main): CliProcess {
  const path = { PATH: join(process.execPath, '..') };
  const child = spawn(process.execPath, [launcher, ...argv], {
    env: { ...path, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const printed = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      printed[name] += text;
      child.emit('printed');
    });
  }
  const exited = once(child, 'close').then(([code, signal]) => ({ code, signal, ...printed }));
  return {
    child,
    printed: () => printed,
    exited,
    until: (condition) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (condition(printed)) resolve();
        };
        child.on('printed', look);
        void exited.then(({ code, stderr }) => reject(new Error(`It ended with ${code} before: ${stderr}`)));
        look();
      }),
    async [Symbol.asyncDispose]() {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
      await exited;
    },
  };
}

/** Runs `leanvibe` as a process to its end. */
export async function runProcess(argv: readonly string[], env: Environment, stdin = '') {
  await using running = spawnCli(argv, env);
  running.child.stdin.end(stdin);
  return await running.exited;
}
