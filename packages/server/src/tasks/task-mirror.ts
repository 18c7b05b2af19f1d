import { Worker } from 'node:worker_threads';
import type { ComponentHealth } from '@leanvibe/protocol/health';
import type { Logger } from 'pino';
import type { Store } from '../database/store.ts';
import { mirrorPath } from './task-mirror-path.ts';

/** What the thread of the mirror is started with. */
export type MirrorThreadData = { databaseFile: string; path: string };

/** What it is told: that there was a commit, or that it is to end after writing the last state. */
export type MirrorRequest = 'wake' | 'finish';

/** What it tells: that the file is written, or that it could not be. */
export type MirrorReport = { kind: 'written' } | { kind: 'failed'; message: string };

/**
 * `path`: the file that is kept; `databaseFile`: where it is read from (by the mirror's own connection); `onAppend`: the store's, tells
 * of commits.
 */
export type TaskMirrorDeps = {
  path: string;
  databaseFile: string;
  onAppend: Store['onAppend'];
  log: Pick<Logger, 'info' | 'warn'>;
};

const restartDelayMs = 1000;

/**
 * Keeps all boards as one JSON file for people and scripts: whole at every instant, and at most a second behind. A thread of its own
 * reads and writes, so that a large board stops nobody. What goes wrong is told and tried again; it never stops the server.
 */
export class TaskMirror implements AsyncDisposable {
  readonly #deps: TaskMirrorDeps;
  readonly #threadData: MirrorThreadData;
  readonly #stopListening: () => void;
  readonly #written = Promise.withResolvers<void>();
  readonly #finished = Promise.withResolvers<void>();
  #worker: Worker;
  #restart: NodeJS.Timeout | undefined;
  #isClosing = false;
  #failure: string | null = null;

  /** Starts keeping the file. Throws `StartRefused` when it cannot be kept at that path. */
  constructor(deps: TaskMirrorDeps) {
    this.#deps = deps;
    this.#threadData = { databaseFile: deps.databaseFile, path: mirrorPath(deps.path, deps.databaseFile) };
    this.#worker = this.#start();
    this.#stopListening = deps.onAppend(() => this.#tell('wake'));
  }

  /** Resolves when the file has been written for the first time since the start. */
  get written(): Promise<void> {
    return this.#written.promise;
  }

  health(): ComponentHealth {
    if (this.#failure === null) return { status: 'ok' };
    return { status: 'degraded', detail: 'The mirror file cannot be written; it is tried again. The board is safe.' };
  }

  /** Writes the last state and ends. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.#isClosing) {
      this.#isClosing = true;
      this.#stopListening();
      if (this.#restart === undefined) this.#tell('finish');
      else this.#finished.resolve();
      clearTimeout(this.#restart);
    }
    await this.#finished.promise;
  }

  #start(): Worker {
    const worker = new Worker(new URL('./task-mirror-thread.ts', import.meta.url), { workerData: this.#threadData });
    worker.on('message', (report: MirrorReport) => this.#hear(report));
    worker.once('error', (error: Error) => this.#noteFailure(error.message));
    worker.once('exit', () => this.#afterExit());
    return worker;
  }

  #tell(request: MirrorRequest): void {
    this.#worker.postMessage(request);
  }

  #hear(report: MirrorReport): void {
    if (report.kind === 'failed') {
      this.#noteFailure(report.message);
      return;
    }
    this.#written.resolve();
    if (this.#failure === null) return;
    this.#failure = null;
    this.#deps.log.info({ path: this.#threadData.path }, 'The mirror is being written again.');
  }

  // Told once per cause: it is tried twice a second.
  #noteFailure(message: string): void {
    if (this.#failure === message) return;
    this.#failure = message;
    const { path } = this.#threadData;
    this.#deps.log.warn({ path, reason: message }, 'The mirror cannot be written. It is tried again.');
  }

  #afterExit(): void {
    if (this.#isClosing) {
      this.#finished.resolve();
      return;
    }
    this.#noteFailure('the thread of the mirror ended');
    this.#restart = setTimeout(() => {
      this.#restart = undefined;
      this.#worker = this.#start();
    }, restartDelayMs).unref();
  }
}
