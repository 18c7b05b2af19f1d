import { Worker } from 'node:worker_threads';
import type { Crowd, CrowdReport } from './socket-crowd-worker.ts';

/** Sockets on a thread of their own, and how many marked frames they have received together. */
export class SocketCrowd {
  readonly #worker: Worker;
  readonly opened: Promise<void>;
  #total = 0;
  #lastAt = 0;
  readonly #completedAt = new Map<number, number>();
  #waiting: { total: number; resolve: (at: number) => void }[] = [];

  constructor(crowd: Crowd) {
    this.#worker = new Worker(new URL('./socket-crowd-worker.ts', import.meta.url), { workerData: crowd });
    this.opened = new Promise((resolve, reject) => {
      this.#worker.once('error', reject);
      this.#worker.on('message', (report: CrowdReport) => {
        if (report.kind === 'opened') return resolve();
        if (report.kind === 'complete') return void this.#completedAt.set(report.event, report.at);
        this.#total = report.total;
        this.#lastAt = report.lastAt;
        this.#settle();
      });
    });
  }

  /** Waits until so many frames have arrived in all; gives the time of the last, in milliseconds since 1970. */
  received(total: number): Promise<number> {
    return new Promise((resolve) => {
      this.#waiting.push({ total, resolve });
      this.#settle();
    });
  }

  /** When every socket had the event, in milliseconds since 1970; undefined: not all have it. */
  completedAt(event: number): number | undefined {
    return this.#completedAt.get(event);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const ended = new Promise((resolve) => this.#worker.once('exit', resolve));
    this.#worker.postMessage('close');
    await ended;
  }

  #settle(): void {
    const ready = this.#waiting.filter((entry) => entry.total <= this.#total);
    this.#waiting = this.#waiting.filter((entry) => entry.total > this.#total);
    for (const { resolve } of ready) resolve(this.#lastAt);
  }
}
