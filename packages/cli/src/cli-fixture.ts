import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable, Writable } from 'node:stream';
import { createApp, type App, type AppOverrides } from '@leanvibe/server/create-app';
import { readConfig } from '@leanvibe/server/config';
import type { Clock } from '@leanvibe/server/clock';
import { runCli } from './run-cli.ts';
import type { Environment, Streams } from './terminal.ts';

/** A folder that is removed with its content. */
export function temporaryFolder(): Disposable & { path: string } {
  const path = mkdtempSync(join(tmpdir(), 'leanvibe-cli-'));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

/** Keeps what is written, as text. */
class CapturedStream extends Writable {
  isTTY?: boolean;
  columns?: number;
  text = '';

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    this.emit('captured');
    done();
  }
}

/** How a command line is run. */
export type RunOptions = {
  env?: Environment;
  stdin?: string;
  cwd?: string;
  /** All three streams are a terminal, this wide. */
  terminalColumns?: number;
  signal?: AbortSignal;
  clock?: Clock;
};

/** What came of it. */
export type RunResult = { code: number; stdout: string; stderr: string };

/** A command line that runs in this process. */
export type RunningCli = {
  result: Promise<RunResult>;
  /** Types something at the terminal. */
  type(text: string): void;
  /** Ends what can be typed, as Ctrl-D does. */
  hangUp(): void;
  /** Resolves when what was printed so far satisfies the condition. */
  until(condition: (printed: { stdout: string; stderr: string }) => boolean): Promise<void>;
};

/** Starts a command line in this process. */
export function startCli(argv: readonly string[], options: RunOptions = {}): RunningCli {
  const { env = {}, cwd = tmpdir(), signal = new AbortController().signal, terminalColumns, clock } = options;
  const stdin: Streams['stdin'] = options.stdin === undefined ? new PassThrough() : Readable.from([options.stdin]);
  const stdout = new CapturedStream();
  const stderr = new CapturedStream();
  if (terminalColumns !== undefined) {
    for (const stream of [stdin, stdout, stderr]) Object.assign(stream, { isTTY: true, columns: terminalColumns });
  }
  const printed = () => ({ stdout: stdout.text, stderr: stderr.text });
  const run = runCli(argv, { env, streams: { stdin, stdout, stderr }, cwd, signal, ...(clock ? { clock } : {}) });
  return {
    result: run.then((code) => ({ code, ...printed() })),
    type: (text) => void (stdin as PassThrough).write(text),
    hangUp: () => void (stdin as PassThrough).end(),
    until: (condition) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (!condition(printed())) return;
          for (const stream of [stdout, stderr]) stream.off('captured', look);
          resolve();
        };
        for (const stream of [stdout, stderr]) stream.on('captured', look);
        look();
      }),
  };
}

/** Runs a command line in this process to its end. */
export const cli = (argv: readonly string[], options?: RunOptions): Promise<RunResult> =>
  startCli(argv, options).result;

/** A real server on a port and in a folder of its own, and the command line pointed at its folder. */
export type CliServer = AsyncDisposable & {
  app: App;
  folder: string;
  env: Environment;
  run(argv: readonly string[], options?: RunOptions): Promise<RunResult>;
  /** Runs a command that must succeed, and reads the JSON that it prints. */
  json<Value>(...argv: string[]): Promise<Value>;
};

/** Starts a server for a test. */
export async function startCliServer(settings: Environment = {}, overrides: AppOverrides = {}): Promise<CliServer> {
  const folder = temporaryFolder();
  const serverEnv = { LEANVIBE_DATA_DIR: folder.path, LEANVIBE_PORT: '0', LEANVIBE_LOG_LEVEL: 'silent', ...settings };
  const app = await createApp(readConfig(serverEnv), overrides);
  const env = { LEANVIBE_DATA_DIR: folder.path };
  const run = (argv: readonly string[], options: RunOptions = {}) =>
    cli(argv, { ...options, env: { ...env, ...options.env } });
  return {
    app,
    folder: folder.path,
    env,
    run,
    async json(...argv) {
      const { code, stdout, stderr } = await run([...argv, '--json']);
      if (code !== 0) throw new Error(`leanvibe ${argv.join(' ')} exited with ${code}: ${stderr}`);
      return JSON.parse(stdout);
    },
    async [Symbol.asyncDispose]() {
      await app[Symbol.asyncDispose]();
      folder[Symbol.dispose]();
    },
  };
}
