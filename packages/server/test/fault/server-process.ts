import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** How a process ended: with an exit code or by a signal. */
export type ProcessEnd = { code: number | null; signal: NodeJS.Signals | null };

export type ServerProcessOptions = {
  /** Data folder; also where the process works and what it takes for its home. */
  folder: string;
  /** Further variables: settings of the server and of a shim. */
  env?: Readonly<Record<string, string>>;
  /** The script to run and its arguments; the real server unless said otherwise. */
  script?: readonly string[];
  /** Runs under this user. */
  userId?: number;
};

const compileCache = fileURLToPath(new URL('../../../../node_modules/.cache/leanvibe-modules/', import.meta.url));
const realServer = [fileURLToPath(new URL('../../../cli/src/main.ts', import.meta.url)), 'serve'];

/** Halves what a start costs: compiled modules are kept. Not while coverage is measured, which they would blur. */
const startUpEnv = (): NodeJS.ProcessEnv => {
  const { NODE_V8_COVERAGE } = process.env;
  return NODE_V8_COVERAGE === undefined ? { NODE_COMPILE_CACHE: compileCache } : { NODE_V8_COVERAGE };
};

/** The real server in a process of its own, as `npm start` runs it, on a free port. */
export class ServerProcess {
  readonly #child: ChildProcess;
  /** Its port when it serves; null when it ended before it did. */
  readonly port: Promise<number | null>;
  readonly ended: Promise<ProcessEnd>;
  #output = '';

  constructor({ folder, env = {}, script = realServer, userId }: ServerProcessOptions) {
    const spawned = spawn(process.execPath, [...script], {
      cwd: folder,
      env: {
        PATH: process.env['PATH'],
        HOME: folder,
        ...startUpEnv(),
        LEANVIBE_DATA_DIR: folder,
        LEANVIBE_PORT: '0',
        LEANVIBE_LOG_LEVEL: 'warn',
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(userId === undefined ? {} : { uid: userId, gid: userId }),
    });
    this.#child = spawned;
    const { promise, resolve } = Promise.withResolvers<number | null>();
    const listen = (chunk: Buffer): void => {
      this.#output += chunk.toString('utf8');
      const address = /https?:\/\/127\.0\.0\.1:(\d+)/.exec(this.#output);
      if (address) resolve(Number(address[1]));
    };
    spawned.stdout.on('data', listen);
    spawned.stderr.on('data', listen);
    this.port = promise;
    this.ended = new Promise((done, fail) => {
      spawned.once('error', fail);
      // `close` comes after everything that it printed was read.
      spawned.once('close', (code, signal) => {
        resolve(null);
        done({ code, signal });
      });
    });
  }

  /** Everything it has printed. */
  get output(): string {
    return this.#output;
  }

  get isRunning(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Its port. Throws with what it printed when it ends before it serves. */
  async serving(): Promise<number> {
    const port = await this.port;
    if (port === null) throw new Error(`The server did not start:\n${this.#output}`);
    return port;
  }

  /** Sends a signal and waits for the end. */
  async end(signal: NodeJS.Signals): Promise<ProcessEnd> {
    this.#child.kill(signal);
    return this.ended;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.isRunning) await this.end('SIGKILL');
  }
}
