import { Worker } from 'node:worker_threads';
import type { Synchronous } from './sqlite-connection.ts';
import type { Writer, WriterJob, WriterReply } from './writer.ts';

/** Writes on a thread of its own, so that waiting for the disk stops nobody else. One job at a time, in order. */
export class ThreadWriter implements Writer {
  readonly #worker: Worker;
  readonly #waiting: PromiseWithResolvers<WriterReply>[] = [];
  #closing = false;

  constructor(file: string, synchronous: Synchronous) {
    this.#worker = new Worker(new URL('./writer-thread.ts', import.meta.url), { workerData: { file, synchronous } });
    this.#worker.on('message', (reply: WriterReply) => this.#waiting.shift()?.resolve(reply));
  }

  perform(job: WriterJob): Promise<WriterReply> {
    if (job.kind === 'close') this.#closing = true;
    const reply = Promise.withResolvers<WriterReply>();
    this.#waiting.push(reply);
    this.#worker.postMessage(job);
    return reply.promise;
  }

  onLost(listener: (error: Error) => void): void {
    const lost = (error: Error) => {
      if (this.#closing && this.#waiting.length === 0) return;
      for (const { resolve } of this.#waiting.splice(0)) {
        resolve({ ok: false, failure: { kind: 'failed', message: error.message } });
      }
      listener(error);
    };
    this.#worker.once('error', lost);
    this.#worker.once('exit', () => lost(new Error('the writer thread ended')));
  }
}
